/** The values that Xero's filter language makes with a call: Guid("...") and DateTime(y,m,d), or .Parse("..."). */
import { queryParse } from "../answer";
import type { Cursor } from "./where-tokens";

export type Constructed =
  | { readonly kind: "Guid"; readonly value: string }
  | { readonly kind: "DateTime"; readonly value: Date };

/** Reads on after the word; null when it begins none of them. */
export function constructed(cursor: Cursor, word: string): Constructed | null {
  if (word !== "guid" && word !== "datetime") return null;
  const isParse = cursor.peek()?.text === "." && cursor.peek(1)?.text.toLowerCase() === "parse";
  if (isParse) {
    cursor.take();
    cursor.take();
  } else if (cursor.peek()?.text !== "(") return null;
  cursor.takeSymbol("(");
  if (word === "datetime" && !isParse) return { kind: "DateTime", value: dateParts(cursor) };
  const text = cursor.takeText();
  cursor.takeSymbol(")");
  if (word === "datetime") return { kind: "DateTime", value: instant(text) };
  if (!/^\{?[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}\}?$/i.test(text))
    throw queryParse("Guid should contain 32 digits with 4 dashes (xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx).");
  return { kind: "Guid", value: dashed(text) };
}

function dashed(text: string): string {
  const digits = text.replace(/[{}-]/g, "").toLowerCase();
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function dateParts(cursor: Cursor): Date {
  const parts = [cursor.takeNumber()];
  while (cursor.takeAny([","]) !== null) parts.push(cursor.takeNumber());
  cursor.takeSymbol(")");
  const [year = 1, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts;
  const made = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  if (parts.length < 3 || made.getUTCMonth() !== month - 1 || made.getUTCDate() !== day)
    throw queryParse("Year, Month, and Day parameters describe an un-representable DateTime.");
  return made;
}

function instant(text: string): Date {
  const hasZone = /(?:[zZ]|[+-]\d\d:?\d\d)$/.test(text);
  const parsed = new Date(hasZone ? text : `${text}${text.includes("T") ? "Z" : "T00:00:00Z"}`);
  if (Number.isNaN(parsed.getTime())) throw queryParse("String was not recognized as a valid DateTime.");
  return parsed;
}
