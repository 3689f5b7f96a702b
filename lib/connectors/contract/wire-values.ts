import { z } from "zod";
import { type LocalDate, parseLocalDate } from "@/lib/domain/local-date";
import { type Decimal, decimal, decimalFromNumber } from "@/lib/kernel/decimal";

/**
 * The kinds of value in a vendor's JSON, in the forms that vendors use for one and the same thing: an id or an amount as
 * text or number, nothing as "", " ", null or a field that is left out. A vendor with a form of its own has its own schema.
 */

/** Text, or a whole number that a double holds exactly. */
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

/** Amounts, rates and quantities, exactly as sent: a number of more than 15 digits may have been changed on the way and is refused. */
export const wireDecimal = z.union([z.number(), z.string()]).transform((value, context): Decimal => {
  try {
    return typeof value === "number" ? decimalFromNumber(value) : decimal(value.trim());
  } catch (thrown) {
    context.addIssue({ code: "custom", message: thrown instanceof Error ? thrown.message : "not a decimal" });
    return z.NEVER;
  }
});

export const wireOptionalDecimal = blankable(wireDecimal);

/** A day and nothing behind it. */
export const wireDate = z.string().transform(readDate);

export const wireOptionalDate = blankable(wireDate);

const DATE_CHARACTERS = 10;

/** A day, also where a time stands behind it: the zone of the tenant decided it already. */
export const wireDay = z
  .string()
  .transform((text, context) => readDate(text.trim().slice(0, DATE_CHARACTERS), context));

export const wireOptionalDay = blankable(wireDay);

export const wireCurrency = z.string().regex(/^[A-Z]{3}$/, "not a currency code");

export const wireOptionalCurrency = blankable(wireCurrency);

/** The schema's value, or null where nothing was sent in any of its forms. */
export function blankable<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess(
    (value) => (value === undefined || (typeof value === "string" && value.trim() === "") ? null : value),
    schema.nullable(),
  );
}

function readDate(text: string, context: z.RefinementCtx): LocalDate {
  try {
    return parseLocalDate(text.trim());
  } catch (thrown) {
    context.addIssue({ code: "custom", message: thrown instanceof Error ? thrown.message : "not a date" });
    return z.NEVER;
  }
}
