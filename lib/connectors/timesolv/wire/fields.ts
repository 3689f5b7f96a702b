import { z } from "zod";
import { type LocalDate, parseLocalDate } from "@/lib/domain/local-date";
import { type Decimal, decimal, decimalFromNumber } from "@/lib/kernel/decimal";

/** The kinds of value in TimeSolv's JSON. How it writes them is not public, so each is taken in its usual forms. */

/** Whole numbers or text. */
export const wireId = z
  .union([z.string(), z.number().int().safe()])
  .transform((value) => String(value).trim())
  .pipe(z.string().min(1));

export const wireOptionalId = blankable(wireId);

/** Text, "" where there is none. */
export const wireText = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => (value === null || value === undefined ? "" : String(value).trim()));

/** Amounts, rates and quantities, exactly as sent. */
export const wireDecimal = z.union([z.number(), z.string()]).transform((value, context): Decimal => {
  try {
    return typeof value === "number" ? decimalFromNumber(value) : decimal(value.trim());
  } catch (thrown) {
    context.addIssue({ code: "custom", message: thrown instanceof Error ? thrown.message : "not a decimal" });
    return z.NEVER;
  }
});

/** A day, also where a time stands behind it. */
export const wireDate = z.string().transform((text, context): LocalDate => {
  try {
    return parseLocalDate(text.trim().slice(0, 10));
  } catch (thrown) {
    context.addIssue({ code: "custom", message: thrown instanceof Error ? thrown.message : "not a date" });
    return z.NEVER;
  }
});

export const wireOptionalDate = blankable(wireDate);

export const wireCurrency = z.string().regex(/^[A-Z]{3}$/, "not a currency code");

export const wireOptionalCurrency = blankable(wireCurrency);

function blankable<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess(
    (value) => (value === undefined || (typeof value === "string" && value.trim() === "") ? null : value),
    schema.nullable(),
  );
}
