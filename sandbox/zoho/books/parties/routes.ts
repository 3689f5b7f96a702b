/** Addresses of contacts' people and addresses, and of contacts by a unique field. */
import * as contacts from "../contacts";
import { type Route, route } from "../route";
import * as addresses from "./addresses";
import * as persons from "./contact-persons";

export const PARTY_ROUTES: readonly Route[] = [
  route("PUT", "/contacts", "contacts", contacts.updateContactByField),
  route("DELETE", "/contacts", "contacts", contacts.deleteContacts),

  route("POST", "/contacts/contactpersons", "contacts", persons.createContactPerson),
  route("GET", "/contacts/contactpersons/{id}", "contacts", persons.getContactPerson),
  route("PUT", "/contacts/contactpersons/{id}", "contacts", persons.updateContactPerson),
  route("DELETE", "/contacts/contactpersons/{id}", "contacts", persons.deleteContactPerson),
  route("POST", "/contacts/contactpersons/{id}/primary", "contacts", persons.markPersonPrimary),
  route("GET", "/contacts/{id}/contactpersons", "contacts", persons.listContactPersons),
  route("GET", "/contacts/{id}/contactpersons/{id}", "contacts", persons.getContactPerson),

  route("GET", "/contacts/{id}/address", "contacts", addresses.listAddresses),
  route("POST", "/contacts/{id}/address", "contacts", addresses.createAddress),
  route("PUT", "/contacts/{id}/address/{id}", "contacts", addresses.updateAddress),
  route("DELETE", "/contacts/{id}/address/{id}", "contacts", addresses.deleteAddress),
];
