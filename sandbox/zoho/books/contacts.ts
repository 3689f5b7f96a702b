/**
 * The contact calls: list (no modified-since filter: sort by last_modified_time), get, write, by a unique custom
 * field, (in)active, delete. https://www.zoho.com/books/api/v3/contacts/ (checked 2026-11-21)
 */
import type { SandboxResponse } from "@/sandbox/kit/types";
import { contactRowWire, contactWire } from "../wire/contact-wire";
import {
  type BooksCall,
  CODE_DUPLICATE_CONTACT,
  CODE_NOT_ALLOWED,
  CODE_TOO_LONG,
  listPage,
  refuse,
  refuseMissing,
  refuseValue,
  sortAsked,
  sorted,
  succeed,
  succeedWriting,
} from "./answers";
import { matching, searchTests, statusTests, textTests } from "./filters";
import { idsBy, isTaken } from "./indexes";
import { parseInput } from "./input";
import { composeAddress } from "./parties/addresses";
import { contactBalances } from "./parties/balances";
import { type ContactBody, contactBody, keptBody } from "./parties/contact-body";
import { composePerson, personsOf, withPersons } from "./parties/persons-of";
import type { StoredContact } from "./records";
import { identifyByField, writeCustomFields } from "./settings/custom-fields";
import { isContactUsed } from "./settings/uses";

const SORT_COLUMNS = [
  "contact_name",
  "first_name",
  "last_name",
  "email",
  "outstanding_receivable_amount",
  "created_time",
  "last_modified_time",
] as const;
const NAME_CHARACTERS_MAX = 200;

export function listContacts(call: BooksCall): SandboxResponse {
  const { books } = call;
  const sort = sortAsked(call, SORT_COLUMNS, { column: "contact_name", order: "A" });
  const columns: Record<Exclude<(typeof SORT_COLUMNS)[number], "outstanding_receivable_amount">, TextOf> = {
    contact_name: ({ name }) => name.toLowerCase(),
    first_name: ({ firstName }) => firstName,
    last_name: ({ lastName }) => lastName,
    email: ({ email }) => email,
    created_time: ({ created }) => created,
    last_modified_time: ({ modified }) => modified,
  };
  const tests = [
    ...textTests<StoredContact>(call, {
      contact_name: ({ name }) => name,
      company_name: ({ company }) => company,
      contact_type: ({ type }) => type,
      first_name: ({ firstName }) => firstName,
      last_name: ({ lastName }) => lastName,
      email: ({ email }) => email,
      phone: ({ phone }) => phone,
      address: ({ billing, shipping }) => [...Object.values(billing), ...Object.values(shipping)].join("\n"),
    }),
    ...searchTests<StoredContact>(call, ({ name, notes }) => [name, notes]),
    ...statusTests<StoredContact>(call, ({ active }) => active),
  ];
  const records =
    sort.column === "outstanding_receivable_amount"
      ? sortedByDebt(call, sort.order)
      : sorted(books.contacts, sort.column, sort.order, columns[sort.column]);
  return listPage(
    call,
    { key: "contacts", reportName: null, sortColumn: sort.column, sortOrder: sort.order },
    matching(records, tests),
    (id, contact) => contactRowWire(call, id, contact),
  );
}

type TextOf = (contact: StoredContact) => string;

/** What is owed changes without the contact, so this order is not kept. */
function sortedByDebt({ books }: BooksCall, order: "A" | "D"): (readonly [string, StoredContact])[] {
  const direction = order === "A" ? 1 : -1;
  return [...books.contacts.heads()]
    .map((record) => ({ record, owed: Number(contactBalances(books, record[0]).receivable) }))
    .sort((a, b) => direction * (a.owed - b.owed))
    .map(({ record }) => record);
}

export function getContact(call: BooksCall): SandboxResponse {
  const [id = ""] = call.ids;
  const contact = call.books.contacts.get(id);
  return contact === undefined ? refuseMissing(call.context, "Contact") : succeed(shown(call, id, contact));
}

