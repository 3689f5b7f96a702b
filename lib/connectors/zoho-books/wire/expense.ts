import { z } from "zod";
import {
  zohoCurrency,
  zohoDate,
  zohoDecimal,
  zohoId,
  zohoOptionalDecimal,
  zohoOptionalId,
  zohoOptionalInstant,
  zohoOptionalPercent,
  zohoTags,
  zohoText,
} from "./fields";

/**
 * The expense of GET /expenses/{id}: one amount, or lines where it is itemised. Zoho's file names neither vendor nor account
 * in the answer's own words, and says of line_items once that they are a list and once that there is one.
 */
const reverseChargeFields = {
  reverse_charge_tax_id: zohoOptionalId.optional(),
  reverse_charge_vat_id: zohoOptionalId.optional(),
  acquisition_vat_id: zohoOptionalId.optional(),
};

const wireExpenseLineSchema = z.object({
  line_item_id: zohoOptionalId,
  account_id: zohoOptionalId,
  account_name: zohoText,
  description: zohoText,
  item_total: zohoOptionalDecimal.optional(),
  amount: zohoOptionalDecimal.optional(),
  tax_id: zohoOptionalId,
  tax_percentage: zohoOptionalPercent,
  tax_amount: zohoOptionalDecimal,
  tags: zohoTags,
  ...reverseChargeFields,
});
export type WireExpenseLine = z.output<typeof wireExpenseLineSchema>;

export const wireExpenseSchema = z.object({
  expense_id: zohoId,
  date: zohoDate,
  status: zohoText,
  vendor_id: zohoOptionalId.optional(),
  vendor_name: zohoText,
  account_id: zohoOptionalId,
  account_name: zohoText,
  paid_through_account_id: zohoOptionalId,
  currency_code: zohoCurrency,
  exchange_rate: zohoOptionalDecimal,
  is_inclusive_tax: z.boolean().nullish(),
  tax_id: zohoOptionalId,
  tax_percentage: zohoOptionalPercent,
  tax_amount: zohoOptionalDecimal,
  sub_total: zohoOptionalDecimal,
  total: zohoDecimal,
  reference_number: zohoText,
  description: zohoText,
  line_items: z
    .array(wireExpenseLineSchema)
    .nullish()
    .transform((lines) => lines ?? []),
  tags: zohoTags,
  last_modified_time: zohoOptionalInstant,
  ...reverseChargeFields,
});
export type WireExpense = z.output<typeof wireExpenseSchema>;

/** What the row and the expense both tell, so that a version can be made of either. */
export const expenseRowSchema = z.object({
  expense_id: zohoId,
  date: zohoDate,
  total: zohoDecimal,
  reference_number: zohoText,
  last_modified_time: zohoOptionalInstant,
});
export type ExpenseRow = z.output<typeof expenseRowSchema>;
