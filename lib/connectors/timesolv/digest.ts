import { createHash } from "node:crypto";
import { encode, type Json } from "@/lib/kernel/json";

const CHARACTERS = 16;

/** A short text that changes when the value does, whatever the order of its keys. */
export function digest(value: unknown): string {
  return createHash("sha256")
    .update(JSON.stringify(sorted(encode(value))))
    .digest("base64url")
    .slice(0, CHARACTERS);
}

/** The record with a version that is made of all it says: no field of TimeSolv's is known to tell when it changed. */
export const withVersion = <T extends object>(record: T): T & { version: string } => ({
  ...record,
  version: digest(record),
});

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([first], [second]) => (first < second ? -1 : 1))
      .map(([key, part]) => [key, sorted(part)]),
  );
}
