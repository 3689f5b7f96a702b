import { z } from "zod";
import { wireId, wireOptionalDecimal, wireOptionalId, wireText } from "@/lib/connectors/contract/wire-values";
import { zohoOptionalInstant } from "./fields";

/** A row of GET /items, which is as much as GET /items/{id} says. */
export const wireItemSchema = z.object({
  item_id: wireId,
  name: z.string().trim().min(1),
  status: wireText,
  description: wireText,
  rate: wireOptionalDecimal,
  sku: wireText,
  tax_id: wireOptionalId,
  account_id: wireOptionalId,
  last_modified_time: zohoOptionalInstant,
});
export type WireItem = z.output<typeof wireItemSchema>;
