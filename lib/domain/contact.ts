import { z } from "zod";

/** A customer and/or supplier. `active` is false where the system archived or switched it off. */
export const contactSchema = z.object({
  recordType: z.literal("contact"),
  externalId: z.string(),
  version: z.string(),
  name: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  email: z.string(),
  phone: z.string(),
  isCustomer: z.boolean(),
  isSupplier: z.boolean(),
  currency: z.string().nullable(),
  address: z
    .object({
      line1: z.string(),
      line2: z.string(),
      city: z.string(),
      region: z.string(),
      postalCode: z.string(),
      country: z.string(),
    })
    .nullable(),
  active: z.boolean(),
  marker: z.string(),
});
export type Contact = z.output<typeof contactSchema>;
