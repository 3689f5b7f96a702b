import { recordEvent } from "@/lib/audit/record-event";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import type { Result } from "@/lib/kernel/result";
import { startPreview } from "../runs/start-preview";
import { getRuntime } from "../runtime";
import { loadPairIn } from "../setup/load-pair";

/**
 * Looks at every open exception again, in a new preview. What the ledger itself refused would otherwise wait until the
 * record or the set-up changes, since sending it unchanged is refused again; a person knows when that is over.
 */
export async function retryExceptions(
  access: WorkspaceAccess,
): Promise<Result<{ runId: string }, { message: string }>> {
  const { database, clock } = await getRuntime();
  await database.withWorkspace(access.workspaceId, async (tx) => {
    const pair = await loadPairIn(tx);
    if (!pair) return;
    const { count } = await tx.syncException.updateMany({
      where: { pairId: pair.id, state: "open" },
      data: { sourceHash: "" },
    });
    await recordEvent(tx, {
      workspaceId: access.workspaceId,
      actorUserId: access.userId,
      action: "exceptions.retried",
      subject: pair.id,
      after: { count },
      at: clock.now(),
    });
  });
  return startPreview(access);
}
