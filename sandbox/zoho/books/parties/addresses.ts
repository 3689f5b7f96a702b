/**
 * The addresses of a contact: billing, shipping and any number besides. Only the last kind is written here; the
 * first two are fields of the contact. https://www.zoho.com/books/api/v3/contacts/ (checked 2026-11-21)
 */
import type { SandboxResponse } from "@/sandbox/kit/types";
import { addressWire } from "../../wire/formats";
import { type BooksCall, refuseMissing, refuseValue, succeed, succeedWriting } from "../answers";
import { parseInput } from "../input";
import type { StoredAddress, StoredContact } from "../records";
import { type AddressBody, addressBody } from "./contact-body";
import { turnedId } from "./persons-of";

const BILLING_TURN = 6;
const SHIPPING_TURN = 7;

/** An address as sent over the one there was. */
export function composeAddress(body: AddressBody, old: StoredAddress = {}): StoredAddress {
  const { state_code: stateCode, ...fields } = body;
  const made: Record<string, string> = { ...old };
  for (const [name, value] of Object.entries({ ...fields, stateCode }))
    if (value !== undefined) made[name] = value;
  return made;
}

export function listAddresses(call: BooksCall): SandboxResponse {
  const [contactId = ""] = call.ids;
  const contact = call.books.contacts.get(contactId);
  if (contact === undefined) return refuseMissing(call.context, "Contact");
  return succeed({
    addresses: [
      wire(turnedId(contactId, BILLING_TURN), contact.billing),
      wire(turnedId(contactId, SHIPPING_TURN), contact.shipping),
      ...(contact.addresses ?? []).map(({ id, ...address }) => wire(id, address)),
    ],
  });
}

export function createAddress(call: BooksCall): SandboxResponse {
  const [contactId = ""] = call.ids;
  const contact = call.books.contacts.get(contactId);
  if (contact === undefined) return refuseMissing(call.context, "Contact");
  const body = parseInput(addressBody, call.input);
  if (!body.ok) return refuseValue(body.error);
  const id = call.books.nextId();
  const address = composeAddress(body.value);
  put(call, contactId, contact, [...(contact.addresses ?? []), { ...address, id }]);
  return succeedWriting({ address_info: wire(id, address) }, "The address has been created.");
}

export function updateAddress(call: BooksCall): SandboxResponse {
  const [contactId = "", addressId = ""] = call.ids;
  const contact = call.books.contacts.get(contactId);
  const old = contact?.addresses?.find(({ id }) => id === addressId);
  if (contact === undefined || old === undefined) return refuseMissing(call.context, "Address");
  const body = parseInput(addressBody, call.input);
  if (!body.ok) return refuseValue(body.error);
  const { id: _id, ...kept } = old;
  const address = composeAddress(body.value, kept);
  put(
    call,
    contactId,
    contact,
    (contact.addresses ?? []).map((other) =>
      other.id === addressId ? { ...address, id: addressId } : other,
    ),
  );
  return succeedWriting({ address_info: wire(addressId, address) }, "The address has been updated.");
}

export function deleteAddress(call: BooksCall): SandboxResponse {
  const [contactId = "", addressId = ""] = call.ids;
  const contact = call.books.contacts.get(contactId);
  const left = (contact?.addresses ?? []).filter(({ id }) => id !== addressId);
  if (contact === undefined || left.length === (contact.addresses ?? []).length)
    return refuseMissing(call.context, "Address");
  put(call, contactId, contact, left);
  return succeedWriting({}, "The address has been deleted.");
}

function put(
  { books }: BooksCall,
  contactId: string,
  contact: StoredContact,
  addresses: StoredContact["addresses"] & object,
): void {
  books.contacts.put(contactId, { ...contact, addresses, modified: books.stamp() });
}

const wire = (id: string, address: StoredAddress) => {
  const { address: first, street2, city, state, zip, country, fax, phone, attention } = addressWire(address);
  return { address_id: id, attention, address: first, street2, city, state, zip, country, fax, phone };
};
