import type { RecordType } from "../record-type";
import type { AmountView } from "./amount";

/** Source and ledger side by side, as the tie-out page shows them. */
export interface TieOutView {
  readonly asOf: string;
  readonly sourceName: string;
  readonly ledgerName: string;
  readonly discrepancies: number;
  readonly headline: string;
  /** A line a record type and currency: source = ledger + excluded + exceptions + discrepancies. */
  readonly byType: readonly TieOutTypeLine[];
  /** A line a record type, month, currency and tax rate. */
  readonly byMonth: readonly TieOutMonthLine[];
  readonly roundings: { readonly count: number; readonly totals: readonly AmountView[] };
  readonly voided: { readonly source: number; readonly ledger: number };
  readonly onlyInLedger: { readonly count: number; readonly rows: readonly TieOutRecordRow[] };
  readonly named: readonly TieOutRecordRow[];
}

export interface TieOutTypeLine {
  readonly recordType: RecordType;
  readonly currency: string | null;
  readonly source: TieOutSum;
  readonly ledger: TieOutSum;
  readonly excluded: TieOutSum;
  readonly exceptions: TieOutSum;
  readonly discrepancies: TieOutSum;
}

export interface TieOutSum {
  readonly count: number;
  /** Null for contacts and items, which carry no amount. */
  readonly total: AmountView | null;
}

export interface TieOutMonthLine {
  readonly recordType: RecordType;
  /** "2026-07". */
  readonly month: string;
  readonly currency: string;
  /** "20 %"; "Rounding" for the rounding lines; "" for records without tax. */
  readonly taxRate: string;
  readonly source: { readonly count: number; readonly net: AmountView; readonly tax: AmountView };
  readonly ledger: { readonly count: number; readonly net: AmountView; readonly tax: AmountView };
  /** Explained by rounding lines and records named below; anything else would be a discrepancy. */
  readonly difference: AmountView;
}

export interface TieOutRecordRow {
  readonly recordType: RecordType;
  readonly kind:
    | "excluded"
    | "exception"
    | "missing"
    | "doubled"
    | "amountDiffers"
    | "dateDiffers"
    | "taxDiffers"
    | "rounding"
    | "onlyInLedger"
    | "unknownMarker";
  readonly number: string;
  readonly label: string;
  readonly amount: AmountView | null;
  /** Why, in a plain sentence. */
  readonly sentence: string;
}
