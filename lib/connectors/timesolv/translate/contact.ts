import type { Contact } from "@/lib/domain/contact";
import { withVersion } from "../digest";
import type { WireClient } from "../wire/client";
import { toLedgerName } from "./client-name";

/**
 * A client as a contact; null for a prospect, who is nobody's customer yet and never goes to the books. An inactive client is
 * an active contact: there may still be something to bill or to pay.
 */
export function toContact(wire: WireClient): Contact | null {
  if (wire.ClientStatus === "prospect") return null;
  return withVersion<Omit<Contact, "version">>({
    recordType: "contact",
    externalId: wire.Id,
    name: toLedgerName(wire.ClientName),
    firstName: wire.FirstName,
    lastName: wire.LastName,
    email: wire.Email,
    phone: wire.Phone,
    isCustomer: true,
    isSupplier: false,
    currency: null,
    address: toAddress(wire),
    active: true,
    marker: "",
  });
}

function toAddress(wire: WireClient): Contact["address"] {
  const address = {
    line1: wire.Address1,
    line2: wire.Address2,
    city: wire.City,
    region: wire.State,
    postalCode: wire.Zip,
    country: wire.Country,
  };
  return Object.values(address).some((part) => part !== "") ? address : null;
}
