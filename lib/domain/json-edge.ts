import { z } from "zod";
import { Decimal, decimal, decimalText } from "@/lib/kernel/decimal";
import { type LocalDate, parseLocalDate } from "./local-date";
import type { Money } from "./money";

/**
 * How canonical records cross a JSON edge (database column, step output, file): money as minor units in text,
 * decimals and dates as text. `encode` and the schemas here are each other's inverse.
 */

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

export const moneySchema = z
  .object({ minor: z.string().regex(/^-?\d+$/), currency: z.string().regex(/^[A-Z]{3}$/) })
  .transform((value): Money => ({ minor: BigInt(value.minor), currency: value.currency }));

export const decimalSchema = z.string().transform((text, context) => {
  try {
    return decimal(text);
  } catch (thrown) {
    context.addIssue({ code: "custom", message: thrown instanceof Error ? thrown.message : "not a decimal" });
    return z.NEVER;
  }
});

export const localDateSchema = z.string().transform((text, context): LocalDate => {
  try {
    return parseLocalDate(text);
  } catch (thrown) {
    context.addIssue({ code: "custom", message: thrown instanceof Error ? thrown.message : "not a date" });
    return z.NEVER;
  }
});

/** The JSON form of a canonical value. Keys keep their order, so equal records encode to equal text. */
export function encode(value: unknown): Json {
  if (value === null || value === undefined) return null;
  if (typeof value === "bigint") return value.toString();
  if (typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number" && Number.isFinite(value)) return value;
  if (value instanceof Decimal) return decimalText(value);
  if (Array.isArray(value)) return value.map(encode);
  if (typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, encode(part)]));
  }
  throw new RangeError(`a ${typeof value} has no JSON form`);
}
