import { z } from "zod";
import { wireInstant, wireNumber, wireText } from "./values";

/** An item of the price list, as GET /Items?unitdp=4 gives it. */
export const itemWire = z.object({
  ItemID: z.string(),
  Code: z.string(),
  Name: wireText,
  Description: wireText,
  SalesDetails: z
    .object({
      UnitPrice: wireNumber.nullish(),
      AccountCode: z.string().nullish(),
      TaxType: z.string().nullish(),
    })
    .nullish(),
  UpdatedDateUTC: wireInstant.nullish(),
});
export type ItemWire = z.output<typeof itemWire>;
