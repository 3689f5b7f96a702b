/**
 * Xero's own arithmetic: a line's amount from quantity, unit amount and discount; its tax rounded to the
 * currency's decimals line by line; then sums. Rounding is half away from zero. Decimal text in and out.
 */
import { Decimal, decimal, decimalText } from "@/lib/kernel/decimal";
import type { LineAmountTypes, Totals } from "./records";

const ZERO_DECIMAL_CURRENCIES = new Set([
  "BIF",
  "CLP",
  "DJF",
  "GNF",
  "ISK",
  "JPY",
  "KMF",
  "KRW",
  "PYG",
  "RWF",
  "UGX",
  "VND",
  "VUV",
  "XAF",
  "XOF",
  "XPF",
]);
const HUNDRED = new Decimal(100);

/** Decimal places of amounts in a currency. */
export function scaleOf(currency: string): number {
  return ZERO_DECIMAL_CURRENCIES.has(currency) ? 0 : 2;
}

export const text = decimalText;
export const ZERO = "0";

export function round(value: Decimal, places: number): Decimal {
  return value.toDecimalPlaces(places, Decimal.ROUND_HALF_UP);
}

export function add(...amounts: readonly string[]): string {
  let sum = new Decimal(0);
  for (const amount of amounts) sum = sum.plus(amount);
  return decimalText(sum);
}

export function subtract(from: string, ...amounts: readonly string[]): string {
  return decimalText(decimal(from).minus(add(...amounts)));
}

/** Below zero, zero or above: -1, 0, 1. */
export function compare(a: string, b: string): number {
  return decimal(a).comparedTo(decimal(b));
}

export function isZero(amount: string): boolean {
  return decimal(amount).isZero();
}

export interface LineAmountParts {
  readonly quantity: string;
  readonly unitAmount: string;
  readonly discountRate: string | null;
  readonly discountAmount: string | null;
}

/** Quantity times unit amount less discount, in the currency's decimals. */
export function lineAmount(parts: LineAmountParts, scale: number): string {
  const gross = decimal(parts.quantity).times(parts.unitAmount);
  if (parts.discountRate !== null)
    return decimalText(round(gross.times(HUNDRED.minus(parts.discountRate)).div(HUNDRED), scale));
  return decimalText(round(gross.minus(parts.discountAmount ?? "0"), scale));
}

/** What the discount takes off the line. */
export function lineDiscount(parts: LineAmountParts, scale: number): string {
  if (parts.discountRate === null && parts.discountAmount === null) return ZERO;
  const gross = decimal(parts.quantity).times(parts.unitAmount);
  return decimalText(round(gross, scale).minus(lineAmount(parts, scale)));
}

/** The tax within (Inclusive) or on top of (Exclusive) a line amount, at a rate in percent. */
export function lineTax(amount: string, ratePercent: string, types: LineAmountTypes, scale: number): string {
  if (types === "NoTax") return ZERO;
  const rate = decimal(ratePercent);
  const value = decimal(amount);
  const tax =
    types === "Exclusive"
      ? value.times(rate).div(HUNDRED)
      : value.minus(value.times(HUNDRED).div(HUNDRED.plus(rate)));
  return decimalText(round(tax, scale));
}

/** Sums of lines as the document shows them. */
export function documentTotals(
  lines: readonly { readonly lineAmount: string; readonly taxAmount: string }[],
  types: LineAmountTypes,
): Totals {
  const amounts = add(...lines.map((line) => line.lineAmount));
  const totalTax = add(...lines.map((line) => line.taxAmount));
  const subTotal = types === "Inclusive" ? subtract(amounts, totalTax) : amounts;
  return { subTotal, totalTax, total: add(subTotal, totalTax) };
}

/** An amount in the base currency at a rate of foreign units for one base unit, to 2 decimals. */
export function toBase(amount: string, currencyRate: string, scale: number): string {
  return decimalText(round(decimal(amount).div(decimal(currencyRate)), scale));
}
