/**
 * The people of customers and vendors: list, get, write, delete, make primary. The primary one stays when others
 * come and go; when it is deleted the oldest that is left takes its place.
 * https://www.zoho.com/books/api/v3/contact-persons/ (checked 2026-11-21)
 */
import type { SandboxResponse } from "@/sandbox/kit/types";
import { type BooksCall, listPage, refuseMissing, refuseValue, succeed, succeedWriting } from "../answers";
import { idsBy } from "../indexes";
import { parseInput } from "../input";
import type { StoredContact, StoredPerson } from "../records";
import { personBody } from "./contact-body";
import { composePerson, personsOf, withPersons } from "./persons-of";

interface Found {
  readonly contactId: string;
  readonly contact: StoredContact;
  readonly person: StoredPerson;
}

/** The person of an id, wherever it belongs. */
function findPerson({ books }: BooksCall, personId: string): Found | null {
  // A person without a list has an id that follows from the contact's: the contact is the one with the same stem.
  const stem = personId.slice(0, -1);
  const listed = idsBy(books.contacts, "person", personIds, personId);
  const candidates = [...listed, ...Array.from({ length: 10 }, (_none, digit) => `${stem}${digit}`)];
  for (const contactId of candidates) {
    const contact = books.contacts.head(contactId);
    const person = contact && personsOf(contactId, contact).find(({ id }) => id === personId);
    if (contact !== undefined && person !== undefined) return { contactId, contact, person };
  }
  return null;
}

const personIds = ({ persons }: StoredContact): readonly string[] => (persons ?? []).map(({ id }) => id);

export function listContactPersons(call: BooksCall): SandboxResponse {
  const [contactId = ""] = call.ids;
  const contact = call.books.contacts.get(contactId);
  if (contact === undefined) return refuseMissing(call.context, "Contact");
  return listPage(
    call,
    {
      key: "contact_persons",
      reportName: null,
      sortColumn: "contact_person_id",
      sortOrder: "A",
      withoutFilter: true,
    },
    personsOf(contactId, contact).map((person) => [person.id, person] as const),
    (_id, person) => personWire(person),
  );
}

/** GET /contacts/{id}/contactpersons/{id}, and GET /contacts/contactpersons/{id} with the one id. */
export function getContactPerson(call: BooksCall): SandboxResponse {
  const found = findPerson(call, call.ids.at(-1) ?? "");
  if (found === null || (call.ids.length === 2 && call.ids[0] !== found.contactId))
    return refuseMissing(call.context, "Contact Person");
  return succeed({ contact_person: { contact_id: found.contactId, ...personWire(found.person) } });
}

export function createContactPerson(call: BooksCall): SandboxResponse {
  const body = parseInput(personBody, call.input);
  if (!body.ok) return refuseValue(body.error);
  const contactId = body.value.contact_id ?? "";
  const contact = call.books.contacts.get(contactId);
  if (contactId === "") return refuseValue("contact_id");
  if (contact === undefined) return refuseMissing(call.context, "Contact");
  if ((body.value.first_name ?? "").trim() === "") return refuseValue("first_name");
  const others = personsOf(contactId, contact);
  const person = composePerson(call.books.nextId(), body.value, undefined);
  putPersons(call, contactId, contact, [...demoted(others, person), person]);
  return answerWritten(call, contactId, person.id, "The contactperson has been Created", 201);
}

export function updateContactPerson(call: BooksCall): SandboxResponse {
  const [personId = ""] = call.ids;
  const found = findPerson(call, personId);
  if (found === null) return refuseMissing(call.context, "Contact Person");
  const body = parseInput(personBody, call.input);
  if (!body.ok) return refuseValue(body.error);
  if (body.value.contact_id !== undefined && body.value.contact_id !== found.contactId)
    return refuseValue("contact_id");
  if (body.value.first_name?.trim() === "") return refuseValue("first_name");
  const person = composePerson(personId, body.value, found.person);
  const others = personsOf(found.contactId, found.contact);
  putPersons(
    call,
    found.contactId,
    found.contact,
    demoted(others, person).map((other) => (other.id === personId ? person : other)),
  );
  return answerWritten(call, found.contactId, personId, "The contactperson details has been updated.", 200);
}

/** The others of a new primary person are primary no more. */
function demoted(others: readonly StoredPerson[], person: StoredPerson): StoredPerson[] {
  return others.map((other) => (person.primary ? { ...other, primary: false } : other));
}

export function deleteContactPerson(call: BooksCall): SandboxResponse {
  const [personId = ""] = call.ids;
  const found = findPerson(call, personId);
  if (found === null) return refuseMissing(call.context, "Contact Person");
  const left = personsOf(found.contactId, found.contact).filter(({ id }) => id !== personId);
  putPersons(call, found.contactId, found.contact, left);
  return succeedWriting({}, "The contact person has been deleted.");
}

export function markPersonPrimary(call: BooksCall): SandboxResponse {
  const [personId = ""] = call.ids;
  const found = findPerson(call, personId);
  if (found === null) return refuseMissing(call.context, "Contact Person");
  const people = personsOf(found.contactId, found.contact);
  putPersons(
    call,
    found.contactId,
    found.contact,
    people.map((person) => ({ ...person, primary: person.id === personId })),
  );
  return succeedWriting({}, "This contact person has been marked as your primary contact person.");
}

function putPersons(
  { books }: BooksCall,
  contactId: string,
  contact: StoredContact,
  people: readonly StoredPerson[],
): void {
  books.contacts.put(contactId, { ...contact, ...withPersons(people), modified: books.stamp() });
}

/** A write answers a list of one. */
function answerWritten(
  call: BooksCall,
  contactId: string,
  personId: string,
  message: string,
  status: number,
): SandboxResponse {
  const contact = call.books.contacts.get(contactId);
  const person = contact && personsOf(contactId, contact).find(({ id }) => id === personId);
  return succeedWriting(
    { contact_person: person === undefined ? [] : [{ contact_id: contactId, ...personWire(person) }] },
    message,
    status,
  );
}

function personWire(person: StoredPerson) {
  return {
    contact_person_id: person.id,
    salutation: person.salutation ?? "",
    first_name: person.firstName,
    last_name: person.lastName,
    email: person.email,
    phone: person.phone,
    mobile: person.mobile,
    is_primary_contact: person.primary,
    skype: person.skype ?? "",
    designation: person.designation ?? "",
    department: person.department ?? "",
    is_added_in_portal: person.portal ?? false,
    communication_preference: { is_sms_enabled: false, is_whatsapp_enabled: false },
  };
}
