import type { RecordType } from "@/lib/domain/record-type";
import { invariant } from "@/lib/kernel/invariant";
import type { SyncContext } from "./sync-context";

/** Which phase of a record type is done in a run. A resumed or repeated run skips what is. */
export type Phase = "sourceReadAt" | "ledgerReadAt" | "plannedAt" | "appliedAt" | "reversedAt" | "caughtUpAt";

export async function isPhaseDone(
  context: SyncContext,
  recordType: RecordType,
  phase: Phase,
): Promise<boolean> {
  const pass = await context.database.withWorkspace(context.workspaceId, (tx) =>
    tx.syncPass.findUnique({ where: { runId_recordType: { runId: context.runId, recordType } } }),
  );
  invariant(pass, `run ${context.runId} has no pass for ${recordType}`);
  return pass[phase] !== null;
}

export async function markPhaseDone(
  context: SyncContext,
  recordType: RecordType,
  phase: Phase,
): Promise<void> {
  await context.database.withWorkspace(context.workspaceId, (tx) =>
    tx.syncPass.update({
      where: { runId_recordType: { runId: context.runId, recordType } },
      data: { [phase]: context.clock.now() },
    }),
  );
}
