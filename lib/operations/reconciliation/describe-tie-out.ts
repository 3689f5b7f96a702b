import { moneyText } from "@/lib/domain/money";
import type { AmountView } from "@/lib/domain/views/amount";
import type { ScoreView, TieOutSum, TieOutView } from "@/lib/domain/views/tie-out-view";
import { type Score, scorePercent } from "@/lib/reconciliation/score";
import type { Sum } from "@/lib/reconciliation/totals";
import type { ComparisonSummary } from "./compare-entries";

/** What is kept of a tie-out besides its findings and figures, which are rows of their own. */
export type TieOutReport = Omit<TieOutView, "named" | "onlyInLedger">;

/** The report of a comparison in the words and numbers of the tie-out page. */
export function describeTieOut(
  summary: ComparisonSummary,
  about: Pick<
    TieOutReport,
    "tieOutId" | "scope" | "sourceName" | "ledgerName" | "voided" | "beforeCutOver"
  > & {
    readonly asOf: Date;
    readonly wholeAsOf: Date;
  },
): TieOutReport {
  return {
    ...about,
    asOf: about.asOf.toISOString(),
    wholeAsOf: about.wholeAsOf.toISOString(),
    discrepancies: summary.discrepancies,
    headline: headlineOf(summary),
    score: scoreView(summary.score),
    byType: summary.byType.map((line) => ({
      recordType: line.recordType,
      currency: line.currency,
      source: sumView(line.source, line.currency),
      ledger: sumView(line.ledger, line.currency),
      excluded: sumView(line.excluded, line.currency),
      exceptions: sumView(line.exceptions, line.currency),
      waiting: sumView(line.waiting, line.currency),
      accepted: sumView(line.accepted, line.currency),
      discrepancies: sumView(line.discrepancies, line.currency),
    })),
    roundings: {
      count: summary.roundings.count,
      totals: [...summary.roundings.totals].map(([currency, minor]) => amountView(minor, currency)),
    },
    counts: summary.counts,
  };
}

export const scoreView = (score: Score): ScoreView => ({ ...score, percent: scorePercent(score) });

export const amountView = (minor: bigint, currency: string): AmountView => ({
  amount: moneyText({ minor, currency }),
  currency,
});

function headlineOf({ discrepancies, counts, score: { agreeing } }: ComparisonSummary): string {
  const waiting = (counts.exception ?? 0) + (counts.waiting ?? 0);
  if (discrepancies > 0) return `${records(discrepancies)} ${discrepancies === 1 ? "does" : "do"} not agree.`;
  if (waiting > 0) {
    const needing = counts.exception ?? 0;
    const parts = [
      `${records(agreeing)} ${agreeing === 1 ? "agrees" : "agree"} to the cent.`,
      ...(needing > 0 ? [`${grouped(needing)} ${needing === 1 ? "waits" : "wait"} for you.`] : []),
      ...(waiting > needing
        ? [`${grouped(waiting - needing)} ${waiting - needing === 1 ? "is" : "are"} not posted yet.`]
        : []),
    ];
    return parts.join(" ");
  }
  if (agreeing === 0) return "There is nothing to compare yet.";
  return agreeing === 1
    ? "The one record agrees to the cent."
    : `All ${records(agreeing)} agree to the cent.`;
}

const grouped = (count: number): string => count.toLocaleString("en-GB");
const records = (count: number): string => `${grouped(count)} ${count === 1 ? "record" : "records"}`;

const sumView = (sum: Sum, currency: string | null): TieOutSum => ({
  count: sum.count,
  total: currency === null ? null : amountView(sum.minor, currency),
});
