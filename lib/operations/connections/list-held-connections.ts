import type { HeldConnectionView } from "@/lib/domain/views/connection-view";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { definitionOf, getRuntime } from "../runtime";

/** Connections that everything waits for until somebody connects them again, with the reason in words. */
export async function listHeldConnections(access: WorkspaceAccess): Promise<HeldConnectionView[]> {
  const runtime = await getRuntime();
  const rows = await runtime.database.withWorkspace(access.workspaceId, (tx) =>
    tx.connection.findMany({
      where: { status: "reconnectNeeded" },
      orderBy: { connectedAt: "asc" },
      select: { connectorId: true, tenantName: true, statusReason: true },
    }),
  );
  return rows.map((row) => {
    const { label } = definitionOf(runtime, row.connectorId).manifest;
    return {
      label,
      tenantName: row.tenantName,
      reason: row.statusReason ?? `${label} no longer lets Tieout in. Connect again to go on.`,
    };
  });
}
