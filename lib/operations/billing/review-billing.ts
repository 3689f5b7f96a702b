import { recordEvent } from "@/lib/audit/record-event";
import { releaseAt } from "@/lib/billing/standing";
import { disconnect } from "../connections/disconnect";
import { getRuntime, isSandboxConnection, type Runtime } from "../runtime";
import { loadStanding } from "./load-standing";
import { refreshBilling } from "./refresh-billing";

/** Stripe tells of every change; once a day it is asked all the same, since an event can be lost. */
const READ_EVERY_MS = 20 * 3_600_000;
const WORKSPACES_AT_ONCE = 200;

/**
 * Looks at every customer that was not read for a day, and gives back the connections of those whose plan ended so long
 * ago that the notice on their pages has run out. What was read and posted stays and can be read. One that fails does not
 * keep the others from it. Returns how many were looked at.
 */
export async function reviewBilling(): Promise<number> {
  const runtime = await getRuntime();
  if (runtime.stripe === null) return 0;
  const before = new Date(runtime.clock.now().getTime() - READ_EVERY_MS);
  const workspaceIds = await runtime.database.system.billingUnreadSince(before, WORKSPACES_AT_ONCE);
  const failures: unknown[] = [];
  for (const workspaceId of workspaceIds) {
    try {
      await refreshBilling(runtime, workspaceId);
      await releaseConnections(runtime, workspaceId);
    } catch (thrown) {
      runtime.logger.error({ err: thrown, workspaceId }, "a plan could not be looked at");
      failures.push(thrown);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, "some plans could not be looked at");
  return workspaceIds.length;
}

/** Ends the connections of a workspace whose plan stopped long enough ago; those of the sandbox are nobody's cost. */
export async function releaseConnections(runtime: Runtime, workspaceId: string): Promise<void> {
  const { database, clock } = runtime;
  const found = await database.withWorkspace(workspaceId, async (tx) => {
    const at = releaseAt(await loadStanding(tx, clock.now()));
    if (at === null || at > clock.now()) return null;
    const customer = await tx.billingCustomer.findUnique({ where: { workspaceId } });
    if (!customer || customer.releasedAt !== null) return null;
    const connections = await tx.connection.findMany({
      where: { status: { in: ["active", "reconnectNeeded"] } },
    });
    const workspace = await tx.workspace.findUniqueOrThrow({ where: { id: workspaceId } });
    return { connections: connections.filter((row) => !isSandboxConnection(runtime, row)), workspace };
  });
  if (!found) return;
  const { connections, workspace } = found;
  for (const { id, connectedByUserId, connectedByName } of connections)
    await disconnect(
      {
        ...{ workspaceId, slug: workspace.slug, name: workspace.name, role: "owner" as const },
        ...{ userId: connectedByUserId, userName: connectedByName },
      },
      id,
    );
  await database.withWorkspace(workspaceId, async (tx) => {
    await tx.billingCustomer.updateMany({ where: { workspaceId }, data: { releasedAt: clock.now() } });
    await recordEvent(tx, {
      ...{ workspaceId, actorUserId: null, action: "billing.connectionsReleased", subject: workspaceId },
      after: { connections: connections.length },
      at: clock.now(),
    });
  });
}
