import type { RecordType } from "../record-type";
import type { AmountView } from "./amount";

/** What became of a record of the source. */
export const DISPOSITIONS = ["pending", "posted", "linked", "excluded", "exception"] as const;
export type Disposition = (typeof DISPOSITIONS)[number];

export const RECORD_SORTS = ["number", "date", "amount"] as const;
export type RecordSort = (typeof RECORD_SORTS)[number];

export interface RecordListRow {
  readonly recordType: RecordType;
  readonly externalId: string;
  readonly number: string;
  readonly label: string;
  /** "2026-07-01"; null where it has none. */
  readonly date: string | null;
  readonly amount: AmountView | null;
  readonly disposition: Disposition;
  /** True where the source has it no more. */
  readonly isGone: boolean;
}

/** One kind of record of the source, a page of it. */
export interface RecordListView {
  readonly sourceName: string;
  /** Kinds that the source has any of. */
  readonly recordTypes: readonly RecordType[];
  readonly recordType: RecordType;
  readonly rows: readonly RecordListRow[];
  /** Pass as `after` for the next page; null on the last. */
  readonly next: string | null;
}
