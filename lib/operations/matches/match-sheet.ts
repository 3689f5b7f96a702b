import { RECORD_TYPES, type RecordType } from "@/lib/domain/record-type";
import type { MatchRow, MatchVerdict } from "@/lib/domain/views/match-row";

/**
 * The one sheet that goes out and comes back: which columns it has, which of them a person may change, and how a row is
 * known again whatever was sorted, filtered or deleted in between.
 */
export const MATCH_SHEET = "Matches";

export const matchColumns = (names: { readonly source: string; readonly ledger: string }) =>
  [
    { title: "Kind", width: 18 },
    { title: `${names.source} record`, width: 20 },
    { title: `${names.source} name`, width: 34 },
    { title: "Date", width: 13 },
    { title: "Total", width: 14 },
    { title: "Currency", width: 10 },
    { title: "Status", width: 32 },
    { title: `${names.ledger} record`, width: 20 },
    { title: `${names.ledger} name`, width: 34 },
    { title: `${names.ledger} date`, width: 13 },
    { title: `${names.ledger} total`, width: 14 },
    { title: "Why", width: 60 },
    { title: "Runner-up", width: 60 },
    { title: ANSWER_TITLE, width: 22 },
    { title: `${names.ledger} id`, width: 40 },
    { title: KEY_TITLE, width: 30 },
  ] as const;

const ANSWER_TITLE = "Your answer (Same or Another)";
const KEY_TITLE = "Key (leave as it is)";

export const COLUMN_COUNT = 16;
export const ANSWER_COLUMN = 13;
export const LEDGER_ID_COLUMN = 14;
export const KEY_COLUMN = 15;

export const ANSWER_WORDS: Readonly<Record<MatchVerdict, string>> = { same: "Same", another: "Another" };

/** The verdict that a cell says, null for an empty one; undefined where it says something else. */
export function parseAnswer(text: string): MatchVerdict | null | undefined {
  const said = text.trim().toLowerCase();
  if (said === "") return null;
  if (said === "same" || said === "another") return said;
  return undefined;
}

export interface RowKey {
  readonly recordType: RecordType;
  /** Empty in a row of what the ledger alone has. */
  readonly sourceExternalId: string;
  /** As the file went out; empty where the ledger has none. */
  readonly ledgerExternalId: string;
}

export const rowKey = ({ recordType, source, ledger }: MatchRow): string =>
  [recordType, source?.externalId ?? "", ledger?.externalId ?? ""].map(encodeURIComponent).join("/");

/** Null where the cell holds no key of ours. */
export function parseRowKey(text: string): RowKey | null {
  const parts = text.trim().split("/");
  const recordType = RECORD_TYPES.find((type) => type === parts[0]);
  if (!recordType || parts.length !== 3) return null;
  try {
    const [sourceExternalId = "", ledgerExternalId = ""] = parts.slice(1).map(decodeURIComponent);
    return { recordType, sourceExternalId, ledgerExternalId };
  } catch (thrown) {
    if (thrown instanceof URIError) return null;
    throw thrown;
  }
}
