import { z } from "zod";
import { zohoId, zohoOptionalDecimal, zohoOptionalId, zohoOptionalInstant, zohoText } from "./fields";

/** A row of GET /items, which is as much as GET /items/{id} says. */
export const wireItemSchema = z.object({
  item_id: zohoId,
  name: z.string().trim().min(1),
  status: zohoText,
  description: zohoText,
  rate: zohoOptionalDecimal,
  sku: zohoText,
  tax_id: zohoOptionalId,
  account_id: zohoOptionalId,
  last_modified_time: zohoOptionalInstant,
});
export type WireItem = z.output<typeof wireItemSchema>;
