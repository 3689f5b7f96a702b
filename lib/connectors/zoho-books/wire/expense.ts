import { z } from "zod";
import {
  wireCurrency,
  wireDate,
  wireDecimal,
  wireId,
  wireOptionalDecimal,
  wireOptionalId,
  wireText,
} from "@/lib/connectors/contract/wire-values";
import { zohoOptionalInstant, zohoOptionalPercent, zohoTags } from "./fields";

/**
 * The expense of GET /expenses/{id}: one amount, or lines where it is itemised. Zoho's file names neither vendor nor account
 * in the answer's own words, and says of line_items once that they are a list and once that there is one.
 */
const reverseChargeFields = {
  reverse_charge_tax_id: wireOptionalId.optional(),
  reverse_charge_vat_id: wireOptionalId.optional(),
  acquisition_vat_id: wireOptionalId.optional(),
};

const wireExpenseLineSchema = z.object({
  line_item_id: wireOptionalId,
  account_id: wireOptionalId,
  account_name: wireText,
  description: wireText,
  item_total: wireOptionalDecimal.optional(),
  amount: wireOptionalDecimal.optional(),
  tax_id: wireOptionalId,
  tax_percentage: zohoOptionalPercent,
  tax_amount: wireOptionalDecimal,
  tags: zohoTags,
  ...reverseChargeFields,
});
export type WireExpenseLine = z.output<typeof wireExpenseLineSchema>;

export const wireExpenseSchema = z.object({
  expense_id: wireId,
  date: wireDate,
  status: wireText,
  vendor_id: wireOptionalId.optional(),
  vendor_name: wireText,
  account_id: wireOptionalId,
  account_name: wireText,
  paid_through_account_id: wireOptionalId,
  currency_code: wireCurrency,
  exchange_rate: wireOptionalDecimal,
  is_inclusive_tax: z.boolean().nullish(),
  tax_id: wireOptionalId,
  tax_percentage: zohoOptionalPercent,
  tax_amount: wireOptionalDecimal,
  sub_total: wireOptionalDecimal,
  total: wireDecimal,
  reference_number: wireText,
  description: wireText,
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
  expense_id: wireId,
  date: wireDate,
  total: wireDecimal,
  reference_number: wireText,
  last_modified_time: zohoOptionalInstant,
});
export type ExpenseRow = z.output<typeof expenseRowSchema>;
