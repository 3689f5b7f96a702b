import { z } from "zod";
import { type LocalDate, parseLocalDate } from "@/lib/domain/local-date";
import { type Decimal, decimal, decimalFromNumber } from "@/lib/kernel/decimal";

/**
 * The kinds of value in Zoho Books' JSON. Its own files disagree about them (a total is "string" with a number as the
 * example), and nothing is said as "", " ", null or by leaving the field out; the schemas take all of these.
 */

/** Ids are digits in text; a whole number that a double holds exactly is taken too. */
export const zohoId = z
  .union([z.string(), z.number().int().safe()])
  .transform((value) => String(value).trim())
  .pipe(z.string().min(1));

export const zohoOptionalId = blankable(zohoId);

/** Text, "" where there is none. Numbers occur (zip, payment_number). */
export const zohoText = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => (value === null || value === undefined ? "" : String(value).trim()));

/** Amounts, rates and quantities, exactly as sent. */
export const zohoDecimal = z.union([z.number(), z.string()]).transform((value, context): Decimal => {
  try {
    return typeof value === "number" ? decimalFromNumber(value) : decimal(value.trim());
  } catch (thrown) {
    context.addIssue({ code: "custom", message: thrown instanceof Error ? thrown.message : "not a decimal" });
    return z.NEVER;
  }
});

export const zohoOptionalDecimal = blankable(zohoDecimal);

export const zohoDate = z.string().transform((text, context): LocalDate => {
  try {
    return parseLocalDate(text.trim());
  } catch (thrown) {
    context.addIssue({ code: "custom", message: thrown instanceof Error ? thrown.message : "not a date" });
    return z.NEVER;
  }
});

export const zohoOptionalDate = blankable(zohoDate);

/** "2013-11-18T02:02:51-0800" as an ISO instant of whole seconds in UTC; the zone is the organisation's. */
export const zohoInstant = z.string().transform((text, context): string => {
  const instant = new Date(text.trim().replace(/([+-]\d{2})(\d{2})$/, "$1:$2"));
  if (!/^\d{4}-\d{2}-\d{2}T/.test(text.trim()) || Number.isNaN(instant.getTime())) {
    context.addIssue({ code: "custom", message: `not a time: "${text.slice(0, 40)}"` });
    return z.NEVER;
  }
  return `${instant.toISOString().slice(0, 19)}Z`;
});

export const zohoOptionalInstant = blankable(zohoInstant);

export const zohoCurrency = z.string().regex(/^[A-Z]{3}$/, "not a currency code");

/** "70%", "70" or 70. */
export const zohoPercent = z
  .union([z.number(), z.string().transform((text) => text.replace("%", "").trim())])
  .pipe(zohoDecimal);

export const zohoOptionalPercent = blankable(zohoPercent);

/** A reporting tag on a document or a line. */
export const zohoTags = z
  .array(z.looseObject({ tag_id: zohoOptionalId, tag_option_id: zohoOptionalId }))
  .nullish()
  .transform((tags) =>
    (tags ?? []).flatMap(({ tag_id, tag_option_id }) =>
      tag_id === null || tag_option_id === null ? [] : [{ categoryKey: tag_id, optionKey: tag_option_id }],
    ),
  );

function blankable<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess(
    (value) => (value === undefined || (typeof value === "string" && value.trim() === "") ? null : value),
    schema.nullable(),
  );
}
