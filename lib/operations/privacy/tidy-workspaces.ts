import { getRuntime } from "../runtime";
import { deleteDueWorkspace } from "./delete-workspace";
import { endedBefore, forgetConnections } from "./forget-connections";

const WORKSPACES_AT_ONCE = 100;

/**
 * Deletes what is not to be kept any longer, in every workspace: workspaces whose deletion is due, and what was read from
 * connections that ended long ago. One that fails does not keep the others from it. Returns how many were looked after.
 */
export async function tidyWorkspaces(): Promise<number> {
  const runtime = await getRuntime();
  const now = runtime.clock.now();
  const ids = await runtime.database.system.workspacesToTidy(now, endedBefore(now), WORKSPACES_AT_ONCE);
  const failures: unknown[] = [];
  for (const workspaceId of ids) {
    try {
      const { deletionDueAt } = await runtime.database.withWorkspace(workspaceId, (tx) =>
        tx.workspace.findUniqueOrThrow({ where: { id: workspaceId }, select: { deletionDueAt: true } }),
      );
      if (deletionDueAt !== null && deletionDueAt <= now) await deleteDueWorkspace(runtime, workspaceId);
      else await forgetConnections(runtime, workspaceId);
    } catch (thrown) {
      runtime.logger.error({ err: thrown, workspaceId }, "a workspace could not be tidied");
      failures.push(thrown);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, "some workspaces could not be tidied");
  return ids.length;
}
