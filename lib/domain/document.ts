import { z } from "zod";
import { decimalSchema, localDateSchema, moneySchema } from "./json-edge";

/**
 * Invoices, bills, their credits, orders and bank transactions: a dated list of lines addressed to a contact. The same shape serves the
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
  /** Host of the web address that an app left on the record; absent where there is none. */
  urlHost: z.string().optional(),
};

export const invoiceSchema = z.object({
  recordType: z.literal("invoice"),
  ...documentFields,
  dueDate: localDateSchema.nullable(),
});
export type Invoice = z.output<typeof invoiceSchema>;

export const creditNoteSchema = z.object({ recordType: z.literal("creditNote"), ...documentFields });
export type CreditNote = z.output<typeof creditNoteSchema>;

/** What a supplier invoiced us. `number` is the supplier's own and need not be unique. */
export const billSchema = z.object({
  recordType: z.literal("bill"),
  ...documentFields,
  dueDate: localDateSchema.nullable(),
});
export type Bill = z.output<typeof billSchema>;

export const supplierCreditSchema = z.object({ recordType: z.literal("supplierCredit"), ...documentFields });
export type SupplierCredit = z.output<typeof supplierCreditSchema>;

/** An order books nothing. `paid` means that it is billed or closed: nothing is left to come. */
export const purchaseOrderSchema = z.object({
  recordType: z.literal("purchaseOrder"),
  ...documentFields,
  deliveryDate: localDateSchema.nullable(),
});
export type PurchaseOrder = z.output<typeof purchaseOrderSchema>;

/** Money spent or received directly on a bank account, without an invoice or bill. `remaining` is zero. */
export const bankTransactionSchema = z.object({
  recordType: z.literal("bankTransaction"),
  ...documentFields,
  kind: z.enum(["spend", "receive"]),
  /** Bank account that the money left or reached. */
  bankAccountKey: z.string().nullable(),
});
export type BankTransaction = z.output<typeof bankTransactionSchema>;

export type AccountingDocument =
  | Invoice
  | CreditNote
  | Bill
  | SupplierCredit
  | PurchaseOrder
  | BankTransaction;
export type DocumentType = AccountingDocument["recordType"];

export const DOCUMENT_TYPES = [
  "invoice",
  "creditNote",
  "purchaseOrder",
  "bill",
  "supplierCredit",
  "bankTransaction",
] as const satisfies readonly DocumentType[];

/** Which side of the books a document is on: it decides between the tax of sales and that of purchases. */
export const documentSide = (document: AccountingDocument): "sales" | "purchases" => {
  switch (document.recordType) {
    case "invoice":
    case "creditNote":
      return "sales";
    case "bankTransaction":
      return document.kind === "receive" ? "sales" : "purchases";
    case "bill":
    case "supplierCredit":
    case "purchaseOrder":
      return "purchases";
  }
};
