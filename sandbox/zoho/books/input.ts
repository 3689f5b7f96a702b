/**
 * What clients may send when they write. Fields that Zoho knows and the simulator does not are let pass;
 * a field of the wrong kind is refused with Zoho's code 4 and its name.
 */
import { z } from "zod";
import { err, ok, type Result } from "@/lib/kernel/result";

/** A JSON number or decimal text, as decimal text. */
export const figure = z
  .union([z.number(), z.string().regex(/^-?\d+(\.\d+)?$/)])
  .transform((value) => (typeof value === "number" ? plainNumber(value) : value));

/** Base currency for one unit; nothing is worth nothing. */
export const exchangeRate = figure.refine((value) => Number(value) > 0);

export const discount = z
  .union([z.number(), z.string().regex(/^\d+(\.\d+)?%?$/)])
  .transform((value) => (typeof value === "number" ? plainNumber(value) : value));

export const id = z.union([z.string(), z.number()]).transform(String);
/** A day that the calendar has. */
export const date = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .refine(isRealDay);
export const text = z.string();

export const address = z.object({
  attention: text.optional(),
  address: text.optional(),
  street2: text.optional(),
  city: text.optional(),
  state: text.optional(),
  zip: text.optional(),
  country: text.optional(),
  phone: text.optional(),
});

const line = z.object({
  line_item_id: id.optional(),
  item_id: id.optional(),
  name: text.optional(),
  description: text.optional(),
  rate: figure.optional(),
  quantity: figure.optional(),
  unit: text.optional(),
  discount: discount.optional(),
  tax_id: id.optional(),
  account_id: id.optional(),
  salesorder_item_id: id.optional(),
  tags: z.array(z.object({ tag_id: id, tag_option_id: id })).optional(),
});
export type LineBody = z.infer<typeof line>;

const documentFields = {
  customer_id: id.optional(),
  currency_id: id.optional(),
  reference_number: text.optional(),
  date: date.optional(),
  exchange_rate: exchangeRate.optional(),
  is_inclusive_tax: z.boolean().optional(),
  discount: discount.optional(),
  is_discount_before_tax: z.boolean().optional(),
  shipping_charge: figure.optional(),
  adjustment: figure.optional(),
  adjustment_description: text.optional(),
  notes: text.optional(),
  terms: text.optional(),
  line_items: z.array(line).optional(),
};

export const invoiceBody = z.object({
  ...documentFields,
  invoice_number: text.optional(),
  payment_terms: z.number().int().optional(),
  due_date: date.optional(),
});
export type InvoiceBody = z.infer<typeof invoiceBody>;

export const creditNoteBody = z.object({
  ...documentFields,
  creditnote_number: text.optional(),
  is_draft: z.boolean().optional(),
});
export type CreditNoteBody = z.infer<typeof creditNoteBody>;
export type DocumentBody = InvoiceBody | CreditNoteBody;

const invoiceShares = z.array(z.object({ invoice_id: id, amount_applied: figure }));
export const creditsBody = z.object({ invoices: invoiceShares });

export const paymentBody = z.object({
  customer_id: id.optional(),
  payment_mode: text.optional(),
  amount: figure.optional(),
  date: date.optional(),
  reference_number: text.optional(),
  description: text.optional(),
  bank_charges: figure.optional(),
  exchange_rate: exchangeRate.optional(),
  account_id: id.optional(),
  payment_number: text.optional(),
  invoices: invoiceShares.optional(),
});
export type PaymentBody = z.infer<typeof paymentBody>;

/** The body by its schema, or the name of the first field that is wrong. */
export function parseInput<T>(schema: z.ZodType<T>, input: unknown): Result<T, string> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return ok(parsed.data);
  return err(
    parsed.error.issues[0]?.path.filter((part) => typeof part === "string").join(".") || "JSONString",
  );
}

function isRealDay(value: string): boolean {
  const instant = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().slice(0, 10) === value;
}

function plainNumber(value: number): string {
  // Small and large numbers print with an exponent, which decimal text here has not.
  return /e/i.test(String(value)) ? value.toFixed(12).replace(/\.?0+$/, "") : String(value);
}
