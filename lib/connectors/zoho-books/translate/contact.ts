import type { Contact } from "@/lib/domain/contact";
import { digest } from "../digest";
import type { WireContact } from "../wire/contact";

/**
 * A Zoho contact in canonical form, the same from the list row and from the single contact, so that a record looks
 * unchanged however it was read. The address is left out for that reason: only the single contact has it.
 */
export function toContact(wire: WireContact): Contact {
  const person =
    wire.contact_persons?.find(({ is_primary_contact }) => is_primary_contact === true) ??
    wire.contact_persons?.[0];
  const contact: Omit<Contact, "version"> = {
    recordType: "contact",
    externalId: wire.contact_id,
    name: wire.contact_name,
    firstName: wire.first_name || (person?.first_name ?? ""),
    lastName: wire.last_name || (person?.last_name ?? ""),
    email: wire.email || (person?.email ?? ""),
    phone: wire.phone || wire.mobile || person?.phone || (person?.mobile ?? ""),
    isCustomer: wire.contact_type === "customer",
    isSupplier: wire.contact_type === "vendor",
    currency: wire.currency_code ?? null,
    address: null,
    active: wire.status !== "inactive",
    marker: "",
  };
  return { ...contact, version: `${wire.last_modified_time} ${digest(contact)}` };
}
