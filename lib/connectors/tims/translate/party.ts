import type { Contact } from "@/lib/domain/contact";
import type { Item } from "@/lib/domain/item";
import { digest } from "../digest";
import { idWith, plain } from "../ids";
import { keyIn } from "../marker";
import type { WireItem, WireParty } from "../wire/party";
import { categoryKey } from "./categories";

/** Customers and vendors, which are both contacts, and products. */

export const toCustomer = (wire: WireParty & { readonly customerId: string }): Contact =>
  toContact(wire, idWith("C", wire.customerId), true);

export const toVendor = (wire: WireParty & { readonly vendorId: string }): Contact =>
  toContact(wire, idWith("V", wire.vendorId), false);

function toContact(wire: WireParty, externalId: string, isCustomer: boolean): Contact {
  const { billingAddress } = wire;
  const contact: Omit<Contact, "version"> = {
    recordType: "contact",
    externalId,
    name: wire.name,
    firstName: wire.firstName,
    lastName: wire.lastName,
    email: wire.email,
    phone: wire.phone,
    isCustomer,
    isSupplier: !isCustomer,
    currency: wire.currency ?? null,
    address: billingAddress
      ? {
          line1: billingAddress.line1,
          line2: billingAddress.line2,
          city: billingAddress.city,
          region: billingAddress.region,
          postalCode: billingAddress.postalCode,
          country: billingAddress.country,
        }
      : null,
    active: wire.active,
    marker: keyIn(wire.externalId),
  };
  return { ...contact, version: `${wire.modifiedOn} ${digest(contact)}` };
}

/** The SKU is its code. A product without a short name is known by its description. */
export function toItem(wire: WireItem, salesAccountFrom: "lines" | "categories"): Item {
  const isByCategory = salesAccountFrom === "categories" && wire.category !== "";
  const item: Omit<Item, "version"> = {
    recordType: "item",
    externalId: plain(wire.sku),
    code: wire.sku,
    name: wire.name === "" ? wire.description : wire.name,
    description: wire.description,
    salesPrice: wire.salesPrice,
    salesAccountKey: isByCategory ? categoryKey(wire.category) : wire.revenueAccountCode,
    salesTaxKey: wire.taxCode,
    active: wire.active,
    marker: "",
  };
  return { ...item, version: `${wire.modifiedOn} ${digest(item)}` };
}
