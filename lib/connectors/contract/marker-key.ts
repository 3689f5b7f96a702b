import { createHash } from "node:crypto";
import type { MarkerContext } from "./connector";

/**
 * The key by which a system without an idempotency key is asked for our own record again. It names the pair and the record
 * in the other system and nothing else; where it stands in a record is each connector's own matter.
 */
const digest = (text: string, characters: number): string =>
  createHash("sha256").update(text).digest("hex").slice(0, characters);

const keyPrefix = (pairId: string): string => `T-${digest(pairId, 8)}-`;

export const markerKey = ({ pairId, sourceExternalId }: MarkerContext): string =>
  keyPrefix(pairId) + digest(sourceExternalId, 12);

/** True for what this pair wrote. */
export const isMarkerKey = (text: string, { pairId }: Pick<MarkerContext, "origin" | "pairId">): boolean =>
  text.startsWith(keyPrefix(pairId));

/** The key of some Tieout, wherever it stands in a text. */
export const MARKER_KEY = /T-[0-9a-f]{8}-[0-9a-f]{12}/;
