import { z } from "zod";
import { decimalSchema } from "./json-edge";

/** A product or service. `code` is its identity in the ledger. */
export const itemSchema = z.object({
  recordType: z.literal("item"),
  externalId: z.string(),
  version: z.string(),
  code: z.string(),
  name: z.string(),
  description: z.string(),
  salesPrice: decimalSchema.nullable(),
  salesAccountKey: z.string().nullable(),
  salesTaxKey: z.string().nullable(),
  active: z.boolean(),
  marker: z.string(),
});
export type Item = z.output<typeof itemSchema>;
