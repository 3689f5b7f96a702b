import { z } from "zod";
import { type LocalDate, parseLocalDate } from "@/lib/domain/local-date";
import { type Decimal, decimal, decimalFromNumber } from "@/lib/kernel/decimal";

/** The kinds of value in the JSON of TIMS. Whether amounts are numbers or text is not known, so both are read. */
export const timsId = z
  .union([z.string(), z.number().int().safe()])
  .transform((value) => String(value).trim())
  .pipe(z.string().min(1));

const blank = (value: unknown): unknown =>
  value === undefined || (typeof value === "string" && value.trim() === "") ? null : value;

export const timsOptionalId = z.preprocess(blank, timsId.nullable());

/** "" where there is none. */
export const timsText = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => (value === null || value === undefined ? "" : String(value).trim()));

/** Exactly as sent: a number of more than 15 digits may have been changed on the way and is refused. */
export const timsDecimal = z.union([z.number(), z.string()]).transform((value, context): Decimal => {
  try {
    return typeof value === "number" ? decimalFromNumber(value) : decimal(value.trim());
  } catch (thrown) {
    context.addIssue({ code: "custom", message: thrown instanceof Error ? thrown.message : "not a decimal" });
    return z.NEVER;
  }
});

export const timsOptionalDecimal = z.preprocess(blank, timsDecimal.nullable());

/** A date, or the date of a time: the company's zone decided it already. */
export const timsDate = z.string().transform((text, context): LocalDate => {
  try {
    return parseLocalDate(text.trim().slice(0, 10));
  } catch (thrown) {
    context.addIssue({ code: "custom", message: thrown instanceof Error ? thrown.message : "not a date" });
    return z.NEVER;
  }
});

export const timsOptionalDate = z.preprocess(blank, timsDate.nullable());

/** An ISO time as UTC, whatever its zone. */
export const timsInstant = z.string().transform((text, context): string => {
  const instant = new Date(text.trim());
  if (/^\d{4}-\d{2}-\d{2}T/.test(text.trim()) && !Number.isNaN(instant.getTime()))
    return instant.toISOString();
  context.addIssue({ code: "custom", message: `not a time: "${text.slice(0, 40)}"` });
  return z.NEVER;
});

export const timsCurrency = z.string().regex(/^[A-Z]{3}$/, "not a currency code");

export const timsDimensions = z
  .array(z.looseObject({ dimensionCode: timsOptionalId, valueCode: timsOptionalId }))
  .nullish()
  .transform((list) =>
    (list ?? []).flatMap(({ dimensionCode, valueCode }) =>
      dimensionCode === null || valueCode === null
        ? []
        : [{ categoryKey: dimensionCode, optionKey: `${dimensionCode}/${valueCode}` }],
    ),
  );
