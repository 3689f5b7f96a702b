import type { AccountingDocument } from "@/lib/domain/document";
import { ROUNDING_DESCRIPTION } from "@/lib/domain/rounding-line";
import { Decimal, decimalText } from "@/lib/kernel/decimal";
import type { EntryTax } from "./entry";

/**
 * Net and tax of a document by rate, as its own system counts them. Systems that round tax by document state only the
 * document's tax; with one taxed rate it is that rate's, with several it is spread by rate and the last unit goes to
 * the largest, so that the parts always sum to what the system says.
 */
export function documentTaxes(
  document: AccountingDocument,
  rateOfTaxKey: ReadonlyMap<string, Decimal>,
): { taxes: EntryTax[]; rounding: bigint } {
  const sums = new Map<string, RateSum>();
  let rounding = 0n;
  for (const line of document.lines) {
    if (line.description === ROUNDING_DESCRIPTION) {
      rounding += line.amount.minor;
      continue;
    }
    const rate =
      document.lineAmounts === "noTax"
        ? new Decimal(0)
        : (line.taxRatePercent ?? rateOfTaxKey.get(line.taxKey ?? "") ?? new Decimal(0));
    const key = decimalText(rate);
    const sum = sums.get(key) ?? { rate, amount: 0n, tax: 0n, lines: 0, isStated: true };
    sum.amount += line.amount.minor;
    sum.tax += line.tax?.minor ?? 0n;
    sum.lines += 1;
    sum.isStated &&= line.tax !== null;
    sums.set(key, sum);
  }
  if ([...sums.values()].some((sum) => !sum.isStated)) spreadDocumentTax(document, [...sums.values()]);
  const taxes = [...sums].map(([ratePercent, { amount, tax, lines }]) => ({
    ratePercent,
    net: document.lineAmounts === "inclusive" ? amount - tax : amount,
    tax,
    lines,
  }));
  return {
    taxes: taxes.sort((first, second) => first.ratePercent.localeCompare(second.ratePercent)),
    rounding,
  };
}

interface RateSum {
  readonly rate: Decimal;
  /** Of the lines as they are stated: with tax inside where line amounts are inclusive. */
  amount: bigint;
  tax: bigint;
  lines: number;
  isStated: boolean;
}

function spreadDocumentTax(document: AccountingDocument, sums: readonly RateSum[]): void {
  for (const sum of sums) {
    const whole = document.lineAmounts === "inclusive" ? sum.rate.plus(100) : new Decimal(100);
    const exact = new Decimal(sum.amount.toString()).times(sum.rate).dividedBy(whole);
    sum.tax = BigInt(exact.toDecimalPlaces(0).toFixed());
  }
  const taxed = sums.filter((sum) => !sum.rate.isZero());
  const largest = (taxed.length > 0 ? taxed : sums).reduce<RateSum | null>(
    (best, sum) => (best === null || size(sum) > size(best) ? sum : best),
    null,
  );
  if (largest) largest.tax += document.tax.minor - sums.reduce((total, sum) => total + sum.tax, 0n);
}

const size = ({ amount }: RateSum): bigint => (amount < 0n ? -amount : amount);