const shown = (call: BooksCall, id: string, contact: StoredContact) => ({
  contact: contactWire(call, id, contact),
});

export function createContact(call: BooksCall): SandboxResponse {
  const body = parseInput(contactBody, call.input);
  if (!body.ok) return refuseValue(body.error);
  return writeContact(call, call.books.nextId(), body.value, null);
}

export function updateContact(call: BooksCall): SandboxResponse {
  const [id = ""] = call.ids;
  const previous = call.books.contacts.get(id);
  if (previous === undefined) return refuseMissing(call.context, "Contact");
  const body = parseInput(contactBody, call.input);
  return body.ok ? writeContact(call, id, body.value, previous) : refuseValue(body.error);
}

/** PUT /contacts with the headers that name a unique custom field. */
export function updateContactByField(call: BooksCall): SandboxResponse {
  const identified = identifyByField(call, "contact", call.books.contacts);
  if (!identified.ok) return identified.error;
  const body = parseInput(contactBody, call.input);
  if (!body.ok) return refuseValue(body.error);
  const { recordId, field } = identified.value;
  const previous = recordId === null ? null : (call.books.contacts.get(recordId) ?? null);
  const custom_fields = [...(body.value.custom_fields ?? []), field];
  return writeContact(call, recordId ?? call.books.nextId(), { ...body.value, custom_fields }, previous);
}

function writeContact(
  call: BooksCall,
  id: string,
  body: ContactBody,
  previous: StoredContact | null,
): SandboxResponse {
  const { books } = call;
  const name = (body.contact_name ?? previous?.name ?? "").trim();
  const refused = refuseName(call, id, name, previous) ?? refuseReference(call, body, previous);
  if (refused !== null) return refused;
  const custom = writeCustomFields(
    books,
    "contact",
    books.contacts,
    previous === null ? null : id,
    body.custom_fields,
    previous?.customFields,
  );
  if (!custom.ok) return custom.error;
  const contact: StoredContact = {
    ...composeContact(call, id, body, previous),
    name,
    ...(custom.value === undefined ? {} : { customFields: custom.value }),
  };
  books.contacts.put(id, contact);
  return previous === null
    ? succeedWriting(shown(call, id, contact), "The contact has been added.", 201)
    : succeedWriting(shown(call, id, contact), "Contact information has been saved.");
}

function refuseName(
  call: BooksCall,
  id: string,
  name: string,
  previous: StoredContact | null,
): SandboxResponse | null {
  if (name === "") return refuseValue("contact_name");
  if (name === previous?.name) return null;
  if (name.length > NAME_CHARACTERS_MAX)
    return refuse(400, CODE_TOO_LONG, "Please ensure that the contact_name has less than 200 characters.");
  const taken = idsBy(call.books.contacts, "name", nameKey, name.toLowerCase());
  return call.context.switches.get("zoho.duplicate-contact-names") === "refused" &&
    isTaken(taken, previous === null ? null : id)
    ? refuse(
        400,
        CODE_DUPLICATE_CONTACT,
        `The contact "${name}" already exists. Please specify a different name.`,
      )
    : null;
}

const nameKey = (contact: StoredContact): string => contact.name.toLowerCase();

function refuseReference(
  { books, ids: [contactId = ""] }: BooksCall,
  body: ContactBody,
  previous: StoredContact | null,
): SandboxResponse | null {
  const { currency_id: currencyId, tax_id: taxId } = body;
  if (currencyId !== undefined && books.currencies.head(currencyId) === undefined)
    return refuseValue("currency_id");
  const currency = books.currencies.head(currencyId ?? "")?.code ?? previous?.currencyCode;
  if (previous !== null && currency !== previous.currencyCode && isContactUsed(books, contactId))
    return refuse(400, CODE_NOT_ALLOWED, "The currency of a contact with transactions cannot be changed.");
  if (taxId !== undefined && taxId !== "" && books.taxes.head(taxId) === undefined)
    return refuseValue("tax_id");
  const persons = previous?.persons ?? [];
  const unknown = (body.contact_persons ?? []).some(
    ({ contact_person_id: asked }) =>
      asked !== undefined && previous?.persons !== undefined && persons.every(({ id }) => id !== asked),
  );
  return unknown ? refuseValue("contact_person_id") : null;
}

