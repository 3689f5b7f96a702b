import type { Json } from "@/lib/kernel/json";

/**
 * Whether a row as a vendor gave it names a contact: its id as a text anywhere, or under a member that is a contact's id, where
 * vendors write numbers and connectors add a prefix. The row could not be read, so no schema tells where the id stands.
 */
export const CONTACT_ID_MEMBER = "(customer|client|vendor|supplier|contact)_?id$";

const memberPattern = new RegExp(CONTACT_ID_MEMBER, "i");

export function namesContact(payload: Json, externalId: string): boolean {
  const bare = bareIdOf(externalId);
  const isNamedIn = (value: Json, member: string): boolean => {
    if (value === null || typeof value === "boolean") return false;
    if (typeof value === "object")
      return Object.entries(value).some(([name, part]) => isNamedIn(part, Array.isArray(value) ? "" : name));
    return value === externalId || (memberPattern.test(member) && String(value) === bare);
  };
  return isNamedIn(payload, "");
}

/** The vendor's own id in one that a connector prefixed ("C-45"). */
export const bareIdOf = (externalId: string): string => externalId.replace(/^[A-Z]{1,3}-/, "");
