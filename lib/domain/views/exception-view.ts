import type { RecordType } from "../record-type";
import type { AmountView } from "./amount";

/** Exceptions of one cause and subject, since one remedy helps them all. */
export interface ExceptionGroupView {
  readonly cause: string;
  readonly subject: string;
  /** "Xero is not set up for SEK." */
  readonly message: string;
  /** "Add SEK in Xero under Settings, Currencies, then sync again." */
  readonly remedy: string;
  /** Where the remedy is made, when there is one place: a page of ours or of the vendor. */
  readonly action: { readonly label: string; readonly href: string } | null;
  readonly rows: readonly ExceptionRow[];
  readonly total: number;
}

export interface ExceptionRow {
  readonly exceptionId: string;
  readonly recordType: RecordType;
  readonly sourceExternalId: string;
  readonly number: string;
  readonly label: string;
  readonly amount: AmountView | null;
  readonly message: string;
  readonly vendorMessage: string | null;
  readonly attempts: number;
  readonly since: string;
}
