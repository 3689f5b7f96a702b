import { Decimal, decimalText } from "./decimal";

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** The JSON form of a canonical value. Keys keep their order, so equal records encode to equal text. */
export function encode(value: unknown): Json {
  if (value === null || value === undefined) return null;
  if (typeof value === "bigint") return value.toString();
  if (typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number" && Number.isFinite(value)) return value;
  if (value instanceof Decimal) return decimalText(value);
  if (Array.isArray(value)) return value.map(encode);
  if (typeof value === "object" && (isPlain(value) || Object.keys(value).length > 0)) {
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, encode(part)]));
  }
  throw new RangeError(`a ${typeof value} has no JSON form`);
}

/** Dates, maps and sets have no members of their own: they would become {} without a word. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
