import { recordEvent } from "@/lib/audit/record-event";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { getRuntime } from "../runtime";
import { loadPairIn } from "../setup/load-pair";

/**
 * Frees a group of exceptions to be sent again by the next run. Without this a record that the ledger refused waits until
 * it or the set-up changes, since sending it unchanged would be refused again; a person knows when that is over.
 * Returns how many records were freed.
 */
export async function retryExceptions(
  access: WorkspaceAccess,
  group: { cause: string; subject: string },
): Promise<number> {
  const { database, clock } = await getRuntime();
  return database.withWorkspace(access.workspaceId, async (tx) => {
    const pair = await loadPairIn(tx);
    if (!pair) return 0;
    const { count } = await tx.syncException.updateMany({
      where: { pairId: pair.id, state: "open", cause: group.cause, subject: group.subject },
      data: { sourceHash: "" },
    });
    await recordEvent(tx, {
      workspaceId: access.workspaceId,
      actorUserId: access.userId,
      action: "exceptions.retried",
      subject: `${group.cause} ${group.subject}`,
      after: { count },
      at: clock.now(),
    });
    return count;
  });
}
