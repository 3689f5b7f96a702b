import { z } from "zod";
import { getOrNull, type ZohoClient } from "../client";
import { wireMismatch } from "../errors";
import type { WirePerson } from "../translate/on-wire";

const personsSchema = z.looseObject({
  contact_persons: z.array(z.record(z.string(), z.unknown())).nullish(),
});

/** The people of a contact as they are now, since a list that is sent takes the place of theirs; null without contact. */
export async function readPersons(client: ZohoClient, path: string): Promise<readonly WirePerson[] | null> {
  const body = await getOrNull(client, path);
  if (body === null) return null;
  const contact = personsSchema.safeParse(body.contact);
  if (!contact.success) throw wireMismatch("the people of a contact cannot be read");
  return (contact.data.contact_persons ?? []).map(sendable);
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
