import { z } from "zod";
import { wireInstant, wireText } from "./values";

/** A contact as GET /Contacts lists it. IsCustomer and IsSupplier are Xero's own and missing on new contacts. */
export const contactWire = z.object({
  ContactID: z.string(),
  ContactNumber: wireText,
  ContactStatus: z.enum(["ACTIVE", "ARCHIVED", "GDPRREQUEST"]).nullish(),
  Name: z.string(),
  FirstName: wireText,
  LastName: wireText,
  EmailAddress: wireText,
  Addresses: z
    .array(
      z.object({
        AddressType: wireText,
        AddressLine1: wireText,
        AddressLine2: wireText,
        City: wireText,
        Region: wireText,
        PostalCode: wireText,
        Country: wireText,
      }),
    )
    .nullish(),
  Phones: z
    .array(
      z.object({
        PhoneType: wireText,
        PhoneNumber: wireText,
        PhoneAreaCode: wireText,
        PhoneCountryCode: wireText,
      }),
    )
    .nullish(),
  IsCustomer: z.boolean().nullish(),
  IsSupplier: z.boolean().nullish(),
  DefaultCurrency: z.string().nullish(),
  UpdatedDateUTC: wireInstant,
});
export type ContactWire = z.output<typeof contactWire>;
