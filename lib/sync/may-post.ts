import type { RecordType } from "@/lib/domain/record-type";
import type { SyncContext } from "./sync-context";

/**
 * Whether the next batch of a record type may go: asked before each, so that pausing takes hold at once. A flow that is
 * off, paused or for preview alone posts nothing; taking back what it posted is stopped by pausing the pair only.
 */
export async function mayPost(context: SyncContext, recordType: RecordType): Promise<boolean> {
  const { pairId } = context;
  return context.database.withWorkspace(context.workspaceId, async (tx) => {
    const pair = await tx.pair.findUnique({ where: { id: pairId }, select: { state: true } });
    if (pair?.state === "paused") return false;
    if (context.undoesRunId !== null) return true;
    const key = { pairId, recordType, direction: "toLedger" };
    const flow = await tx.flow.findUnique({
      where: { pairId_recordType_direction: key },
      select: { state: true },
    });
    return flow?.state === "live";
  });
}
