import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { getRuntime } from "../runtime";

const EVERY_MS = 5 * 60_000;

/** Notes that somebody opened a page of the workspace, once in five minutes. */
export async function noteSeen(access: WorkspaceAccess): Promise<void> {
  const { database, clock } = await getRuntime();
  const [now, { workspaceId, userId }] = [clock.now(), access];
  const since = new Date(now.getTime() - EVERY_MS);
  await database.withWorkspace(workspaceId, (tx) =>
    tx.membership.updateMany({
      where: { workspaceId, userId, OR: [{ seenAt: null }, { seenAt: { lt: since } }] },
      data: { seenAt: now },
    }),
  );
}
