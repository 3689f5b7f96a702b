import { z } from "zod";
import {
  wireCurrency,
  wireId,
  wireOptionalDecimal,
  wireOptionalId,
  wireText,
} from "@/lib/connectors/contract/wire-values";
import { timsInstant } from "./fields";

/** Customers, vendors and products. The names of customers' fields are known in part (CustomerID, ExternalID), all else assumed. */
const addressSchema = z
  .looseObject({
    line1: wireText,
    line2: wireText,
    city: wireText,
    region: wireText,
    postalCode: wireText,
    country: wireText,
  })
  .nullish();

const partyFields = {
  name: z.string().trim().min(1),
  firstName: wireText,
  lastName: wireText,
  email: wireText,
  phone: wireText,
  billingAddress: addressSchema,
  currency: wireCurrency.nullish(),
  active: z.boolean().default(true),
  externalId: wireText,
  modifiedOn: timsInstant,
};

export const wireCustomerSchema = z.object({ customerId: wireId, ...partyFields });
export const wireVendorSchema = z.object({ vendorId: wireId, ...partyFields });
export type WireParty = Omit<z.output<typeof wireCustomerSchema>, "customerId">;

export const wireItemSchema = z.object({
  sku: wireId,
  name: wireText,
  description: z.string().trim().min(1),
  salesPrice: wireOptionalDecimal,
  revenueAccountCode: wireOptionalId,
  taxCode: wireOptionalId,
  category: wireText,
  active: z.boolean().default(true),
  modifiedOn: timsInstant,
});
export type WireItem = z.output<typeof wireItemSchema>;

/** What sales need of a product. */
export const productCategorySchema = z.looseObject({ sku: wireId, category: wireText });

export const wireQuantitySchema = z.looseObject({ quantityOnHand: wireOptionalDecimal });
