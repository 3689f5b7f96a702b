import { createHash } from "node:crypto";
import { encode, type Json } from "@/lib/kernel/json";
import type { CanonicalRecord } from "./canonical-record";

/**
 * A fingerprint of what would be posted. The version, the marker, what merely follows from payments (remaining amount,
 * open or paid), and the names of other records are left out: a settled invoice, or one whose customer has another name
 * now, is not taken for a changed one.
 */
export function contentHash(record: CanonicalRecord): string {
  const stable =
    "remaining" in record
      ? { ...record, remaining: null, status: record.status === "paid" ? "open" : record.status }
      : record;
  const content = Object.entries(encode(stable) ?? {}).filter(([name]) => !LEFT_OUT.has(name));
  return createHash("sha256")
    .update(JSON.stringify(sorted(Object.fromEntries(content))))
    .digest("base64url");
}

const LEFT_OUT: ReadonlySet<string> = new Set([
  "version",
  "marker",
  "contactName",
  "invoiceNumber",
  "creditNoteNumber",
]);

/** Members by name: the order in which a connector, a schema or a database column gives them says nothing. */
function sorted(value: Json): Json {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(sorted);
  const members = Object.entries(value).sort(([first], [second]) => (first < second ? -1 : 1));
  return Object.fromEntries(members.map(([name, member]) => [name, sorted(member)]));
}
