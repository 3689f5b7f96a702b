import { z } from "zod";
import { blankable, wireDecimal, wireOptionalId } from "@/lib/connectors/contract/wire-values";

/**
 * The kinds of value that are Zoho Books' own. Its files disagree about most of them (a total is "string" with a number as
 * the example), and nothing is said as "", " ", null or by leaving the field out; the schemas take all of these.
 */

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

/** "70%", "70" or 70. */
export const zohoPercent = z
  .union([z.number(), z.string().transform((text) => text.replace("%", "").trim())])
  .pipe(wireDecimal);

export const zohoOptionalPercent = blankable(zohoPercent);

/** A reporting tag on a document or a line. */
export const zohoTags = z
  .array(z.looseObject({ tag_id: wireOptionalId, tag_option_id: wireOptionalId }))
  .nullish()
  .transform((tags) =>
    (tags ?? []).flatMap(({ tag_id, tag_option_id }) =>
      tag_id === null || tag_option_id === null ? [] : [{ categoryKey: tag_id, optionKey: tag_option_id }],
    ),
  );
