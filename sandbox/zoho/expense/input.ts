/** What clients may send to Zoho Expense; a field of the wrong kind is refused with code 4 and its name. */
import { z } from "zod";

const figure = z.union([z.number(), z.string().regex(/^-?\d+(\.\d+)?$/)]).transform(String);
const id = z.union([z.string(), z.number()]).transform(String);
const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const text = z.string();

export const categoryBody = z.object({
  category_name: text.optional(),
  account_name: text.optional(),
  account_code: text.optional(),
  description: text.optional(),
  is_enabled: z.boolean().optional(),
});
export type CategoryBody = z.infer<typeof categoryBody>;

const claimLine = z.object({
  line_item_id: id.optional(),
  category_id: id.optional(),
  amount: figure.optional(),
  description: text.optional(),
  tax_id: id.optional(),
});

export const claimBody = z.object({
  date: date.optional(),
  currency_id: id.optional(),
  exchange_rate: figure.optional(),
  merchant_name: text.optional(),
  merchant_id: id.optional(),
  reference_number: text.optional(),
  description: text.optional(),
  is_reimbursable: z.boolean().optional(),
  is_billable: z.boolean().optional(),
  is_inclusive_tax: z.boolean().optional(),
  customer_id: id.optional(),
  project_id: id.optional(),
  report_id: id.optional(),
  category_id: id.optional(),
  amount: figure.optional(),
  tax_id: id.optional(),
  line_items: z.array(claimLine).optional(),
});
export type ClaimBody = z.infer<typeof claimBody>;

export const reportBody = z.object({
  report_name: text.optional(),
  description: text.optional(),
  purpose: text.optional(),
  start_date: date.optional(),
  end_date: date.optional(),
  customer_id: id.optional(),
  project_id: id.optional(),
  expenses: z.array(z.object({ expense_id: id })).optional(),
});
export type ReportBody = z.infer<typeof reportBody>;

export const stepBody = z
  .object({ comments: text.optional(), reason: text.optional(), reimbursement_date: date.optional() })
  .optional();
