import { moneyText } from "@/lib/domain/money";
import type { AmountView } from "@/lib/domain/views/amount";
import type { TieOutRecordRow, TieOutSum, TieOutView } from "@/lib/domain/views/tie-out-view";
import type { Comparison } from "@/lib/reconciliation/compare";
import type { Entry } from "@/lib/reconciliation/entry";
import { type MonthTotals, type Sum, totalByMonth, totalByType } from "@/lib/reconciliation/totals";

/** The report of a comparison in the words and numbers of the tie-out page. */
export function describeTieOut(
  comparison: Comparison,
  names: { readonly asOf: Date; readonly sourceName: string; readonly ledgerName: string },
): TieOutView {
  const discrepancies = comparison.findings.length;
  const rounded = comparison.pairs.filter(({ ledger }) => ledger.rounding !== 0n);
  return {
    asOf: names.asOf.toISOString(),
    sourceName: names.sourceName,
    ledgerName: names.ledgerName,
    discrepancies,
    headline: headlineOf(comparison, discrepancies),
    byType: totalByType(comparison).map((line) => ({
      recordType: line.recordType,
      currency: line.currency,
      source: sumView(line.source, line.currency),
      ledger: sumView(line.ledger, line.currency),
      excluded: sumView(line.excluded, line.currency),
      exceptions: sumView(line.exceptions, line.currency),
      discrepancies: sumView(line.discrepancies, line.currency),
    })),
    byMonth: totalByMonth(comparison).map((line) => ({
      recordType: line.recordType,
      month: line.month,
      currency: line.currency,
      taxRate: rateLabel(line),
      source: sideView(line.source, line.currency),
      ledger: sideView(line.ledger, line.currency),
      difference: amount(
        line.source.net + line.source.tax - line.ledger.net - line.ledger.tax,
        line.currency,
      ),
    })),
    roundings: {
      count: rounded.length,
      totals: totalsByCurrency(
        rounded.map(({ ledger }) => ({ currency: ledger.currency, minor: ledger.rounding })),
      ),
    },
    voided: comparison.voided,
    onlyInLedger: {
      count: comparison.onlyInLedger.length,
      rows: comparison.onlyInLedger.map((entry) =>
        row(entry, "onlyInLedger", "It is only in the ledger and was not posted by Tieout."),
      ),
    },
    named: [
      ...comparison.findings.flatMap((finding) => {
        const entry = finding.source ?? finding.ledger;
        return entry ? [row(entry, finding.kind, finding.sentence)] : [];
      }),
      ...comparison.accounted.map(({ source, why }) => row(source, why.kind, why.sentence)),
      ...rounded.map(({ source, ledger }) => roundingRow(source, ledger)),
    ],
  };
}

function headlineOf(comparison: Comparison, discrepancies: number): string {
  const waiting = comparison.accounted.filter(({ why }) => why.kind === "exception").length;
  const agreeing = comparison.pairs.length;
  if (discrepancies > 0) return `${records(discrepancies)} ${discrepancies === 1 ? "does" : "do"} not agree.`;
  if (waiting > 0) {
    return `${records(agreeing)} ${agreeing === 1 ? "agrees" : "agree"} to the cent. ${grouped(waiting)} ${waiting === 1 ? "waits" : "wait"} for you.`;
  }
  if (agreeing === 0) return "There is nothing to compare yet.";
  return agreeing === 1
    ? "The one record agrees to the cent."
    : `All ${records(agreeing)} agree to the cent.`;
}

const grouped = (count: number): string => count.toLocaleString("en-GB");
const records = (count: number): string => `${grouped(count)} ${count === 1 ? "record" : "records"}`;

const amount = (minor: bigint, currency: string): AmountView => ({
  amount: moneyText({ minor, currency }),
  currency,
});

const sumView = (sum: Sum, currency: string | null): TieOutSum => ({
  count: sum.count,
  total: currency === null ? null : amount(sum.minor, currency),
});

const sideView = (side: MonthTotals["source"], currency: string) => ({
  count: side.count,
  net: amount(side.net, currency),
  tax: amount(side.tax, currency),
});

function rateLabel(line: MonthTotals): string {
  if (line.ratePercent === "rounding") return "Rounding";
  return line.ratePercent === "" ? "" : `${line.ratePercent} %`;
}

function totalsByCurrency(parts: readonly { currency: string | null; minor: bigint }[]): AmountView[] {
  const totals = new Map<string, bigint>();
  for (const { currency, minor } of parts)
    if (currency !== null) totals.set(currency, (totals.get(currency) ?? 0n) + minor);
  return [...totals].map(([currency, minor]) => amount(minor, currency));
}

function row(entry: Entry, kind: TieOutRecordRow["kind"], sentence: string): TieOutRecordRow {
  return {
    recordType: entry.recordType,
    kind,
    number: entry.number,
    label: entry.label,
    amount: entry.currency === null ? null : amount(entry.gross, entry.currency),
    sentence,
  };
}

function roundingRow(source: Entry, ledger: Entry): TieOutRecordRow {
  const difference =
    ledger.currency === null ? "" : moneyText({ minor: ledger.rounding, currency: ledger.currency });
  return row(
    source,
    "rounding",
    `Tax is rounded by document in the source and by line in the ledger: ${difference} went to the rounding account.`,
  );
}
