import type { Transaction } from "@/lib/db/client";
import { dayAfter, dayInWords, type LocalDate, parseLocalDate } from "@/lib/domain/local-date";
import type { ReferenceData } from "@/lib/domain/reference-data";
import { REVERSED_BY } from "@/lib/domain/reversal";
import type { PreviewView } from "@/lib/domain/views/run-view";

/**
 * What an owner has to know of an undo beyond its list: what lies in closed periods and could be taken back by documents of
 * its own, from which day on the books are as they were, and what of it may stand in a tax return that was sent.
 */
export interface Undone {
  readonly id: string;
  readonly undoesRunId: string | null;
  readonly takesLocked: boolean;
  readonly reversalDate: string | null;
}

type Facts = Partial<Pick<ReferenceData, "lockDate" | "yearEnd" | "taxPeriodMonths">>;

/** Null where nothing lies in a closed period, or nothing of it could be taken back that way. */
export async function loadClosedPeriods(
  tx: Transaction,
  run: Undone,
  { lockDate }: Facts,
): Promise<PreviewView["closedPeriods"]> {
  if (run.undoesRunId === null) return null;
  const reversed = await tx.plannedChange.count({
    where: { runId: run.id, verb: "exclude", reason: "takenBackByDocument" },
  });
  if (run.takesLocked && run.reversalDate !== null && reversed > 0)
    return { ...daysOf(run.reversalDate), taken: true, documents: reversed };
  const documents = await tx.plannedChange.count({
    where: {
      runId: run.id,
      verb: "block",
      reason: "periodLocked",
      recordType: { in: Object.keys(REVERSED_BY) },
    },
  });
  if (run.takesLocked || documents === 0 || !lockDate) return null;
  return { ...daysOf(dayAfter(lockDate)), taken: false, documents };
}

const daysOf = (day: string): { day: string; until: string } => ({
  day: dayInWords(parseLocalDate(day)),
  until: dayInWords(dayBefore(parseLocalDate(day))),
});

function dayBefore(date: LocalDate): LocalDate {
  const before = new Date(`${date}T00:00:00Z`);
  before.setUTCDate(before.getUTCDate() - 1);
  return parseLocalDate(before.toISOString().slice(0, 10));
}

/** Sentences about what an undo that has ended left in the books; none for any other run. */
export async function reportUndo(
  tx: Transaction,
  run: Undone & { readonly state: string; readonly ledgerConnectionId: string },
  ledgerName: string,
  { yearEnd }: Facts,
): Promise<string[]> {
  if (run.undoesRunId === null || run.state !== "finished") return [];
  const reversed = await loadReversed(tx, run);
  const stayed = await countStayed(tx, run.id);
  const except = stayed === 0 ? "" : ", but for what stayed";
  const report: string[] = [];
  if (reversed.count === 0 || run.reversalDate === null) {
    report.push(`The trial balance of ${ledgerName} equals the one before the run, on every day${except}.`);
  } else {
    const day = dayInWords(parseLocalDate(run.reversalDate));
    report.push(
      `${countRecords(reversed.count)} in a closed period ${reversed.count === 1 ? "was" : "were"} taken back by documents dated ${day}. From ${day} on the trial balance of ${ledgerName}, year to date, equals the one before the run${except}; on earlier days it shows them still, as the closed period demands.`,
    );
    if (reversed.earliest !== null && isOtherYear(reversed.earliest, run.reversalDate, yearEnd ?? null))
      report.push(
        "Some of them lie in an earlier financial year: their income and expenses stay in that year's result and leave this year's, so retained earnings and this year's accounts differ from before by the same amount. Tell your accountant.",
      );
  }
  if (stayed > 0)
    report.push(
      `${countRecords(stayed)} stayed in ${ledgerName}; the preview of this undo says of each one why.`,
    );
  return report;
}

const countRecords = (count: number): string =>
  count === 1 ? "1 record" : `${count.toLocaleString("en-GB")} records`;

/** Those of this undo that are taken back by now, and the day of the first. */
async function loadReversed(
  tx: Transaction,
  run: { readonly id: string; readonly ledgerConnectionId: string },
): Promise<{ count: number; earliest: string | null }> {
  const [row] = await tx.$queryRaw<{ count: bigint; earliest: string | null }[]>`
    SELECT count(*) AS count, min(d.record ->> 'date') AS earliest
      FROM reversals r
      LEFT JOIN ledger_records d ON d.connection_id = ${run.ledgerConnectionId}::uuid AND d.record_type = r.record_type
                                AND d.external_id = r.ledger_external_id
     WHERE r.run_id = ${run.id}::uuid AND r.state = 'complete'`;
  return { count: Number(row?.count ?? 0n), earliest: row?.earliest ?? null };
}

/** Records with an amount that are in the ledger as the run left them. */
async function countStayed(tx: Transaction, runId: string): Promise<number> {
  const [row] = await tx.$queryRaw<{ count: bigint }[]>`
    SELECT count(*) AS count FROM planned_changes p
     WHERE p.run_id = ${runId}::uuid AND p.gross_minor IS NOT NULL
       AND (p.verb = 'block' OR p.reason = 'changeStays' OR (p.verb = 'void' AND p.state <> 'applied')
            OR (p.reason = 'takenBackByDocument'
                AND NOT EXISTS (SELECT FROM reversals r
                                 WHERE r.run_id = p.run_id AND r.record_type = p.record_type
                                   AND r.ledger_external_id = p.ledger_external_id AND r.state = 'complete')))`;
  return Number(row?.count ?? 0n);
}

/** True where a financial year ended between the two days; where the ledger does not say when, nobody can tell. */
function isOtherYear(
  earlier: string,
  later: string,
  yearEnd: { readonly month: number; readonly day: number } | null,
): boolean {
  if (yearEnd === null) return false;
  const end = `${String(yearEnd.month).padStart(2, "0")}-${String(yearEnd.day).padStart(2, "0")}`;
  const yearOf = (date: string): number => Number(date.slice(0, 4)) + (date.slice(5) > end ? 1 : 0);
  return yearOf(earlier) !== yearOf(later);
}

/**
 * Taxed documents that an undo takes out of months that have ended, where nobody said which returns were sent: the ledger
 * does not tell that. Null where somebody said so, and where there are none.
 */
export async function countUnsaidTax(
  tx: Transaction,
  run: Undone & { readonly pairId: string },
  filedTo: string | null,
  now: Date,
  { taxPeriodMonths }: Facts,
): Promise<PreviewView["taxUnsaid"]> {
  if (run.undoesRunId === null || filedTo !== null) return null;
  const [row] = await tx.$queryRaw<{ count: bigint; earliest: string | null }[]>`
    SELECT count(*) AS count, min(s.document_date) AS earliest
      FROM planned_changes p
      JOIN pairs r ON r.id = ${run.pairId}::uuid
      JOIN record_snapshots s ON s.connection_id = r.source_connection_id AND s.record_type = p.record_type
                             AND s.external_id = p.source_external_id
     WHERE p.run_id = ${run.id}::uuid AND p.verb = 'void' AND s.document_date < ${`${now.toISOString().slice(0, 7)}-01`}
       AND EXISTS (SELECT FROM jsonb_array_elements(CASE jsonb_typeof(p.booked) WHEN 'array' THEN p.booked ELSE '[]' END) l
                    WHERE l ->> 'taxKey' IS NOT NULL)`;
  const documents = Number(row?.count ?? 0n);
  if (documents === 0 || !row?.earliest) return null;
  return {
    documents,
    earliest: dayInWords(parseLocalDate(row.earliest)),
    everyMonths: taxPeriodMonths ?? null,
  };
}
