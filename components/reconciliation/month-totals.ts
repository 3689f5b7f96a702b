import type { TieOutFigure } from "@/lib/domain/views/tie-out-view";
import { Decimal, decimal } from "@/lib/kernel/decimal";

/**
 * Sums for the picture of a year: net and tax together, a month each. Exact until the last step, where a height on the
 * screen is no longer money.
 */
export interface MonthTotal {
  readonly month: string;
  readonly source: string;
  readonly ledger: string;
  /** Height of the bar as a share of the tallest, 0 to 1. */
  readonly sourceShare: number;
  readonly ledgerShare: number;
}

/** The latest `monthsMax` months in one currency, oldest first. */
export function monthTotals(
  figures: readonly TieOutFigure[],
  currency: string,
  monthsMax: number,
): readonly MonthTotal[] {
  const months = figures
    .filter((figure) => figure.currency === currency)
    .map(({ key, source, ledger }) => ({
      month: key,
      source: decimal(source.net.amount).plus(decimal(source.tax.amount)),
      ledger: decimal(ledger.net.amount).plus(decimal(ledger.tax.amount)),
      digits: source.net.amount.split(".")[1]?.length ?? 0,
    }))
    .sort((first, second) => first.month.localeCompare(second.month))
    .slice(-monthsMax);
  const tallest = Decimal.max(1, ...months.flatMap((one) => [one.source.abs(), one.ledger.abs()]));
  const share = (value: Decimal): number => value.abs().dividedBy(tallest).toNumber();
  return months.map(({ month, source, ledger, digits }) => ({
    month,
    source: source.toFixed(digits),
    ledger: ledger.toFixed(digits),
    sourceShare: share(source),
    ledgerShare: share(ledger),
  }));
}

/** Currencies of the figures, the one with the most of them first. */
export function currenciesOf(figures: readonly TieOutFigure[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { currency } of figures) counts.set(currency, (counts.get(currency) ?? 0) + 1);
  return [...counts].sort(([, first], [, second]) => second - first).map(([currency]) => currency);
}
