import { z } from "zod";
import { decimalSchema, localDateSchema, moneySchema } from "./json-edge";

/**
 * Invoices and credit notes: a dated, numbered list of lines addressed to a contact. The same shape serves the
 * source and the ledger; the keys in it (contact, item, account, tax, tracking) belong to the system that
 * the record was read from or is about to be written to.
 */

export const documentLineSchema = z.object({
  externalId: z.string(),
  description: z.string(),
  quantity: decimalSchema,
  unitPrice: decimalSchema,
  /** Amount of the line as that system states it (with tax where lineAmounts is "inclusive"), signed. */
  amount: moneySchema,
  itemId: z.string().nullable(),
  itemCode: z.string().nullable(),
  accountKey: z.string().nullable(),
  taxKey: z.string().nullable(),
  /** Percent, for example 20. Null where the system names only the tax key. */
  taxRatePercent: decimalSchema.nullable(),
  /** Tax of this one line; null where the system rounds tax by document. */
  tax: moneySchema.nullable(),
  tracking: z.array(z.object({ categoryKey: z.string(), optionKey: z.string() })),
});
export type DocumentLine = z.output<typeof documentLineSchema>;

export const documentStatusSchema = z.enum(["draft", "submitted", "open", "paid", "void", "deleted"]);
export type DocumentStatus = z.output<typeof documentStatusSchema>;

const documentFields = {
  externalId: z.string(),
  /** The system's own modified time or version, as text. */
  version: z.string(),
  number: z.string(),
  reference: z.string(),
  contactId: z.string(),
  contactName: z.string(),
  date: localDateSchema,
  currency: z.string(),
  /** Units of base currency for one unit of document currency; null in base currency or when unknown. */
  fxRate: decimalSchema.nullable(),
  status: documentStatusSchema,
  lineAmounts: z.enum(["exclusive", "inclusive", "noTax"]),
  lines: z.array(documentLineSchema),
  net: moneySchema,
  tax: moneySchema,
  gross: moneySchema,
  /** Still to be paid, or credit still to be used. */
  remaining: moneySchema,
  /** Our marker where the record bears one, else empty. */
  marker: z.string(),
};

export const invoiceSchema = z.object({
  recordType: z.literal("invoice"),
  ...documentFields,
  dueDate: localDateSchema.nullable(),
});
export type Invoice = z.output<typeof invoiceSchema>;

export const creditNoteSchema = z.object({ recordType: z.literal("creditNote"), ...documentFields });
export type CreditNote = z.output<typeof creditNoteSchema>;

export type AccountingDocument = Invoice | CreditNote;
