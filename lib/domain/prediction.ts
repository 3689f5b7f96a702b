import type { Money } from "./money";

/** What a ledger makes of a document, in its own arithmetic, before the document is posted. */
export interface Prediction {
  readonly net: Money;
  readonly tax: Money;
  readonly gross: Money;
  /** By tax key of the ledger. */
  readonly taxes: readonly { readonly taxKey: string; readonly net: Money; readonly tax: Money }[];
  /** Debits positive, credits negative; sums to zero. The account is the ledger's key, or a control account's name. */
  readonly journal: readonly {
    readonly accountKey: string;
    readonly taxKey: string | null;
    readonly amount: Money;
  }[];
}
