/** The contact calls: list (no modified-since filter: sort by last_modified_time), get, write, (in)active. */
import { type Decimal, decimal, decimalText } from "@/lib/kernel/decimal";
import type { SandboxResponse } from "@/sandbox/kit/types";
import { type ContactBalances, contactRowWire, contactWire } from "../wire/contact-wire";
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
import { matching, textTests } from "./filters";
import { type ContactBody, contactBody, parseInput } from "./input";
import type { Books } from "./open-books";
import type { StoredContact } from "./records";
import { creditBalance, invoiceBalance } from "./settle";

const SORT_COLUMNS = [
  "contact_name",
  "first_name",
  "last_name",
  "email",
  "created_time",
  "last_modified_time",
] as const;
const NAME_CHARACTERS_MAX = 200;

export function listContacts(call: BooksCall): SandboxResponse {
  const { books, organization, query } = call;
  const sort = sortAsked(call, SORT_COLUMNS, { column: "contact_name", order: "A" });
  const columns: Record<(typeof SORT_COLUMNS)[number], (contact: StoredContact) => string> = {
    contact_name: ({ name }) => name.toLowerCase(),
    first_name: ({ firstName }) => firstName,
    last_name: ({ lastName }) => lastName,
    email: ({ email }) => email,
    created_time: ({ created }) => created,
    last_modified_time: ({ modified }) => modified,
  };
  const status = /^Status\.(Active|Inactive)$/.exec(query.get("filter_by") ?? "")?.[1];
  const tests = [
    ...textTests<StoredContact>(call, {
      contact_name: ({ name }) => name,
      company_name: ({ company }) => company,
      contact_type: ({ type }) => type,
      first_name: ({ firstName }) => firstName,
      last_name: ({ lastName }) => lastName,
      email: ({ email }) => email,
      phone: ({ phone }) => phone,
    }),
    ...(status === undefined
      ? []
      : [(_id: string, contact: StoredContact) => contact.active === (status === "Active")]),
  ];
  const owed = balances(books);
  return listPage(
    call,
    { key: "contacts", reportName: "Contacts", sortColumn: sort.column, sortOrder: sort.order },
    matching(sorted(books.contacts, sort.column, sort.order, columns[sort.column]), tests),
    (id, contact) => contactRowWire(books, organization, id, contact, owed.get(id) ?? NOTHING_OWED),
  );
}

const NOTHING_OWED: ContactBalances = { receivable: "0", unusedCredits: "0" };
const keptBalances = new WeakMap<Books, { version: string; owed: Map<string, ContactBalances> }>();

/** What each contact owes and has as credit, in its own documents' currencies added up as they are. */
function balances(books: Books): Map<string, ContactBalances> {
  const version = `${books.invoices.version} ${books.creditNotes.version}`;
  const kept = keptBalances.get(books);
  if (kept?.version === version) return kept.owed;
  const receivable = new Map<string, Decimal>();
  const credits = new Map<string, Decimal>();
  const add = (sums: Map<string, Decimal>, id: string, amount: Decimal): void => {
    sums.set(id, amount.plus(sums.get(id) ?? 0));
  };
  for (const [, invoice] of books.invoices.heads())
    if (invoice.state === "sent") add(receivable, invoice.customerId, invoiceBalance(invoice));
  for (const [, note] of books.creditNotes.heads())
    if (note.state === "open") add(credits, note.customerId, creditBalance(note));
  const owed = new Map<string, ContactBalances>();
  for (const id of new Set([...receivable.keys(), ...credits.keys()]))
    owed.set(id, {
      receivable: decimalText(receivable.get(id) ?? decimal("0")),
      unusedCredits: decimalText(credits.get(id) ?? decimal("0")),
    });
  keptBalances.set(books, { version, owed });
  return owed;
}

export function getContact(call: BooksCall): SandboxResponse {
  const [id = ""] = call.ids;
  const contact = call.books.contacts.get(id);
  return contact === undefined ? refuseMissing(call.context, "Contact") : succeed(shown(call, id, contact));
}

function shown(call: BooksCall, id: string, contact: StoredContact) {
  const owed = balances(call.books).get(id) ?? NOTHING_OWED;
  return { contact: contactWire(call.books, call.organization, id, contact, owed) };
}

export function createContact(call: BooksCall): SandboxResponse {
  const body = parseInput(contactBody, call.input);
  if (!body.ok) return refuseValue(body.error);
  if ((body.value.contact_name ?? "").trim() === "") return refuseValue("contact_name");
  return writeContact(call, call.books.nextId(), body.value, null);
}

export function updateContact(call: BooksCall): SandboxResponse {
  const [id = ""] = call.ids;
  const previous = call.books.contacts.get(id);
  if (previous === undefined) return refuseMissing(call.context, "Contact");
  const body = parseInput(contactBody, call.input);
  return body.ok ? writeContact(call, id, body.value, previous) : refuseValue(body.error);
}

function writeContact(
  call: BooksCall,
  id: string,
  body: ContactBody,
  previous: StoredContact | null,
): SandboxResponse {
  const { books } = call;
  const name = body.contact_name ?? previous?.name ?? "";
  if (name.length > NAME_CHARACTERS_MAX && name !== previous?.name)
    return refuse(400, CODE_TOO_LONG, "Please ensure that the contact_name has less than 200 characters.");
  if (call.context.switches.get("zoho.duplicate-contact-names") === "refused" && name !== previous?.name)
    for (const [, contact] of books.contacts.heads())
      if (contact.name.toLowerCase() === name.toLowerCase())
        return refuse(
          400,
          CODE_DUPLICATE_CONTACT,
          `The contact ${name} already exists. Specify another name.`,
        );
  const currency = body.currency_id === undefined ? undefined : books.currencies.head(body.currency_id);
  if (body.currency_id !== undefined && currency === undefined) return refuseValue("currency_id");
  const person =
    body.contact_persons?.find(({ is_primary_contact }) => is_primary_contact) ?? body.contact_persons?.[0];
  const now = books.stamp();
  const contact: StoredContact = {
    name,
    company: body.company_name ?? previous?.company ?? "",
    type: body.contact_type ?? previous?.type ?? "customer",
    active: previous?.active ?? true,
    currencyCode: currency?.code ?? previous?.currencyCode ?? call.organization.currencyCode,
    paymentTerms: body.payment_terms ?? previous?.paymentTerms ?? 30,
    firstName: person?.first_name ?? previous?.firstName ?? "",
    lastName: person?.last_name ?? previous?.lastName ?? "",
    email: person?.email ?? previous?.email ?? "",
    phone: person?.phone ?? previous?.phone ?? "",
    mobile: person?.mobile ?? previous?.mobile ?? "",
    website: body.website ?? previous?.website ?? "",
    notes: body.notes ?? previous?.notes ?? "",
    billing: body.billing_address ?? previous?.billing ?? {},
    shipping: body.shipping_address ?? previous?.shipping ?? {},
    created: previous?.created ?? now,
    modified: now,
  };
  books.contacts.put(id, contact);
  return previous === null
    ? succeedWriting(shown(call, id, contact), "The contact has been added.", 201)
    : succeedWriting(shown(call, id, contact), "Contact information has been saved.");
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
  if (call.books.contacts.head(id) === undefined) return refuseMissing(call.context, "Contact");
  for (const table of [call.books.invoices, call.books.creditNotes, call.books.payments])
    for (const [, record] of table.heads())
      if (record.customerId === id)
        return refuse(400, CODE_NOT_ALLOWED, "A contact with transactions cannot be deleted.");
  call.books.contacts.delete(id);
  return succeedWriting({}, "The contact has been deleted.");
}
