import { createHash } from "node:crypto";
import type { MarkerContext } from "@/lib/connectors/contract/connector";

/**
 * What Zoho Books keeps so that we find our own record again. It has no idempotency key; a short key goes into the notes of
 * a contact, which its list can be searched by (`search_text`: "contact name or notes"), and to the end of a payment's
 * reference, which is a filter of its list. An item's SKU is its identity to everyone.
 */

const digest = (text: string, characters: number): string =>
  createHash("sha256").update(text).digest("hex").slice(0, characters);

const keyPrefix = (pairId: string): string => `T-${digest(pairId, 8)}-`;

/** Names the pair and the record in the other system and nothing else. */
export const markerKey = ({ pairId, sourceExternalId }: MarkerContext): string =>
  keyPrefix(pairId) + digest(sourceExternalId, 12);

/** True for what this pair wrote. */
export const isMarker = (text: string, { pairId }: Pick<MarkerContext, "origin" | "pairId">): boolean =>
  text.startsWith(keyPrefix(pairId));

const KEY = /T-[0-9a-f]{8}-[0-9a-f]{12}/;

/** Words that a person finds in the contact's notes. */
export const notesWith = (key: string): string => `Added by Tieout from the accounts (${key}).`;

/** The key of some Tieout in a text, else empty. */
export const keyIn = (text: string): string => KEY.exec(text)?.[0] ?? "";

/** A payment's reference without our key, and the key. */
export function splitReference(reference: string): { text: string; key: string } {
  const found = new RegExp(`^(.*?) ?(${KEY.source})$`, "s").exec(reference);
  return found ? { text: found[1] ?? "", key: found[2] ?? "" } : { text: reference, key: "" };
}

export const joinReference = (text: string, key: string): string =>
  [text, key].filter((part) => part !== "").join(" ");
