import { Address } from "xero-node/dist/gen/model/accounting/address.js";
import type { Contact as SdkContact } from "xero-node/dist/gen/model/accounting/contact.js";
import { Phone } from "xero-node/dist/gen/model/accounting/phone.js";
import type { Contact } from "@/lib/domain/contact";
import { contactKeyIn } from "../marker";
import type { ContactWire } from "../wire/contact";
import { currencyOnWire } from "./currency";

/** Contacts. Only ACTIVE ones can be used in Xero; an archived one keeps its name free for another. */
export function contactOf(wire: ContactWire): Contact {
  return {
    recordType: "contact",
    externalId: wire.ContactID,
    version: wire.UpdatedDateUTC,
    name: wire.Name,
    firstName: wire.FirstName,
    lastName: wire.LastName,
    email: wire.EmailAddress,
    phone: phoneOf(wire),
    isCustomer: wire.IsCustomer ?? false,
    isSupplier: wire.IsSupplier ?? false,
    currency: wire.DefaultCurrency || null,
    address: addressOf(wire),
    active: (wire.ContactStatus ?? "ACTIVE") === "ACTIVE",
    marker: contactKeyIn(wire.ContactNumber),
  };
}

function phoneOf(wire: ContactWire): string {
  const filled = (wire.Phones ?? []).filter((phone) => phone.PhoneNumber !== "");
  const chosen = filled.find((phone) => phone.PhoneType === "DEFAULT") ?? filled[0];
  if (!chosen) return "";
  return [chosen.PhoneCountryCode, chosen.PhoneAreaCode, chosen.PhoneNumber]
    .filter((part) => part !== "")
    .join(" ");
}

/** The postal address is the one that Xero prints on invoices, so it goes before the street address. */
function addressOf(wire: ContactWire): Contact["address"] {
  const candidates = (wire.Addresses ?? []).map((address) => ({
    type: address.AddressType,
    value: {
      line1: address.AddressLine1,
      line2: address.AddressLine2,
      city: address.City,
      region: address.Region,
      postalCode: address.PostalCode,
      country: address.Country,
    },
  }));
  const filled = candidates.filter(({ value }) => Object.values(value).some((part) => part !== ""));
  return (filled.find(({ type }) => type === "POBOX") ?? filled[0])?.value ?? null;
}

/**
 * A contact for a write. With an id it is an update, which leaves ContactNumber alone: it may be someone else's key.
 * Empty details are left out, so that an update empties nothing that a person typed in Xero.
 */
export function contactOnWire(contact: Contact, contactId: string | null): SdkContact {
  return {
    contactID: contactId ?? undefined,
    contactNumber: contactId === null ? contact.marker || undefined : undefined,
    name: contact.name,
    firstName: contact.firstName || undefined,
    lastName: contact.lastName || undefined,
    emailAddress: contact.email || undefined,
    phones: contact.phone === "" ? undefined : [phoneOnWire(contact.phone)],
    addresses: contact.address === null ? undefined : [addressOnWire(contact.address)],
    defaultCurrency: contact.currency === null ? undefined : currencyOnWire(contact.currency),
  };
}

const phoneOnWire = (phoneNumber: string): Phone => ({
  phoneType: Phone.PhoneTypeEnum.DEFAULT,
  phoneNumber,
});

const addressOnWire = (address: NonNullable<Contact["address"]>): Address => ({
  addressType: Address.AddressTypeEnum.POBOX,
  addressLine1: address.line1,
  addressLine2: address.line2,
  city: address.city,
  region: address.region,
  postalCode: address.postalCode,
  country: address.country,
});
