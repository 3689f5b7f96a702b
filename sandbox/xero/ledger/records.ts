/** Records that only move the ledger: manual journals, transfers between bank accounts, payments in a batch. */
import type { Kept, LineAmountTypes } from "../records";

export interface ManualJournalLine {
  readonly description: string | null;
  readonly accountCode: string;
  readonly taxType: string;
  readonly taxAmount: string;
  /** Debit above zero, credit below; with the tax in it where the journal's amounts are inclusive. */
  readonly lineAmount: string;
  readonly tracking: readonly string[];
}

export interface ManualJournal extends Kept {
  readonly narration: string;
  readonly date: string;
  readonly status: "DRAFT" | "POSTED" | "VOIDED" | "DELETED";
  readonly lineAmountTypes: LineAmountTypes;
  readonly url: string | null;
  readonly showOnCashBasisReports: boolean;
  readonly lines: readonly ManualJournalLine[];
}

export type ManualJournalHead = Pick<
  ManualJournal,
  "createdMs" | "updatedMs" | "narration" | "date" | "status"
>;

export interface BankTransfer extends Kept {
  readonly fromAccountId: string;
  readonly toAccountId: string;
  readonly date: string;
  /** In the currency of the account that it leaves. */
  readonly amount: string;
  readonly fromCurrency: string;
  /** Units of fromCurrency for one of the base currency. */
  readonly fromRate: string;
  /** Units of the receiving account's currency for one of the sending account's. */
  readonly currencyRate: string;
  readonly reference: string | null;
  readonly status: "AUTHORISED" | "DELETED";
  readonly fromIsReconciled: boolean;
  readonly toIsReconciled: boolean;
  readonly fromTracking: readonly string[];
  readonly toTracking: readonly string[];
  readonly fromTransactionId: string;
  readonly toTransactionId: string;
}

export type BankTransferHead = Pick<
  BankTransfer,
  "createdMs" | "updatedMs" | "date" | "amount" | "status" | "reference" | "fromAccountId" | "toAccountId"
>;

export interface BatchPayment extends Kept {
  readonly accountId: string;
  readonly date: string;
  readonly reference: string | null;
  readonly particulars: string | null;
  readonly code: string | null;
  readonly details: string | null;
  readonly narrative: string | null;
  readonly type: "PAYBATCH" | "RECBATCH";
  readonly status: "AUTHORISED" | "DELETED";
  readonly paymentIds: readonly string[];
  readonly totalAmount: string;
}

export type BatchPaymentHead = Pick<
  BatchPayment,
  "createdMs" | "updatedMs" | "date" | "status" | "type" | "reference" | "accountId" | "totalAmount"
>;
