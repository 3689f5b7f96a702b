import type { RecordType } from "@/lib/domain/record-type";
import type { TieOutMonthLine } from "@/lib/domain/views/tie-out-view";
import { Decimal, decimal } from "@/lib/kernel/decimal";

/**
 * Sums for the picture of a year: net and tax of every tax rate together, a month each. Exact until the last step,
 * where a height on the screen is no longer money.
 */
export interface MonthTotal {
  readonly month: string;
  readonly source: string;
  readonly ledger: string;
  /** Height of the bar as a share of the tallest, 0 to 1. */
  readonly sourceShare: number;
  readonly ledgerShare: number;
}

/** The latest `monthsMax` months of one kind of record in one currency, oldest first. */
export function monthTotals(
  lines: readonly TieOutMonthLine[],
  recordType: RecordType,
  currency: string,
  monthsMax: number,
): readonly MonthTotal[] {
  const sums = new Map<string, { source: Decimal; ledger: Decimal }>();
  for (const line of lines) {
    if (line.recordType !== recordType || line.currency !== currency) continue;
    const sum = sums.get(line.month) ?? { source: new Decimal(0), ledger: new Decimal(0) };
    sums.set(line.month, {
      source: sum.source.plus(decimal(line.source.net.amount)).plus(decimal(line.source.tax.amount)),
      ledger: sum.ledger.plus(decimal(line.ledger.net.amount)).plus(decimal(line.ledger.tax.amount)),
    });
  }
  const months = [...sums].sort(([first], [second]) => first.localeCompare(second)).slice(-monthsMax);
  const tallest = Decimal.max(1, ...months.flatMap(([, sum]) => [sum.source.abs(), sum.ledger.abs()]));
  const share = (value: Decimal): number => value.abs().dividedBy(tallest).toNumber();
  const digits = decimalPlaces(lines, currency);
  return months.map(([month, { source, ledger }]) => ({
    month,
    source: source.toFixed(digits),
    ledger: ledger.toFixed(digits),
    sourceShare: share(source),
    ledgerShare: share(ledger),
  }));
}

/** Currencies of the lines of this kind, the one with the most lines first. */
export function currenciesOf(lines: readonly TieOutMonthLine[], recordType: RecordType): readonly string[] {
  const counts = new Map<string, number>();
  for (const line of lines)
    if (line.recordType === recordType) counts.set(line.currency, (counts.get(line.currency) ?? 0) + 1);
  return [...counts].sort(([, first], [, second]) => second - first).map(([currency]) => currency);
}

function decimalPlaces(lines: readonly TieOutMonthLine[], currency: string): number {
  const sample = lines.find((line) => line.currency === currency)?.source.net.amount ?? "0";
  return sample.split(".")[1]?.length ?? 0;
}
