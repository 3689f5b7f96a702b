import { monthOf } from "@/lib/domain/local-date";
import type { RecordType } from "@/lib/domain/record-type";
import type { Comparison } from "./compare";
import type { Entry } from "./entry";

/**
 * Sums of a comparison. For each record type and currency source = ledger + excluded + exceptions + discrepancies, in
 * count and in amount: a pair whose amounts differ counts as being in the ledger, with the difference under discrepancies.
 * A pair in two currencies has no difference that could be named; it counts as not being in the ledger.
 */
export interface Sum {
  count: number;
  minor: bigint;
}

export interface TypeTotals {
  readonly recordType: RecordType;
  readonly currency: string | null;
  readonly source: Sum;
  readonly ledger: Sum;
  readonly excluded: Sum;
  readonly exceptions: Sum;
  readonly discrepancies: Sum;
}

export interface MonthTotals {
  readonly recordType: RecordType;
  readonly month: string;
  readonly currency: string;
  /** Percent as text; "rounding" for rounding lines; "" for records without tax. */
  readonly ratePercent: string;
  readonly source: { count: number; net: bigint; tax: bigint };
  readonly ledger: { count: number; net: bigint; tax: bigint };
}

const none = (): Sum => ({ count: 0, minor: 0n });

export function totalByType(comparison: Comparison): TypeTotals[] {
  const lines = new Map<string, TypeTotals>();
  const lineOf = (entry: Entry): TypeTotals => {
    const key = `${entry.recordType} ${entry.currency ?? ""}`;
    const line = lines.get(key) ?? {
      recordType: entry.recordType,
      currency: entry.currency,
      source: none(),
      ledger: none(),
      excluded: none(),
      exceptions: none(),
      discrepancies: none(),
    };
    lines.set(key, line);
    return line;
  };
  const count = (sum: Sum, entry: Entry): void => {
    sum.count += 1;
    sum.minor += entry.gross;
  };
  for (const { source, ledger } of comparison.pairs) {
    const line = lineOf(source);
    count(line.source, source);
    if (source.currency !== ledger.currency) {
      count(line.discrepancies, source);
      continue;
    }
    count(line.ledger, ledger);
    line.discrepancies.minor += source.gross - ledger.gross;
  }
  for (const { source, why } of comparison.accounted) {
    const line = lineOf(source);
    count(line.source, source);
    count(why.kind === "excluded" ? line.excluded : line.exceptions, source);
  }
  for (const finding of comparison.findings) {
    if (finding.kind !== "missing" || !finding.source) continue;
    const line = lineOf(finding.source);
    count(line.source, finding.source);
    count(line.discrepancies, finding.source);
  }
  return [...lines.values()];
}

/** Both sides by month and tax rate, over the records that are meant to be in the ledger. */
export function totalByMonth(comparison: Comparison): MonthTotals[] {
  const lines = new Map<string, MonthTotals>();
  const add = (
    entry: Entry,
    side: "source" | "ledger",
    ratePercent: string,
    net: bigint,
    tax: bigint,
  ): void => {
    if (entry.date === null || entry.currency === null) return;
    const month = monthOf(entry.date);
    const key = [entry.recordType, month, entry.currency, ratePercent].join(" ");
    const line = lines.get(key) ?? {
      recordType: entry.recordType,
      month,
      currency: entry.currency,
      ratePercent,
      source: { count: 0, net: 0n, tax: 0n },
      ledger: { count: 0, net: 0n, tax: 0n },
    };
    line[side].count += 1;
    line[side].net += net;
    line[side].tax += tax;
    lines.set(key, line);
  };
  const addEntry = (entry: Entry, side: "source" | "ledger"): void => {
    for (const part of entry.taxes) add(entry, side, part.ratePercent, part.net, part.tax);
    if (entry.taxes.length === 0) add(entry, side, "", entry.gross, 0n);
    if (entry.rounding !== 0n) add(entry, side, "rounding", entry.rounding, 0n);
  };
  for (const { source, ledger } of comparison.pairs) {
    addEntry(source, "source");
    addEntry(ledger, "ledger");
  }
  for (const finding of comparison.findings) {
    if (finding.kind === "missing" && finding.source) addEntry(finding.source, "source");
  }
  return [...lines.values()].sort((first, second) =>
    [first.recordType, first.month, first.currency, first.ratePercent]
      .join(" ")
      .localeCompare([second.recordType, second.month, second.currency, second.ratePercent].join(" ")),
  );
}
