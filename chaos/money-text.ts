import { z } from "zod";
import { Decimal } from "@/lib/kernel/decimal";

/** Amounts and rows of a vendor's JSON as both sides of a comparison write them. */
export const money = (amount: unknown): string => new Decimal(String(amount)).toFixed(2);

export const rowsOf = (value: unknown): Record<string, unknown>[] =>
  z.array(z.record(z.string(), z.unknown())).parse(value);