function composeContact(
  call: BooksCall,
  id: string,
  body: ContactBody,
  previous: StoredContact | null,
): Omit<StoredContact, "name" | "customFields"> {
  const { books } = call;
  const currency = books.currencies.head(body.currency_id ?? "");
  const now = books.stamp();
  const tags = body.tags?.map(({ tag_id, tag_option_id }) => ({ tagId: tag_id, optionId: tag_option_id }));
  return {
    ...previous,
    ...withPersons(people(call, id, body, previous)),
    company: body.company_name ?? previous?.company ?? "",
    type: body.contact_type ?? previous?.type ?? "customer",
    active: previous?.active ?? true,
    currencyCode: currency?.code ?? previous?.currencyCode ?? call.organization.currencyCode,
    paymentTerms: body.payment_terms ?? previous?.paymentTerms ?? 30,
    website: body.website ?? previous?.website ?? "",
    notes: body.notes ?? previous?.notes ?? "",
    billing: address(body.billing_address, previous?.billing),
    shipping: address(body.shipping_address, previous?.shipping),
    kept: { ...previous?.kept, ...keptFields(body) },
    ...(tags === undefined ? {} : { tags }),
    created: previous?.created ?? now,
    modified: now,
  };
}

const address = (body: ContactBody["billing_address"], old: StoredContact["billing"] | undefined) =>
  body === undefined ? (old ?? {}) : composeAddress(body, old);

function keptFields(body: ContactBody): Record<string, string | number | boolean> {
  const kept: Record<string, string | number | boolean> = {};
  for (const [name, value] of Object.entries(keptBody.parse(body)))
    if (value !== undefined) kept[name] = value;
  return kept;
}

/** A list of people that is sent takes the place of the one there was. */
function people(call: BooksCall, id: string, body: ContactBody, previous: StoredContact | null) {
  const known = previous === null ? [] : personsOf(id, previous);
  if (body.contact_persons === undefined) return known;
  return body.contact_persons.map((person) => {
    const old = known.find((other) => other.id === person.contact_person_id);
    return composePerson(old?.id ?? call.books.nextId(), person, old);
  });
}

export const activateContact = (call: BooksCall): SandboxResponse =>
  setActive(call, true, "The contact has been marked as active.");

export const deactivateContact = (call: BooksCall): SandboxResponse =>
  setActive(call, false, "The contact has been marked as inactive.");

function setActive(call: BooksCall, active: boolean, message: string): SandboxResponse {
  const [id = ""] = call.ids;
  const contact = call.books.contacts.get(id);
  if (contact === undefined) return refuseMissing(call.context, "Contact");
  call.books.contacts.put(id, { ...contact, active, modified: call.books.stamp() });
  return succeedWriting({}, message);
}

export function deleteContact(call: BooksCall): SandboxResponse {
  const [id = ""] = call.ids;
  return deleteAll(call, [id], "The contact has been deleted.");
}

/** DELETE /contacts?contact_ids=: all or none. */
export function deleteContacts(call: BooksCall): SandboxResponse {
  const asked = (call.query.get("contact_ids") ?? "").split(",").filter((id) => id !== "");
  return asked.length === 0
    ? refuseValue("contact_ids")
    : deleteAll(call, asked, "The contacts have been deleted.");
}

function deleteAll(call: BooksCall, ids: readonly string[], message: string): SandboxResponse {
  for (const id of ids) {
    if (call.books.contacts.head(id) === undefined) return refuseMissing(call.context, "Contact");
    if (isContactUsed(call.books, id))
      return refuse(400, CODE_NOT_ALLOWED, "A contact with transactions cannot be deleted.");
  }
  for (const id of ids) call.books.contacts.delete(id);
  return succeedWriting({}, message);
}
