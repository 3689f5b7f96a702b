import { z } from "zod";
import {
  wireCurrency,
  wireDate,
  wireDecimal,
  wireId,
  wireOptionalDate,
  wireOptionalDecimal,
  wireOptionalId,
  wireText,
} from "@/lib/connectors/contract/wire-values";
import { zohoOptionalInstant, zohoOptionalPercent, zohoTags } from "./fields";

/**
 * Invoices and credit notes, and what all documents have alike: the list row and the whole document. Zoho's file of credit
 * notes leaves out rate, totals and modified time, which its answers do have; what neither gives is optional here and
 * judged in translate/.
 */

export const wireLineSchema = z.object({
  line_item_id: wireOptionalId,
  item_id: wireOptionalId,
  name: wireText,
  description: wireText,
  sku: wireText,
  rate: wireDecimal,
  quantity: wireDecimal,
  discount_amount: wireOptionalDecimal,
  item_total: wireDecimal,
  item_total_inclusive_of_tax: wireOptionalDecimal.optional(),
  /** Each names a tax that the buyer owes to the state instead of paying it to the supplier. */
  reverse_charge_tax_id: wireOptionalId.optional(),
  reverse_charge_vat_id: wireOptionalId.optional(),
  acquisition_vat_id: wireOptionalId.optional(),
  account_id: wireOptionalId.optional(),
  tax_id: wireOptionalId,
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
  reference_number: wireText,
  date: wireDate,
  status: z.string(),
  currency_code: wireCurrency,
  exchange_rate: wireOptionalDecimal,
  is_inclusive_tax: z.boolean().nullish(),
  discount: z.union([z.number(), z.string()]).nullish(),
  discount_type: wireText,
  is_discount_before_tax: z.boolean().nullish(),
  discount_total: wireOptionalDecimal,
  /** What bills and vendor credits call it. */
  discount_amount: wireOptionalDecimal.optional(),
  shipping_charge: wireOptionalDecimal,
  shipping_charge_tax_id: wireOptionalId.optional(),
  shipping_charge_tax_percentage: zohoOptionalPercent.optional(),
  adjustment: wireOptionalDecimal,
  adjustment_description: wireText,
  roundoff_value: wireOptionalDecimal.optional(),
  sub_total: wireOptionalDecimal,
  tax_total: wireOptionalDecimal,
  taxes: z.array(z.object({ tax_amount: wireDecimal })).nullish(),
  total: wireDecimal,
  line_items: wireLinesSchema,
  tags: zohoTags,
  last_modified_time: zohoOptionalInstant,
  updated_time: zohoOptionalInstant,
};

const wireDocumentSchema = z.object(documentFields);
export type WireDocument = z.output<typeof wireDocumentSchema>;

const salesFields = {
  customer_id: wireId,
  customer_name: wireText,
  balance: wireDecimal,
  ...documentFields,
};

export const wireInvoiceSchema = z.object({
  invoice_id: wireId,
  invoice_number: wireText,
  due_date: wireOptionalDate,
  ...salesFields,
});
export type WireInvoice = z.output<typeof wireInvoiceSchema>;

export const wireCreditNoteSchema = z.object({
  creditnote_id: wireId,
  creditnote_number: wireText,
  /** As answered. */
  invoices_credited: z.array(z.unknown()).nullish(),
  /** As in Zoho's file: the same applications without id and date. */
  invoices: z.array(z.unknown()).nullish(),
  ...salesFields,
});
export type WireCreditNote = z.output<typeof wireCreditNoteSchema>;

/** One setting of a credit note against an invoice. */
export const wireCreditedInvoiceSchema = z.object({
  creditnote_invoice_id: wireId,
  invoice_id: wireId,
  invoice_number: wireText,
  date: wireDate,
  credited_amount: wireDecimal,
});
export type WireCreditedInvoice = z.output<typeof wireCreditedInvoiceSchema>;

/** What paging needs of a row: whether the document has changed. Orders have no balance. */
export const documentRowSchema = z.object({
  status: z.string(),
  total: wireDecimal,
  balance: wireOptionalDecimal,
  last_modified_time: zohoOptionalInstant,
  updated_time: zohoOptionalInstant,
});
