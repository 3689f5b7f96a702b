import { z } from "zod";
import { getOrNull, type ZohoClient } from "../client";
import { wireMismatch } from "../errors";
import type { PresentContact, WirePerson } from "../translate/on-wire";

const personsSchema = z.looseObject({
  contact_type: z.string().nullish(),
  contact_persons: z.array(z.record(z.string(), z.unknown())).nullish(),
});

/**
 * What a change of a contact has to send along as it is now: its type, which Zoho asks for, and its people, since a list
 * that is sent takes the place of theirs. Null without contact.
 */
export async function readPresent(client: ZohoClient, path: string): Promise<PresentContact | null> {
  const body = await getOrNull(client, path);
  if (body === null) return null;
  const contact = personsSchema.safeParse(body.contact);
  if (!contact.success) throw wireMismatch("the people of a contact cannot be read");
  const { contact_type, contact_persons } = contact.data;
  return { contactType: contact_type ?? "", persons: (contact_persons ?? []).map(sendable) };
}

/** What Zoho takes back of a person; the rest it computes itself. */
const SENT = [
  "contact_person_id",
  "salutation",
  "first_name",
  "last_name",
  "email",
  "phone",
  "mobile",
  "designation",
  "department",
  "is_primary_contact",
];

const sendable = (person: WirePerson): WirePerson =>
  Object.fromEntries(SENT.flatMap((name) => (name in person ? [[name, person[name]]] : [])));
