import type { RecordType } from "../record-type";

/** A source record that may be in the ledger already, and each ledger record that it may be. */
export interface MatchView {
  readonly recordType: RecordType;
  readonly sourceExternalId: string;
  /** The source record in a line. */
  readonly sourceWords: string;
  readonly candidates: readonly MatchCandidateView[];
}

export interface MatchCandidateView {
  readonly questionId: string;
  /** The ledger record in a line, with the app that posted it where that is known. */
  readonly ledgerWords: string;
  /** What differs between the two. */
  readonly differences: string;
  /** Its page in the ledger's own web app; null where it has none. */
  readonly link: string | null;
}

/** What a person decided before, newest first. */
export interface DecidedMatchView {
  readonly questionId: string;
  readonly recordType: RecordType;
  readonly sourceWords: string;
  readonly ledgerWords: string;
  readonly verdict: "same" | "another";
  readonly decidedByName: string;
  /** ISO instant. */
  readonly decidedAt: string;
}

export interface MatchesView {
  /** The systems, such as Zoho Books and Xero: one business often bears the same name in both. */
  readonly sourceName: string;
  readonly ledgerName: string;
  /** At most a page of them; `total` counts all. */
  readonly open: readonly MatchView[];
  readonly total: number;
  readonly decided: readonly DecidedMatchView[];
}
