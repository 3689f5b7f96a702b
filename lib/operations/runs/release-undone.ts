import { recordEvent } from "@/lib/audit/record-event";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { getRuntime } from "../runtime";

/** Lets what was taken back be posted again: the next preview plans it anew. Returns how many records that are. */
export async function releaseUndone(access: WorkspaceAccess): Promise<number> {
  const { database, clock } = await getRuntime();
  const { workspaceId } = access;
  return database.withWorkspace(workspaceId, async (tx) => {
    const { count } = await tx.recordSnapshot.updateMany({
      where: { disposition: "excluded", dispositionReason: "undone" },
      data: { disposition: "pending", dispositionReason: null },
    });
    if (count > 0)
      await recordEvent(tx, {
        workspaceId,
        actorUserId: access.userId,
        action: "undone.released",
        subject: workspaceId,
        after: { records: count },
        at: clock.now(),
      });
    return count;
  });
}
