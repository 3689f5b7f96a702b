import { createHash } from "node:crypto";
import type { CanonicalRecord } from "@/lib/domain/canonical-record";
import { encode, type Json } from "@/lib/kernel/json";

/**
 * What an approval speaks of: the record as it is to be sent, accounts, tax, amounts and the name it is addressed to. Left
 * out are the ledger's ids of what it points to, since what is only planned has none yet, and what no posting changes.
 */
export function approvalHash(verb: string, prepared: CanonicalRecord): string {
  return createHash("sha256")
    .update(JSON.stringify([verb, kept(encode(prepared))]))
    .digest("base64url");
}

const LEFT_OUT: ReadonlySet<string> = new Set([
  "version",
  "marker",
  "remaining",
  "contactId",
  "invoiceId",
  "creditNoteId",
  "billId",
  "supplierCreditId",
  "itemId",
]);

/** Members by name, since their order says nothing. */
function kept(value: Json): Json {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(kept);
  const members = Object.entries(value).filter(([name]) => !LEFT_OUT.has(name));
  members.sort(([first], [second]) => (first < second ? -1 : 1));
  return Object.fromEntries(members.map(([name, member]) => [name, kept(member)]));
}
