import { z } from "zod";
import { localDateSchema } from "@/lib/domain/json-edge";
import { type Decimal, decimalFromNumber, decimalText } from "@/lib/kernel/decimal";
import { errorText } from "@/lib/kernel/errors";

/**
 * Xero's scalars. Amounts are JSON numbers there, so they are read by their shortest decimal text and refused above
 * 15 significant digits; instants are "/Date(ms+0000)/", and a document's day is midnight UTC in that form.
 */

/** An amount, rate or quantity. */
export const wireNumber = z.number().transform((value, context): Decimal => {
  try {
    return decimalFromNumber(value);
  } catch (thrown) {
    context.addIssue({ code: "custom", message: errorText(thrown) });
    return z.NEVER;
  }
});

/** Text that may be missing or null: empty then. */
export const wireText = z
  .string()
  .nullish()
  .transform((text) => text ?? "");

/** The furthest instant that a Date can hold; NaN compares false with it. */
const INSTANT_MS_MAX = 8.64e15;
const WIRE_DATE = /^\/Date\((-?\d+)(?:[+-]\d{4})?\)\/$/;

/** An instant as ISO text with milliseconds. */
export const wireInstant = z.string().transform((text, context): string => {
  const milliseconds = instantOf(text);
  if (Math.abs(milliseconds) <= INSTANT_MS_MAX) return new Date(milliseconds).toISOString();
  context.addIssue({ code: "custom", message: `not an instant: "${text.slice(0, 40)}"` });
  return z.NEVER;
});

/** Xero writes instants without a zone and means UTC. */
function instantOf(text: string): number {
  const wire = WIRE_DATE.exec(text);
  if (wire?.[1] !== undefined) return Number(wire[1]);
  return Date.parse(/(?:Z|[+-]\d{2}:?\d{2})$/.test(text) ? text : `${text}Z`);
}

/** A calendar day. */
export const wireDay = z
  .string()
  .transform((text) => {
    const milliseconds = Number(WIRE_DATE.exec(text)?.[1] ?? Number.NaN);
    const isInstant = Math.abs(milliseconds) <= INSTANT_MS_MAX;
    return (isInstant ? new Date(milliseconds).toISOString() : text).slice(0, 10);
  })
  .pipe(localDateSchema);

/** A decimal as the number that the SDK wants; throws a RangeError where a number would change it. */
export function numberOnWire(value: Decimal): number {
  const number = Number(decimalText(value));
  if (!decimalFromNumber(number).equals(value)) throw new RangeError(`no exact number: ${value.toFixed()}`);
  return number;
}

/** False where numberOnWire would throw. */
export function fitsWire(value: Decimal): boolean {
  return value.precision() <= 15;
}

/** The first thing that zod found, with the field's path in quotes: `"Total" (expected number)`. */
export function firstIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  const path = issue?.path.map(String).join(".") || "record";
  return `"${path}" (${issue?.message ?? "another shape than expected"})`;
}
