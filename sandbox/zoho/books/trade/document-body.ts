/**
 * What a client may send for a bill, an order, a vendor credit or an estimate. As everywhere in the
 * simulator, fields that it does not keep are let pass and a field of the wrong kind is refused by name.
 */
import { z } from "zod";
import { date, discount, exchangeRate, figure, id, text } from "../input";

/** Clients clear a date with "". */
export const dayOrEmpty = z.union([z.literal(""), date]);

export const appliedTags = z.array(z.object({ tag_id: id, tag_option_id: id }));

export const appliedFields = z.array(
  z.object({
    customfield_id: id.optional(),
    custom_field_id: id.optional(),
    index: z.number().int().optional(),
    label: text.optional(),
    api_name: text.optional(),
    value: z
      .union([text, z.number(), z.boolean(), z.null()])
      .transform((value) => (value === null ? "" : String(value)))
      .optional(),
  }),
);
export type FieldsBody = z.infer<typeof appliedFields>;

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
  customer_id: id.optional(),
  is_billable: z.boolean().optional(),
  purchaseorder_item_id: id.optional(),
  salesorder_item_id: id.optional(),
  tags: appliedTags.optional(),
});
export type TradeLineBody = z.infer<typeof line>;

export const tradeBody = z.object({
  vendor_id: id.optional(),
  customer_id: id.optional(),
  currency_id: id.optional(),
  bill_number: text.optional(),
  purchaseorder_number: text.optional(),
  salesorder_number: text.optional(),
  vendor_credit_number: text.optional(),
  estimate_number: text.optional(),
  reference_number: text.optional(),
  date: date.optional(),
  due_date: dayOrEmpty.optional(),
  delivery_date: dayOrEmpty.optional(),
  shipment_date: dayOrEmpty.optional(),
  expiry_date: dayOrEmpty.optional(),
  payment_terms: z.number().int().optional(),
  exchange_rate: exchangeRate.optional(),
  is_item_level_tax_calc: z.boolean().optional(),
  is_inclusive_tax: z.boolean().optional(),
  discount: discount.optional(),
  is_discount_before_tax: z.boolean().optional(),
  shipping_charge: figure.optional(),
  adjustment: figure.optional(),
  adjustment_description: text.optional(),
  notes: text.optional(),
  terms: text.optional(),
  ship_via: text.optional(),
  delivery_method: text.optional(),
  attention: text.optional(),
  salesperson_name: text.optional(),
  purchaseorder_ids: z.array(id).optional(),
  custom_fields: appliedFields.optional(),
  tags: appliedTags.optional(),
  line_items: z.array(line).optional(),
});
export type TradeBody = z.infer<typeof tradeBody>;
