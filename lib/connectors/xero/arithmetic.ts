import type { AccountingDocument, DocumentLine } from "@/lib/domain/document";
import { type Money, moneyToDecimal, roundToMoney, subtract, zero } from "@/lib/domain/money";
import { Decimal } from "@/lib/kernel/decimal";

/**
 * Xero's own arithmetic, used by the preview and by what is posted, so that the two agree: quantity and unit amount
 * with four decimals, a line rounded to the currency, tax rounded line by line, then sums. Half goes away from zero.
 * (Xero, "Rounding in Xero" guide, checked 2026-11-21.)
 */

const UNIT_DECIMALS = 4;
const HUNDRED = new Decimal(100);

export const quantityOf = (line: DocumentLine): Decimal => line.quantity.toDecimalPlaces(UNIT_DECIMALS);
export const unitAmountOf = (line: DocumentLine): Decimal => line.unitPrice.toDecimalPlaces(UNIT_DECIMALS);

/** The line's amount, with tax in it where line amounts are inclusive. */
export function lineAmountOf(line: DocumentLine, currency: string): Money {
  return roundToMoney(quantityOf(line).times(unitAmountOf(line)), currency);
}

/** Net and tax of a line amount at a rate in percent. */
export function taxSplit(
  amount: Money,
  ratePercent: Decimal,
  lineAmounts: AccountingDocument["lineAmounts"],
): { net: Money; tax: Money } {
  if (lineAmounts === "noTax") return { net: amount, tax: zero(amount.currency) };
  const value = moneyToDecimal(amount);
  if (lineAmounts === "exclusive") {
    return { net: amount, tax: roundToMoney(value.times(ratePercent).dividedBy(HUNDRED), amount.currency) };
  }
  const net = value.times(HUNDRED).dividedBy(HUNDRED.plus(ratePercent));
  const tax = roundToMoney(value.minus(net), amount.currency);
  return { net: subtract(amount, tax), tax };
}
