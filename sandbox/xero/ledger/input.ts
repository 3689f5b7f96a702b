/** Bodies of manual journals, bank transfers and batches of payments, Xero's spelling kept. */
import { z } from "zod";
import { flag, optionalAmount, optionalDay, trackingInput, words } from "../write/input";

const accountRef = z.object({ AccountID: words, Code: words }).nullish();

export const manualJournalInput = z.object({
  ManualJournalID: words,
  Narration: words,
  Date: optionalDay,
  Status: words,
  LineAmountTypes: words,
  Url: words,
  ShowOnCashBasisReports: flag,
  JournalLines: z
    .array(
      z.object({
        LineAmount: optionalAmount,
        AccountCode: words,
        AccountID: words,
        Description: words,
        TaxType: words,
        Tracking: z.array(trackingInput).nullish(),
      }),
    )
    .nullish(),
});
export type ManualJournalInput = z.infer<typeof manualJournalInput>;

export const bankTransferInput = z.object({
  BankTransferID: words,
  FromBankAccount: accountRef,
  ToBankAccount: accountRef,
  Amount: optionalAmount,
  Date: optionalDay,
  Reference: words,
  FromIsReconciled: flag,
  ToIsReconciled: flag,
  FromTracking: z.array(trackingInput).nullish(),
  ToTracking: z.array(trackingInput).nullish(),
  Status: words,
});
export type BankTransferInput = z.infer<typeof bankTransferInput>;

export const batchPaymentInput = z.object({
  BatchPaymentID: words,
  Account: accountRef,
  Date: optionalDay,
  Reference: words,
  Particulars: words,
  Code: words,
  Details: words,
  Narrative: words,
  Status: words,
  Payments: z
    .array(
      z.object({
        Invoice: z.object({ InvoiceID: words, InvoiceNumber: words }).nullish(),
        CreditNote: z.object({ CreditNoteID: words, CreditNoteNumber: words }).nullish(),
        Amount: optionalAmount,
        Reference: words,
      }),
    )
    .nullish(),
});
export type BatchPaymentInput = z.infer<typeof batchPaymentInput>;
