import { z } from "zod";
import {
  zohoCurrency,
  zohoDate,
  zohoDecimal,
  zohoId,
  zohoOptionalDate,
  zohoOptionalDecimal,
  zohoOptionalId,
  zohoOptionalInstant,
  zohoOptionalPercent,
  zohoTags,
  zohoText,
} from "./fields";

/**
 * Invoices and credit notes, and what all documents have alike: the list row and the whole document. Zoho's file of credit
 * notes leaves out rate, totals and modified time, which its answers do have; what neither gives is optional here and
 * judged in translate/.
 */

export const wireLineSchema = z.object({
  line_item_id: zohoOptionalId,
  item_id: zohoOptionalId,
  name: zohoText,
  description: zohoText,
  sku: zohoText,
  rate: zohoDecimal,
  quantity: zohoDecimal,
  discount_amount: zohoOptionalDecimal,
  item_total: zohoDecimal,
  item_total_inclusive_of_tax: zohoOptionalDecimal.optional(),
  /** Each names a tax that the buyer owes to the state instead of paying it to the supplier. */
  reverse_charge_tax_id: zohoOptionalId.optional(),
  reverse_charge_vat_id: zohoOptionalId.optional(),
  acquisition_vat_id: zohoOptionalId.optional(),
  account_id: zohoOptionalId.optional(),
  tax_id: zohoOptionalId,
  tax_percentage: zohoOptionalPercent,
  tags: zohoTags,
});
export type WireLine = z.output<typeof wireLineSchema>;

/** Headings and subtotals are lines in Zoho too, without figures of their own. */
const NO_LINES = new Set(["header", "subtotal"]);

const isFigureless = (value: unknown): boolean =>
  typeof value === "object" &&
  value !== null &&
  "line_item_category" in value &&
  typeof value.line_item_category === "string" &&
  NO_LINES.has(value.line_item_category);

/** Zoho's file of vendor credits shows one line where answers have a list; the sums tell whether it is all. */
const asList = (value: unknown): unknown =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? [value] : value;

const wireLinesSchema = z.preprocess((value) => {
  const lines = asList(value);
  return Array.isArray(lines) ? lines.filter((line) => !isFigureless(line)) : lines;
}, z.array(wireLineSchema));

/** What every document has, whoever it is addressed to. */
export const documentFields = {
  reference_number: zohoText,
  date: zohoDate,
  status: z.string(),
  currency_code: zohoCurrency,
  exchange_rate: zohoOptionalDecimal,
  is_inclusive_tax: z.boolean().nullish(),
  discount: z.union([z.number(), z.string()]).nullish(),
  discount_type: zohoText,
  is_discount_before_tax: z.boolean().nullish(),
  discount_total: zohoOptionalDecimal,
  /** What bills and vendor credits call it. */
  discount_amount: zohoOptionalDecimal.optional(),
  shipping_charge: zohoOptionalDecimal,
  shipping_charge_tax_id: zohoOptionalId.optional(),
  shipping_charge_tax_percentage: zohoOptionalPercent.optional(),
  adjustment: zohoOptionalDecimal,
  adjustment_description: zohoText,
  roundoff_value: zohoOptionalDecimal.optional(),
  sub_total: zohoOptionalDecimal,
  tax_total: zohoOptionalDecimal,
  taxes: z.array(z.object({ tax_amount: zohoDecimal })).nullish(),
  total: zohoDecimal,
  line_items: wireLinesSchema,
  tags: zohoTags,
  last_modified_time: zohoOptionalInstant,
  updated_time: zohoOptionalInstant,
};

const wireDocumentSchema = z.object(documentFields);
export type WireDocument = z.output<typeof wireDocumentSchema>;

const salesFields = {
  customer_id: zohoId,
  customer_name: zohoText,
  balance: zohoDecimal,
  ...documentFields,
};

export const wireInvoiceSchema = z.object({
  invoice_id: zohoId,
  invoice_number: zohoText,
  due_date: zohoOptionalDate,
  ...salesFields,
});
export type WireInvoice = z.output<typeof wireInvoiceSchema>;

export const wireCreditNoteSchema = z.object({
  creditnote_id: zohoId,
  creditnote_number: zohoText,
  /** As answered. */
  invoices_credited: z.array(z.unknown()).nullish(),
  /** As in Zoho's file: the same applications without id and date. */
  invoices: z.array(z.unknown()).nullish(),
  ...salesFields,
});
export type WireCreditNote = z.output<typeof wireCreditNoteSchema>;

/** One setting of a credit note against an invoice. */
export const wireCreditedInvoiceSchema = z.object({
  creditnote_invoice_id: zohoId,
  invoice_id: zohoId,
  invoice_number: zohoText,
  date: zohoDate,
  credited_amount: zohoDecimal,
});
export type WireCreditedInvoice = z.output<typeof wireCreditedInvoiceSchema>;

/** What paging needs of a row: whether the document has changed. Orders have no balance. */
export const documentRowSchema = z.object({
  status: z.string(),
  total: zohoDecimal,
  balance: zohoOptionalDecimal,
  last_modified_time: zohoOptionalInstant,
  updated_time: zohoOptionalInstant,
});
