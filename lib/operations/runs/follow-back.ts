import type { Transaction } from "@/lib/db/client";
import type { Runtime } from "../runtime";
import { createRun, parseRunTrigger } from "./run-states";
import { findWorkingRun } from "./start-preview";

/** What the run before has read is fresh for so long; after that both systems are read again. */
const READ_FRESH_MS = 5 * 60_000;

/**
 * Begins the run that goes the other way, where an owner switched such a flow on, once a run to the ledger has come to its
 * end. Call it in the transaction that ended that run: it begins once, or not at all.
 */
export async function followBack(
  runtime: Runtime,
  tx: Transaction,
  ended: { readonly id: string; readonly workspaceId: string; readonly pairId: string },
): Promise<void> {
  const { workspaceId, pairId } = ended;
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`runs:${workspaceId}`}, 0))`;
  const run = await tx.syncRun.findUniqueOrThrow({ where: { id: ended.id } });
  if (run.direction !== "toLedger" || run.undoesRunId !== null || run.state !== "finished") return;
  const wanted = await tx.flow.count({
    where: { pairId, direction: "toSource", state: { in: ["previewOnly", "live"] } },
  });
  if (wanted === 0 || (await findWorkingRun(tx, pairId)) !== null) return;
  const waiting = await tx.syncRun.count({ where: { pairId, state: "previewed", direction: "toLedger" } });
  if (waiting > 0) return;
  await tx.syncRun.updateMany({ where: { pairId, state: "previewed" }, data: { state: "superseded" } });
  const runId = await createRun(runtime, tx, {
    workspaceId,
    pairId,
    userId: run.startedByUserId,
    trigger: parseRunTrigger(run.trigger),
    direction: "toSource",
  });
  await takeOverReading(runtime, tx, ended.id, runId);
}

/** What has just been read is not asked for again: both directions plan from one look at both systems. */
async function takeOverReading(
  runtime: Runtime,
  tx: Transaction,
  fromRunId: string,
  toRunId: string,
): Promise<void> {
  const freshSince = new Date(runtime.clock.now().getTime() - READ_FRESH_MS);
  await tx.$executeRaw`
    UPDATE sync_passes p SET source_read_at = q.source_read_at, ledger_read_at = q.ledger_read_at
      FROM sync_passes q
     WHERE p.run_id = ${toRunId}::uuid AND q.run_id = ${fromRunId}::uuid AND q.record_type = p.record_type
       AND q.source_read_at > ${freshSince} AND q.ledger_read_at > ${freshSince}`;
}
