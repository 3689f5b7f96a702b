import { z } from "zod";
import { wireDay, wireInstant, wireNumber, wireText } from "./values";

/** Documents with their lines. Lines of text alone have neither quantity nor unit amount. */

const trackingWire = z
  .array(z.object({ TrackingCategoryID: z.string(), TrackingOptionID: z.string() }))
  .nullish()
  .transform((tags) => tags ?? []);

const lineWire = z.object({
  LineItemID: wireText,
  Description: wireText,
  Quantity: wireNumber.nullish(),
  UnitAmount: wireNumber.nullish(),
  ItemCode: z.string().nullish(),
  Item: z.object({ ItemID: z.string().nullish() }).nullish(),
  AccountCode: z.string().nullish(),
  AccountID: z.string().nullish(),
  TaxType: z.string().nullish(),
  TaxAmount: wireNumber.nullish(),
  LineAmount: wireNumber.nullish(),
  Tracking: trackingWire,
});
export type LineWire = z.output<typeof lineWire>;

const documentWire = {
  Contact: z.object({ ContactID: z.string(), Name: wireText }),
  Date: wireDay,
  CurrencyCode: z.string(),
  CurrencyRate: wireNumber.nullish(),
  LineAmountTypes: z.enum(["Exclusive", "Inclusive", "NoTax"]),
  LineItems: z
    .array(lineWire)
    .nullish()
    .transform((lines) => lines ?? []),
  SubTotal: wireNumber,
  TotalTax: wireNumber,
  Total: wireNumber,
  Reference: wireText,
  UpdatedDateUTC: wireInstant,
};

const settledStatus = z.enum(["DRAFT", "SUBMITTED", "AUTHORISED", "PAID", "VOIDED", "DELETED"]);

/** A sales invoice or a bill; a bill has no reference. */
export const invoiceWire = z.object({
  ...documentWire,
  Status: settledStatus,
  InvoiceID: z.string(),
  InvoiceNumber: wireText,
  Url: wireText,
  DueDate: wireDay.nullish(),
  AmountDue: wireNumber,
});
export type InvoiceWire = z.output<typeof invoiceWire>;

export const allocationWire = z.object({
  AllocationID: z.string().nullish(),
  Amount: wireNumber,
  Date: wireDay,
  IsDeleted: z.boolean().nullish(),
  Invoice: z.object({ InvoiceID: z.string(), InvoiceNumber: wireText }),
});
export type AllocationWire = z.output<typeof allocationWire>;

/** A credit note of ours or of a supplier, whose has no reference. */
export const creditNoteWire = z.object({
  ...documentWire,
  Status: settledStatus,
  CreditNoteID: z.string(),
  CreditNoteNumber: wireText,
  RemainingCredit: wireNumber,
  Allocations: z
    .array(allocationWire)
    .nullish()
    .transform((allocations) => allocations ?? []),
});
export type CreditNoteWire = z.output<typeof creditNoteWire>;

export const purchaseOrderWire = z.object({
  ...documentWire,
  Status: z.enum(["DRAFT", "SUBMITTED", "AUTHORISED", "BILLED", "DELETED"]),
  PurchaseOrderID: z.string(),
  PurchaseOrderNumber: wireText,
  DeliveryDate: wireDay.nullish(),
});
export type PurchaseOrderWire = z.output<typeof purchaseOrderWire>;

/** Money spent or received on a bank account. */
export const bankTransactionWire = z.object({
  ...documentWire,
  Type: z.enum(["SPEND", "RECEIVE"]),
  Status: z.enum(["AUTHORISED", "DELETED", "VOIDED"]),
  BankTransactionID: z.string(),
  Contact: z
    .object({ ContactID: wireText, Name: wireText })
    .nullish()
    .transform((contact) => contact ?? { ContactID: "", Name: "" }),
  BankAccount: z.object({ AccountID: z.string().nullish(), Code: z.string().nullish() }),
  Url: wireText,
});
export type BankTransactionWire = z.output<typeof bankTransactionWire>;

/** Its lines have no ids; a debit is positive. */
export const manualJournalWire = z.object({
  ManualJournalID: z.string(),
  Narration: wireText,
  Date: wireDay,
  Status: z.enum(["DRAFT", "POSTED", "DELETED", "VOIDED", "ARCHIVED"]),
  LineAmountTypes: z.enum(["Exclusive", "Inclusive", "NoTax"]),
  Url: wireText,
  JournalLines: z
    .array(
      z.object({
        Description: wireText,
        AccountCode: z.string().nullish(),
        AccountID: z.string().nullish(),
        TaxType: z.string().nullish(),
        TaxAmount: wireNumber.nullish(),
        LineAmount: wireNumber.nullish(),
        Tracking: trackingWire,
      }),
    )
    .nullish()
    .transform((lines) => lines ?? []),
  UpdatedDateUTC: wireInstant,
});
export type ManualJournalWire = z.output<typeof manualJournalWire>;
