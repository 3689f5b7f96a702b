import type { RecordType } from "../record-type";
import type { AmountView } from "./amount";

/**
 * The whole review of what is one on both sides: each source record with the ledger record that it is or may be, and
 * what the ledger alone has. Statuses as an owner reads them.
 *
 * needsYou: nothing happens until a person has acted. matched: found to be one, and linked once that is confirmed or
 * posted. new: the ledger has none, so one is posted. mapped: linked by the ledger's own id. leftOut: left out on
 * purpose. ledgerOnly: in the ledger alone, where it stays as it is.
 */
export const MATCH_STATUSES = ["needsYou", "matched", "new", "mapped", "leftOut", "ledgerOnly"] as const;
export type MatchStatus = (typeof MATCH_STATUSES)[number];

export const matchStatusWords = (ledgerName: string): Readonly<Record<MatchStatus, string>> => ({
  needsYou: "Needs your eye",
  matched: "Matched",
  new: "New",
  mapped: "Mapped",
  leftOut: "Left out",
  ledgerOnly: `Will remain in ${ledgerName} unmatched`,
});

/** A record of one side, as far as it helps to tell it from others. */
export interface MatchParty {
  readonly externalId: string;
  readonly number: string;
  readonly label: string;
  /** ISO day; null where the kind has none. */
  readonly date: string | null;
  readonly amount: AmountView | null;
}

/** `same`: a person said that the two are one. `another`: that they are two. */
export type MatchVerdict = "same" | "another";

export interface MatchRow {
  readonly recordType: RecordType;
  readonly status: MatchStatus;
  /** Null where only the ledger has it. */
  readonly source: MatchParty | null;
  /** What it is in the ledger, or may be; null where the ledger has none. */
  readonly ledger: (MatchParty & { readonly link: string | null }) | null;
  /** Why the two are taken for one, what is in doubt, or why there is none. */
  readonly evidence: string;
  /** The next best candidate, and what differs there; empty where none comes near. */
  readonly runnerUp: string;
  /** What a person said of these two; null where nobody did. */
  readonly said: { readonly verdict: MatchVerdict; readonly by: string } | null;
}

export interface MatchRows {
  readonly rows: readonly MatchRow[];
  /** Where the next page begins; null on the last. */
  readonly next: string | null;
}

/** The review of one kind of record; the page says of the newest look at both sides what it is good for. */
export interface MatchReviewView {
  readonly runId: string;
  readonly sourceName: string;
  readonly ledgerName: string;
  /** open: what is matched can be confirmed. outdated: said otherwise since, so look again first. posted: it was posted. */
  readonly phase: "open" | "outdated" | "posted";
  /** The kinds of record that were looked at. */
  readonly recordTypes: readonly RecordType[];
  /** How many are matched and not confirmed yet, of every kind. */
  readonly matched: number;
  readonly recordType: RecordType;
  readonly counts: Readonly<Record<MatchStatus, number>>;
}

/** A row of an uploaded workbook that says something else than what is known: shown before it counts. */
export interface MatchChange {
  /** As Excel counts it. */
  readonly row: number;
  readonly recordType: RecordType;
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

/** A row that cannot be taken as it is, and what to do about it. */
export interface SheetFault {
  readonly sheet: string;
  /** As Excel counts it; null where the file as a whole is refused. */
  readonly row: number | null;
  readonly column: string | null;
  readonly message: string;
  readonly remedy: string;
}

/** What an uploaded workbook would change. `digest` names exactly these changes: they are taken only under it. */
export type MatchUploadView =
  | { readonly kind: "refused"; readonly faults: readonly SheetFault[]; readonly faultCount: number }
  | {
      readonly kind: "changes";
      readonly changes: readonly MatchChange[];
      readonly changeCount: number;
      readonly unchanged: number;
      readonly digest: string;
    }
  | { readonly kind: "taken"; readonly taken: number; readonly outdated: boolean };

/** A workbook of answers is no longer than this, in bytes and in rows. */
export const MATCH_UPLOAD_BYTES_MAX = 5_000_000;
export const MATCH_UPLOAD_ROWS_MAX = 50_000;
/** Names the changes that were shown, when the same file is sent again to be taken. */
export const MATCH_UPLOAD_DIGEST_HEADER = "x-tieout-changes";
