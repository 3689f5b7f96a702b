import type { AccountingDocument, DocumentLine } from "@/lib/domain/document";
import { moneyToDecimal, roundToMoney } from "@/lib/domain/money";
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
  const nets = new Map<string, { rate: Decimal; net: bigint; tax: bigint; stated: boolean }>();
  let rounding = 0n;
  for (const line of document.lines) {
    if (line.description === ROUNDING_DESCRIPTION) {
      rounding += line.amount.minor;
      continue;
    }
    const rate = line.taxRatePercent ?? rateOfTaxKey.get(line.taxKey ?? "") ?? new Decimal(0);
    const key = decimalText(rate);
    const sum = nets.get(key) ?? { rate, net: 0n, tax: 0n, stated: true };
    sum.net += lineNet(line, document, rate);
    if (line.tax === null) sum.stated = false;
    else sum.tax += line.tax.minor;
    nets.set(key, sum);
  }
  const sums = [...nets.values()];
  if (sums.some((sum) => !sum.stated)) spreadDocumentTax(document, sums);
  const taxes = [...nets].map(([ratePercent, sum]) => ({ ratePercent, net: sum.net, tax: sum.tax }));
  return {
    taxes: taxes.sort((first, second) => first.ratePercent.localeCompare(second.ratePercent)),
    rounding,
  };
}

function lineNet(line: DocumentLine, document: AccountingDocument, rate: Decimal): bigint {
  if (document.lineAmounts !== "inclusive") return line.amount.minor;
  if (line.tax !== null) return line.amount.minor - line.tax.minor;
  const gross = moneyToDecimal(line.amount);
  return roundToMoney(gross.dividedBy(rate.dividedBy(100).plus(1)), line.amount.currency).minor;
}

function spreadDocumentTax(
  document: AccountingDocument,
  sums: { rate: Decimal; net: bigint; tax: bigint }[],
): void {
  const taxed = sums.filter((sum) => !sum.rate.isZero());
  for (const sum of sums) {
    const exact = new Decimal(sum.net.toString()).times(sum.rate).dividedBy(100);
    sum.tax = BigInt(exact.toDecimalPlaces(0).toFixed());
  }
  const largest = taxed.reduce<(typeof sums)[number] | null>(
    (best, sum) => (best === null || sum.net > best.net ? sum : best),
    null,
  );
  if (largest) largest.tax += document.tax.minor - sums.reduce((total, sum) => total + sum.tax, 0n);
}
