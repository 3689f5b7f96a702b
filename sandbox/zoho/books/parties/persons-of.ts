/**
 * The people of a contact as they are stored. One of them is the primary one, whose name and numbers stand on
 * the contact itself as well; contacts that were written without a list have that one alone.
 */
import type { StoredContact, StoredPerson } from "../records";
import type { PersonBody } from "./contact-body";

/** The id of a record made from its owner's, by turning the last digit. */
export const turnedId = (id: string, turn: number): string =>
  `${id.slice(0, -1)}${(Number(id.at(-1)) + turn) % 10}`;

const PERSON_TURN = 5;

export function personsOf(contactId: string, contact: StoredContact): readonly StoredPerson[] {
  if (contact.persons !== undefined) return contact.persons;
  const { firstName, lastName, email, phone, mobile } = contact;
  if ([firstName, lastName, email, phone, mobile].every((text) => text === "")) return [];
  return [{ id: turnedId(contactId, PERSON_TURN), firstName, lastName, email, phone, mobile, primary: true }];
}

/** A person as sent over the one there was; what is left out stays. */
export function composePerson(id: string, body: PersonBody, old: StoredPerson | undefined): StoredPerson {
  return {
    id,
    salutation: body.salutation ?? old?.salutation ?? "",
    firstName: body.first_name ?? old?.firstName ?? "",
    lastName: body.last_name ?? old?.lastName ?? "",
    email: body.email ?? old?.email ?? "",
    phone: body.phone ?? old?.phone ?? "",
    mobile: body.mobile ?? old?.mobile ?? "",
    designation: body.designation ?? old?.designation ?? "",
    department: body.department ?? old?.department ?? "",
    skype: body.skype ?? old?.skype ?? "",
    portal: body.enable_portal ?? old?.portal ?? false,
    primary: body.is_primary_contact ?? old?.primary ?? false,
  };
}

/** The contact's fields that follow from its people: the list, and the primary one's name and numbers. */
export function withPersons(
  people: readonly StoredPerson[],
): Pick<StoredContact, "persons" | "firstName" | "lastName" | "email" | "phone" | "mobile"> {
  const chosen = people.find(({ primary }) => primary) ?? people[0];
  return {
    persons: people.map((person) => ({ ...person, primary: person === chosen })),
    firstName: chosen?.firstName ?? "",
    lastName: chosen?.lastName ?? "",
    email: chosen?.email ?? "",
    phone: chosen?.phone ?? "",
    mobile: chosen?.mobile ?? "",
  };
}
