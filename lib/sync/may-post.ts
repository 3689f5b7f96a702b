import type { RecordType } from "@/lib/domain/record-type";
import type { SyncContext } from "./sync-context";

/**
 * Whether the next batch of a record type may go: asked before each, so that pausing takes hold at once. A flow that is
 * off, paused or for preview alone posts nothing, and neither does a parallel run; a run that a person stopped goes no
 * further. Taking back what was posted is stopped by pausing the pair or the run only.
 */
export async function mayPost(context: SyncContext, recordType: RecordType): Promise<boolean> {
  const { pairId, runId } = context;
  return context.database.withWorkspace(context.workspaceId, async (tx) => {
    const pair = await tx.pair.findUnique({
      where: { id: pairId },
      select: { state: true, parallelSince: true },
    });
    const run = await tx.syncRun.findUnique({ where: { id: runId }, select: { cancelledAt: true } });
    if (pair?.state === "paused" || run?.cancelledAt != null) return false;
    if (context.undoesRunId !== null) return true;
    if (pair?.parallelSince != null) return false;
    const key = { pairId, recordType, direction: context.direction };
    const flow = await tx.flow.findUnique({
      where: { pairId_recordType_direction: key },
      select: { state: true },
    });
    return flow?.state === "live";
  });
}
