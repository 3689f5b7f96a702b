import type { Transaction } from "@/lib/db/client";
import { toInputJson } from "@/lib/db/input-json";
import { type DiarySummary, diarySummarySchema } from "@/lib/domain/diary";
import { DONE, type Progress } from "@/lib/domain/progress";
import { tieOutPiece } from "../reconciliation/run-tie-out";
import { parseRecordType } from "../runs/get-run";
import type { RunRef } from "../runs/run-context";
import { getRuntime } from "../runtime";

/** Previews of a parallel run whose records are kept; of earlier ones the diary's line stays. */
const PREVIEWS_KEPT = 14;

/**
 * The end of a look in a parallel run: both systems are compared, and the diary gets a line with what would have been
 * posted. Nothing for any other run. One piece; repeated it writes one line.
 */
export async function keepDiary(ref: RunRef): Promise<Progress> {
  const { database, clock } = await getRuntime();
  const { workspaceId, runId } = ref;
  if (!(await database.withWorkspace(workspaceId, (tx) => isParallelLook(tx, runId)))) return DONE;
  const progress = await tieOutPiece(ref);
  if (!progress.done) return progress;
  await database.withWorkspace(workspaceId, async (tx) => {
    const run = await tx.syncRun.findUniqueOrThrow({ where: { id: runId } });
    const summary = await summarisePlan(tx, run);
    await tx.diaryEntry.createMany({
      data: {
        workspaceId,
        pairId: run.pairId,
        runId,
        at: clock.now(),
        isClean: summary.needYou === 0 && summary.differing === 0,
        summary: toInputJson(summary),
      },
      skipDuplicates: true,
    });
    await forgetOldPreviews(tx, run.pairId);
  });
  return DONE;
}

/** True for a plan of a pair in a parallel run that has no line in the diary yet. */
async function isParallelLook(tx: Transaction, runId: string): Promise<boolean> {
  const run = await tx.syncRun.findUnique({ where: { id: runId } });
  if (!run || run.undoesRunId !== null || run.cancelledAt !== null) return false;
  if (run.state !== "previewed" && run.state !== "finished") return false;
  const pair = await tx.pair.findUnique({ where: { id: run.pairId }, select: { parallelSince: true } });
  if (pair?.parallelSince == null) return false;
  return (await tx.diaryEntry.count({ where: { runId } })) === 0;
}

async function summarisePlan(
  tx: Transaction,
  run: { readonly id: string; readonly pairId: string },
): Promise<DiarySummary> {
  const pair = await tx.pair.findUniqueOrThrow({ where: { id: run.pairId }, include: { ledger: true } });
  const rows = await tx.plannedChange.groupBy({
    by: ["recordType", "verb", "currency"],
    where: { runId: run.id },
    _count: { _all: true },
    _sum: { grossMinor: true },
  });
  const count = (...verbs: readonly string[]): number =>
    rows.filter((row) => verbs.includes(row.verb)).reduce((sum, row) => sum + row._count._all, 0);
  const [journal] = await tx.$queryRaw<{ debit: string }[]>`
    SELECT COALESCE(sum(a.base) FILTER (WHERE a.base > 0), 0)::text AS debit
      FROM planned_changes p
     CROSS JOIN LATERAL jsonb_array_elements(CASE jsonb_typeof(p.booked) WHEN 'array' THEN p.booked ELSE '[]' END) AS line
     CROSS JOIN LATERAL (SELECT (line -> 'base' ->> 'minor')::numeric AS base) a
     WHERE p.run_id = ${run.id}::uuid AND p.verb IN ('create', 'void')`;
  const tieOut = await tx.tieOut.findFirst({
    where: { pairId: run.pairId },
    orderBy: { asOf: "desc" },
    select: { discrepancies: true },
  });
  return diarySummarySchema.parse({
    wouldPost: rows
      .filter((row) => ["create", "update", "void"].includes(row.verb))
      .map((row) => ({
        recordType: parseRecordType(row.recordType),
        currency: row.currency,
        count: row._count._all,
        minor: row.currency === null ? null : (row._sum.grossMinor ?? 0n).toString(),
      })),
    alreadyThere: count("link"),
    leftOut: count("exclude"),
    needYou: count("block"),
    differing: tieOut?.discrepancies ?? 0,
    baseCurrency: pair.ledger.baseCurrency,
    debitMinor: journal?.debit ?? "0",
  });
}

/** Each look plans everything anew, so weeks of it would fill the database with the same records. */
async function forgetOldPreviews(tx: Transaction, pairId: string): Promise<void> {
  const kept = await tx.diaryEntry.findMany({
    where: { pairId },
    orderBy: { at: "desc" },
    take: PREVIEWS_KEPT,
    select: { runId: true },
  });
  await tx.$executeRaw`
    DELETE FROM planned_changes p
     USING diary_entries d, sync_runs r
     WHERE d.pair_id = ${pairId}::uuid AND p.run_id = d.run_id AND r.id = d.run_id
       AND r.state = 'superseded' AND r.applied_from IS NULL
       AND d.run_id <> ALL(${kept.map((row) => row.runId)}::uuid[])`;
}
