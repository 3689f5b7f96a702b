import { z } from "zod";
import { wireOptionalId } from "@/lib/connectors/contract/wire-values";

/** The kinds of value that are TIMS' own. Whether amounts are numbers or text is not known, so both are read. */

/** An ISO time as UTC, whatever its zone. */
export const timsInstant = z.string().transform((text, context): string => {
  const instant = new Date(text.trim());
  if (/^\d{4}-\d{2}-\d{2}T/.test(text.trim()) && !Number.isNaN(instant.getTime()))
    return instant.toISOString();
  context.addIssue({ code: "custom", message: `not a time: "${text.slice(0, 40)}"` });
  return z.NEVER;
});

export const timsDimensions = z
  .array(z.looseObject({ dimensionCode: wireOptionalId, valueCode: wireOptionalId }))
  .nullish()
  .transform((list) =>
    (list ?? []).flatMap(({ dimensionCode, valueCode }) =>
      dimensionCode === null || valueCode === null
        ? []
        : [{ categoryKey: dimensionCode, optionKey: `${dimensionCode}/${valueCode}` }],
    ),
  );
