import { Decimal as DecimalJs } from "decimal.js";

/**
 * Exact decimals for rates, quantities and unit prices. Money itself is lib/domain/money.ts.
 * Rounding is half away from zero, which is what both Xero and Zoho Books do.
 */
export const Decimal = DecimalJs.clone({ precision: 40, rounding: DecimalJs.ROUND_HALF_UP });
export type Decimal = InstanceType<typeof Decimal>;

const SIGNIFICANT_DIGITS_MAX = 15;

/** Parses decimal text. Throws a RangeError on anything else (also on exponents of more than two digits). */
export function decimal(text: string | Decimal): Decimal {
  if (typeof text !== "string") return text;
  if (!/^[+-]?\d+(\.\d+)?([eE][+-]?\d{1,2})?$/.test(text.trim()))
    throw new RangeError(`not a decimal: "${text.slice(0, 40)}"`);
  return new Decimal(text.trim());
}

/**
 * A vendor's JavaScript number by its shortest decimal text. A double holds 15 significant decimal digits
 * without loss; more than that may already have been changed by JSON.parse, so it is refused. Zeros before the
 * point count: above 10^15 a double keeps no cents, and 1000000000000000.01 would pass as a round number.
 */
export function decimalFromNumber(value: number): Decimal {
  if (!Number.isFinite(value)) throw new RangeError(`not a finite number: ${value}`);
  const exact = new Decimal(String(value));
  if (exact.precision(true) > SIGNIFICANT_DIGITS_MAX)
    throw new RangeError(`more than ${SIGNIFICANT_DIGITS_MAX} significant digits: ${value}`);
  return exact;
}

/** Plain decimal text, never in exponent notation, without trailing zeros. */
export function decimalText(value: Decimal): string {
  return value.toFixed();
}
