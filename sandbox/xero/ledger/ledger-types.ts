/**
 * What a ledger is, without how it is kept: journals, totals, and the records that post. It knows records alone
 * and nothing of the books, so that the books can name it.
 */
import type {
  Account,
  Allocation,
  BankTransaction,
  CreditNote,
  Invoice,
  Payment,
  UnappliedCredit,
} from "../records";
import type { BankTransfer, ManualJournal } from "./records";

export interface JournalLine {
  readonly accountId: string;
  /** Minor units of the base currency: debit above zero, credit below. */
  readonly amountMinor: bigint;
  readonly description: string | null;
  readonly taxType: string | null;
  /** Option ids, one a category. */
  readonly tracking: readonly string[];
}

export interface Journal {
  readonly day: string;
  readonly lines: readonly JournalLine[];
}

export interface Movement {
  readonly debitMinor: bigint;
  readonly creditMinor: bigint;
}

export interface AccountTotals {
  /** Accounts that anything is posted to. */
  accountIds(): readonly string[];
  /** What moved on an account between two days, both included; null leaves that end open. */
  movement(accountId: string, fromDay: string | null, toDay: string | null): Movement;
  /** Debits less credits of an account up to and with a day. */
  balance(accountId: string, toDay: string): bigint;
}

export interface StockLevel {
  readonly quantity: string;
  /** In the base currency. */
  readonly cost: string;
}

/** A document with a balance that payments and allocations take down. */
export type Settleable = (
  | { readonly kind: "invoice"; readonly record: Invoice }
  | { readonly kind: "creditNote"; readonly record: CreditNote }
  | { readonly kind: "overpayment" | "prepayment"; readonly record: UnappliedCredit }
) & {
  /** Settled by shares of its own lines, as always for prepayments and on the cash basis for all. */
  readonly byLines?: boolean;
};

/** A record that moves the ledger, or the balance of another. */
export type LedgerEntry =
  | Settleable
  | { readonly kind: "payment"; readonly record: Payment }
  | { readonly kind: "allocation"; readonly record: Allocation }
  | { readonly kind: "bankTransaction"; readonly record: BankTransaction }
  | { readonly kind: "bankTransfer"; readonly record: BankTransfer }
  | { readonly kind: "manualJournal"; readonly record: ManualJournal }
  | { readonly kind: "account"; readonly record: Account };

export interface Ledger extends AccountTotals {
  /** False until first asked: writes then cost nothing. */
  isOpen(): boolean;
  /** Tells of a record that was put, changed or taken away. */
  changed(before: LedgerEntry | null, after: LedgerEntry | null): void;
  /** Drops the totals; the next question derives them again. */
  forget(): void;
  /** What is in stock of a tracked item. */
  stock(itemId: string): StockLevel;
  /** The journals of one document: its own, and what settling it in full left to clear. */
  journalsOf(entry: LedgerEntry): readonly Journal[];
}
