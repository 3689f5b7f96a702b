/**
 * Zoho Books' arithmetic of a document: item totals, discounts, tax by document or by line, total. Amounts
 * are rounded half away from zero to the currency's decimals ("rounding_mode":"round_half_up" in answers).
 * https://www.zoho.com/books/help/settings/taxes.html (checked 2026-11-21)
 */
import { Decimal } from "@/lib/kernel/decimal";

/** Zoho's own words, in `tax_rounding` of invoices and credit notes. */
export type TaxRounding = "entity_level" | "item_level";

export interface LineFigures {
  readonly rate: Decimal;
  readonly quantity: Decimal;
  /** Amount off, or a share such as "12.5%". */
  readonly discount?: string;
  readonly tax: { readonly id: string; readonly percentage: Decimal } | null;
}

export interface DocumentFigures {
  readonly lines: readonly LineFigures[];
  readonly taxRounding: TaxRounding;
  /** Digits after the point: 2, and 0 for JPY. */
  readonly decimals: number;
  /** Rates include tax. */
  readonly inclusive: boolean;
  /** Off the whole document, before or after tax. */
  readonly discount: { readonly value: string; readonly beforeTax: boolean } | null;
  readonly shippingCharge: Decimal;
  readonly adjustment: Decimal;
}

export interface DocumentTotals {
  /** Of each line: net of its discount, and net of tax also where rates include it. */
  readonly itemTotals: readonly Decimal[];
  readonly lineDiscounts: readonly Decimal[];
  readonly subTotal: Decimal;
  readonly discountTotal: Decimal;
  /** One entry for each tax, in order of first use. */
  readonly taxes: readonly { readonly id: string; readonly amount: Decimal }[];
  readonly taxTotal: Decimal;
  readonly total: Decimal;
}

const ZERO = new Decimal(0);
const HUNDRED = new Decimal(100);

/** All amounts of a document. */
export function computeTotals(figures: DocumentFigures): DocumentTotals {
  const round = (value: Decimal): Decimal => value.toDecimalPlaces(figures.decimals);
  const lineDiscounts = figures.lines.map((line) => round(lineDiscount(line, round)));
  const amounts = figures.lines.map((line, index) =>
    round(line.rate.times(line.quantity)).minus(lineDiscounts[index] ?? ZERO),
  );
  const amountSum = sum(amounts);
  const before = figures.discount?.beforeTax === true ? discountOf(figures.discount.value, amountSum) : ZERO;
  // A discount before tax lowers each line's taxable amount by its share.
  const kept = amountSum.isZero() ? new Decimal(1) : amountSum.minus(before).dividedBy(amountSum);
  const taxes = taxAmounts(figures, amounts, kept, round);
  const taxTotal = sum(taxes.map(({ amount }) => amount));
  const itemTotals = figures.inclusive
    ? amounts.map((amount, index) => amount.minus(round(taxWithin(amount, figures.lines[index]))))
    : amounts;
  const subTotal = figures.inclusive ? amountSum.minus(taxTotal) : amountSum;
  const gross = figures.inclusive ? amountSum : amountSum.plus(taxTotal);
  const after = figures.discount?.beforeTax === false ? discountOf(figures.discount.value, gross) : ZERO;
  const discountTotal = round(before.plus(after));
  return {
    itemTotals,
    lineDiscounts,
    subTotal,
    discountTotal,
    taxes,
    taxTotal,
    total: gross.minus(discountTotal).plus(figures.shippingCharge).plus(figures.adjustment),
  };
}

function taxAmounts(
  figures: DocumentFigures,
  amounts: readonly Decimal[],
  kept: Decimal,
  round: (value: Decimal) => Decimal,
): { id: string; amount: Decimal }[] {
  const byTax = new Map<string, Decimal>();
  for (const [index, line] of figures.lines.entries()) {
    if (line.tax === null) continue;
    const amount = (amounts[index] ?? ZERO).times(kept);
    const exact = figures.inclusive
      ? taxWithin(amount, line)
      : amount.times(line.tax.percentage).dividedBy(HUNDRED);
    const counted = figures.taxRounding === "item_level" ? round(exact) : exact;
    byTax.set(line.tax.id, (byTax.get(line.tax.id) ?? ZERO).plus(counted));
  }
  return [...byTax].map(([id, amount]) => ({ id, amount: round(amount) }));
}

/** The tax inside an amount that includes it, unrounded. */
function taxWithin(amount: Decimal, line: LineFigures | undefined): Decimal {
  const percentage = line?.tax?.percentage ?? ZERO;
  return amount.times(percentage).dividedBy(HUNDRED.plus(percentage));
}

function lineDiscount(line: LineFigures, round: (value: Decimal) => Decimal): Decimal {
  return line.discount === undefined
    ? ZERO
    : discountOf(line.discount, round(line.rate.times(line.quantity)));
}

function discountOf(value: string, amount: Decimal): Decimal {
  return value.endsWith("%")
    ? amount.times(new Decimal(value.slice(0, -1))).dividedBy(HUNDRED)
    : new Decimal(value);
}

export function sum(amounts: Iterable<Decimal>): Decimal {
  let total = ZERO;
  for (const amount of amounts) total = total.plus(amount);
  return total;
}
