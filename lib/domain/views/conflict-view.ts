import type { RecordType } from "../record-type";

/** A record that both sides changed: the fields in dispute with both values, for a person to choose. */
export interface ConflictView {
  readonly exceptionId: string;
  readonly recordType: RecordType;
  readonly label: string;
  readonly since: string;
  readonly sourceLabel: string;
  readonly ledgerLabel: string;
  readonly fields: readonly { readonly label: string; readonly source: string; readonly ledger: string }[];
}
