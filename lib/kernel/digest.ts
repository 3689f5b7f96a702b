import { createHash } from "node:crypto";
import { encode, type Json } from "./json";

/**
 * A text of so many characters, six bits each, that changes when the value does, whatever the order of its keys. Eight of
 * them, 48 bits, leave one change in three billion unseen among 100,000 records.
 */
export function digestOf(value: unknown, characters: number): string {
  return createHash("sha256")
    .update(JSON.stringify(sorted(encode(value))))
    .digest("base64url")
    .slice(0, characters);
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([first], [second]) => (first < second ? -1 : 1))
      .map(([key, part]) => [key, sorted(part)]),
  );
}
