import { createHash } from "node:crypto";
import type { CanonicalRecord } from "./canonical-record";
import { encode } from "./json-edge";

/**
 * A fingerprint of what would be posted. The version, the marker, and what merely follows from payments
 * (remaining amount, open or paid) are left out, so that a settled invoice is not taken for a changed one.
 */
export function contentHash(record: CanonicalRecord): string {
  const { version: _version, marker: _marker, ...content } = record;
  const stable =
    "remaining" in content
      ? { ...content, remaining: null, status: content.status === "paid" ? "open" : content.status }
      : content;
  return createHash("sha256")
    .update(JSON.stringify(encode(stable)))
    .digest("base64url");
}
