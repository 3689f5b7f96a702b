import { MARKER_KEY } from "@/lib/connectors/contract/marker-key";

/**
 * What Zoho Books keeps so that we find our own record again. It has no idempotency key; a short key goes into the notes of
 * a contact, which its list can be searched by (`search_text`: "contact name or notes"), and to the end of a payment's
 * reference, which is a filter of its list. An item's SKU is its identity to everyone.
 */

/** Words that a person finds in the contact's notes. */
export const notesWith = (key: string): string => `Added by Tieout from the accounts (${key}).`;

/** The key of some Tieout in a text, else empty. */
export const keyIn = (text: string): string => MARKER_KEY.exec(text)?.[0] ?? "";

/** A payment's reference without our key, and the key. */
export function splitReference(reference: string): { text: string; key: string } {
  const found = new RegExp(`^(.*?) ?(${MARKER_KEY.source})$`, "s").exec(reference);
  return found ? { text: found[1] ?? "", key: found[2] ?? "" } : { text: reference, key: "" };
}

export const joinReference = (text: string, key: string): string =>
  [text, key].filter((part) => part !== "").join(" ");
