import type { RecordType } from "@/lib/domain/record-type";
import type { SyncContext } from "./sync-context";

/**
 * Whether the next batch of a record type may go: asked before each, so that pausing takes hold at once. Nothing goes
 * while the operator has switched posting off, for everybody, this workspace or this record type. A flow that is off, paused or for preview alone posts nothing, and neither
 * does a parallel run or a pair that no plan pays for; a run that a person stopped goes no further. Taking back what was
 * posted is stopped by the operator, or by pausing the pair or the run.
 */
export async function mayPost(context: SyncContext, recordType: RecordType): Promise<boolean> {
  const { pairId, runId, isPostingOff } = context;
  if (isPostingOff) return false;
  const [row] = await context.database.withWorkspace(
    context.workspaceId,
    (tx) => tx.$queryRaw<
      { is_stopped: boolean; is_held: boolean; is_parallel: boolean; is_live: boolean; is_off: boolean }[]
    >`
      SELECT p.state = 'paused' OR EXISTS (SELECT FROM sync_runs r
                                            WHERE r.id = ${runId}::uuid AND r.cancelled_at IS NOT NULL) AS is_stopped,
             p.billing_held_at IS NOT NULL AS is_held,
             p.parallel_since IS NOT NULL AS is_parallel,
             EXISTS (SELECT FROM flows f
                      WHERE f.pair_id = p.id AND f.record_type = ${recordType} AND f.direction = ${context.direction}
                        AND f.state = 'live') AS is_live,
             EXISTS (SELECT FROM posting_stops s
                      WHERE s.workspace_id = p.workspace_id AND s.flow IN ('', ${recordType})) AS is_off
        FROM pairs p WHERE p.id = ${pairId}::uuid`,
  );
  if (!row || row.is_stopped || row.is_off) return false;
  if (context.undoesRunId !== null) return true;
  return !row.is_held && !row.is_parallel && row.is_live;
}
