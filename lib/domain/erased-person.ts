import type { CanonicalRecord } from "./canonical-record";
import type { Contact } from "./contact";

/**
 * A person whose details were erased here, while the systems that they come from may have them still. Whatever is read of
 * them bears a token in the place of their name and address, the same on both sides, so that records go on agreeing and
 * nothing looks changed. What is erased is never written anywhere: a token is no name.
 */
const TOKEN = /^erased-[0-9a-f]{12}$/;

/** A token out of a random UUID; it follows from nothing that is known of the person. */
export const makeToken = (randomId: string): string =>
  `erased-${randomId.replaceAll("-", "").slice(-12).toLowerCase()}`;

export const tokenAddress = (token: string): string => `${token}@erased.invalid`;

/** True for a contact as it stands here once its details were erased. */
export const isErased = (record: CanonicalRecord): boolean =>
  record.recordType === "contact" && TOKEN.test(record.name);

/** The record with the token of its contact in the place of details; as it is where its contact was not erased. */
export function concealRecord<Shown extends CanonicalRecord>(
  record: Shown,
  tokenOf: ReadonlyMap<string, string>,
): Shown {
  const token = tokenOf.get(contactIdOf(record));
  return token === undefined ? record : Object.assign({}, record, concealed(record, token));
}

function contactIdOf(record: CanonicalRecord): string {
  if (record.recordType === "contact") return record.externalId;
  return "contactId" in record ? record.contactId : "";
}

function concealed(record: CanonicalRecord, token: string): Partial<Contact> | { contactName: string } {
  return record.recordType === "contact" ? concealedContact(token) : { contactName: token };
}

/** What stands in the fields of an erased contact. */
export const concealedContact = (
  token: string,
): Pick<Contact, "name" | "firstName" | "lastName" | "email" | "phone" | "address"> => ({
  name: token,
  firstName: "",
  lastName: "",
  email: tokenAddress(token),
  phone: "",
  address: null,
});
