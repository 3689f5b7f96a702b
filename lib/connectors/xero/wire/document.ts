import { z } from "zod";
import { wireDay, wireInstant, wireNumber, wireText } from "./values";

/** Invoices and credit notes with their lines. Lines of text alone have neither quantity nor unit amount. */

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
  Tracking: z
    .array(z.object({ TrackingCategoryID: z.string(), TrackingOptionID: z.string() }))
    .nullish()
    .transform((tags) => tags ?? []),
});
export type LineWire = z.output<typeof lineWire>;

const documentWire = {
  Contact: z.object({ ContactID: z.string(), Name: wireText }),
  Date: wireDay,
  CurrencyCode: z.string(),
  CurrencyRate: wireNumber.nullish(),
  Status: z.enum(["DRAFT", "SUBMITTED", "AUTHORISED", "PAID", "VOIDED", "DELETED"]),
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

export const invoiceWire = z.object({
  ...documentWire,
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

export const creditNoteWire = z.object({
  ...documentWire,
  CreditNoteID: z.string(),
  CreditNoteNumber: wireText,
  RemainingCredit: wireNumber,
  Allocations: z
    .array(allocationWire)
    .nullish()
    .transform((allocations) => allocations ?? []),
});
export type CreditNoteWire = z.output<typeof creditNoteWire>;
