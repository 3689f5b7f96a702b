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
 * Invoices and credit notes: the list row and the whole document. Zoho's file of credit notes leaves out rate, totals
 * and modified time, which its answers do have; what neither gives is optional here and judged in translate/.
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

const wireLinesSchema = z.preprocess(
  (value) => (Array.isArray(value) ? value.filter((line) => !isFigureless(line)) : value),
  z.array(wireLineSchema),
);

const documentFields = {
  reference_number: zohoText,
  customer_id: zohoId,
  customer_name: zohoText,
  date: zohoDate,
  status: z.string(),
  currency_code: zohoCurrency,
  exchange_rate: zohoOptionalDecimal,
  is_inclusive_tax: z.boolean().nullish(),
  discount: z.union([z.number(), z.string()]).nullish(),
  discount_type: zohoText,
  is_discount_before_tax: z.boolean().nullish(),
  discount_total: zohoOptionalDecimal,
  shipping_charge: zohoOptionalDecimal,
  shipping_charge_tax_id: zohoOptionalId.optional(),
  shipping_charge_tax_percentage: zohoOptionalPercent.optional(),
  adjustment: zohoOptionalDecimal,
  adjustment_description: zohoText,
  roundoff_value: zohoOptionalDecimal.optional(),
  tax_total: zohoOptionalDecimal,
  taxes: z.array(z.object({ tax_amount: zohoDecimal })).nullish(),
  total: zohoDecimal,
  balance: zohoDecimal,
  line_items: wireLinesSchema,
  tags: zohoTags,
  last_modified_time: zohoOptionalInstant,
  updated_time: zohoOptionalInstant,
};

export const wireInvoiceSchema = z.object({
  invoice_id: zohoId,
  invoice_number: zohoText,
  due_date: zohoOptionalDate,
  ...documentFields,
});
export type WireInvoice = z.output<typeof wireInvoiceSchema>;

export const wireCreditNoteSchema = z.object({
  creditnote_id: zohoId,
  creditnote_number: zohoText,
  /** As answered. */
  invoices_credited: z.array(z.unknown()).nullish(),
  /** As in Zoho's file: the same applications without id and date. */
  invoices: z.array(z.unknown()).nullish(),
  ...documentFields,
});
export type WireCreditNote = z.output<typeof wireCreditNoteSchema>;

export type WireDocument = Omit<WireInvoice, "invoice_id" | "invoice_number" | "due_date">;

/** One setting of a credit note against an invoice. */
export const wireCreditedInvoiceSchema = z.object({
  creditnote_invoice_id: zohoId,
  invoice_id: zohoId,
  invoice_number: zohoText,
  date: zohoDate,
  credited_amount: zohoDecimal,
});
export type WireCreditedInvoice = z.output<typeof wireCreditedInvoiceSchema>;

/** What paging needs of a row: which document, and whether it has changed. */
export const documentRowSchema = z.object({
  status: z.string(),
  total: zohoDecimal,
  balance: zohoDecimal,
  last_modified_time: zohoOptionalInstant,
  updated_time: zohoOptionalInstant,
});
