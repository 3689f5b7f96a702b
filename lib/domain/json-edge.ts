import { z } from "zod";
import { decimal } from "@/lib/kernel/decimal";
import { type LocalDate, parseLocalDate } from "./local-date";
import type { Money } from "./money";

/**
 * How canonical records cross a JSON edge (database column, step output, file): money as minor units in text,
 * decimals and dates as text. `encode` (lib/kernel/json.ts) and the schemas here are each other's inverse.
 */

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
