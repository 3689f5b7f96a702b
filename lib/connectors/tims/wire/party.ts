import { z } from "zod";
import { timsCurrency, timsId, timsInstant, timsOptionalDecimal, timsOptionalId, timsText } from "./fields";

/** Customers, vendors and products. The names of customers' fields are known in part (CustomerID, ExternalID), all else assumed. */
const addressSchema = z
  .looseObject({
    line1: timsText,
    line2: timsText,
    city: timsText,
    region: timsText,
    postalCode: timsText,
    country: timsText,
  })
  .nullish();

const partyFields = {
  name: z.string().trim().min(1),
  firstName: timsText,
  lastName: timsText,
  email: timsText,
  phone: timsText,
  billingAddress: addressSchema,
  currency: timsCurrency.nullish(),
  active: z.boolean().default(true),
  externalId: timsText,
  modifiedOn: timsInstant,
};

export const wireCustomerSchema = z.object({ customerId: timsId, ...partyFields });
export const wireVendorSchema = z.object({ vendorId: timsId, ...partyFields });
export type WireParty = Omit<z.output<typeof wireCustomerSchema>, "customerId">;

export const wireItemSchema = z.object({
  sku: timsId,
  name: timsText,
  description: z.string().trim().min(1),
  salesPrice: timsOptionalDecimal,
  revenueAccountCode: timsOptionalId,
  taxCode: timsOptionalId,
  active: z.boolean().default(true),
  modifiedOn: timsInstant,
});
export type WireItem = z.output<typeof wireItemSchema>;

export const wireQuantitySchema = z.looseObject({ quantityOnHand: timsOptionalDecimal });
