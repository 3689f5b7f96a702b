import { createHash } from "node:crypto";
import type { CanonicalRecord } from "./canonical-record";
import { encode, type Json } from "./json-edge";

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
    .update(JSON.stringify(sorted(encode(stable))))
    .digest("base64url");
}

/** Members by name: the order in which a connector, a schema or a database column gives them says nothing. */
function sorted(value: Json): Json {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(sorted);
  const members = Object.entries(value).sort(([first], [second]) => (first < second ? -1 : 1));
  return Object.fromEntries(members.map(([name, member]) => [name, sorted(member)]));
}
