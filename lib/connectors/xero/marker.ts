import { createHash } from "node:crypto";
import type { MarkerContext } from "@/lib/connectors/contract/connector";

/**
 * What Xero keeps so that we find our record again: a web address where a record has a Url field, else a short key
 * in ContactNumber, at the end of Reference, or (supplier credits have neither) at the end of their last line. Each
 * names the pair and the source record and nothing else.
 */

/** Records that have a Url in Xero. */
export type UrlMarked =
  | "invoice"
  | "bill"
  | "overpayment"
  | "supplierOverpayment"
  | "bankTransaction"
  | "manualJournal";

const CONTACT_NUMBER_CHARACTERS_MAX = 50;

const digest = (text: string, characters: number): string =>
  createHash("sha256").update(text).digest("hex").slice(0, characters);

const keyPrefix = (pairId: string): string => `T-${digest(pairId, 8)}-`;

/** Fits ContactNumber: the source id in full where it is short and plain, else a hash of it. */
export function contactKey({ pairId, sourceExternalId }: MarkerContext): string {
  const prefix = keyPrefix(pairId);
  const room = CONTACT_NUMBER_CHARACTERS_MAX - prefix.length;
  const isPlain = /^[A-Za-z0-9_-]+$/.test(sourceExternalId) && sourceExternalId.length <= room;
  return prefix + (isPlain ? sourceExternalId : digest(sourceExternalId, 32));
}

/** Short, since people see it at the end of a reference. */
export function referenceKey({ pairId, sourceExternalId }: MarkerContext): string {
  return keyPrefix(pairId) + digest(sourceExternalId, 12);
}

/** The address under which Tieout shows the source record. */
export function urlMarker(context: MarkerContext, kind: UrlMarked): string {
  return `${context.origin}/go/${context.pairId}/${kind}/${encodeURIComponent(context.sourceExternalId)}`;
}

/** True for what this pair wrote. An item's code is its identity to everyone, so it never counts as ours alone. */
export function isMarker(
  text: string,
  { origin, pairId }: Pick<MarkerContext, "origin" | "pairId">,
): boolean {
  return text.startsWith(keyPrefix(pairId)) || text.startsWith(`${origin}/go/${pairId}/`);
}

/** The text if it is a contact key of some Tieout, else empty. */
export const contactKeyIn = (contactNumber: string): string =>
  /^T-[0-9a-f]{8}-[A-Za-z0-9_-]+$/.test(contactNumber) ? contactNumber : "";

/** The address if it is one of some Tieout, else empty. */
export const urlMarkerIn = (url: string, kind: UrlMarked): string =>
  new RegExp(`^https?://[^/]+/go/[^/]+/${kind}/[^/]+$`).test(url) ? url : "";

/** The host of a document's address, whichever app left it; nothing where there is no address that can be read. */
export function urlHostIn(url: string): { urlHost?: string } {
  if (!URL.canParse(url)) return {};
  const { host, protocol } = new URL(url);
  return host !== "" && protocol.startsWith("http") ? { urlHost: host.replace(/^www\./, "") } : {};
}

/** A reference or description without our key, and the key. */
export function splitReference(reference: string): { text: string; key: string } {
  const found = /^(.*?) ?(T-[0-9a-f]{8}-[0-9a-f]{12})$/s.exec(reference);
  return found ? { text: found[1] ?? "", key: found[2] ?? "" } : { text: reference, key: "" };
}

export const joinReference = (text: string, key: string): string =>
  [text, key].filter((part) => part !== "").join(" ");
