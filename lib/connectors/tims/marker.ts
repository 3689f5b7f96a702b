import { createHash } from "node:crypto";
import type { MarkerContext } from "@/lib/connectors/contract/connector";

/**
 * What TIMS keeps so that we find our own record again: a short key in `externalId`, the field that it keeps for other
 * systems (of contacts known from its pages, of payments assumed). A product's SKU is its identity to everyone.
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

/** The external id where it is a key of some Tieout, else empty: another app's is none of ours. */
export const keyIn = (externalId: string): string =>
  /^T-[0-9a-f]{8}-[0-9a-f]{12}$/.test(externalId) ? externalId : "";
