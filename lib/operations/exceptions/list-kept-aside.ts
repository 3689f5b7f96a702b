import type { KeptAsideView } from "@/lib/domain/views/kept-aside-view";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { getRuntime } from "../runtime";

const ROWS_MAX = 50;

/** What was read from the connected systems and kept aside, newest first; it goes by itself once it can be read. */
export async function listKeptAside(access: WorkspaceAccess): Promise<KeptAsideView> {
  const { database } = await getRuntime();
  return database.withWorkspace(access.workspaceId, async (tx) => {
    const active = await tx.connection.findMany({
      where: { status: { in: ["active", "reconnectNeeded"] } },
      select: { id: true },
    });
    const where = { connectionId: { in: active.map(({ id }) => id) }, state: "open" };
    const total = await tx.quarantinedRow.count({ where });
    const rows = await tx.quarantinedRow.findMany({
      where,
      orderBy: [{ createdAt: "desc" }, { id: "asc" }],
      take: ROWS_MAX,
    });
    return {
      total,
      rows: rows.map(({ recordType, externalId, problem, createdAt }) => ({
        ...{ recordType, externalId, problem },
        since: createdAt.toISOString(),
      })),
    };
  });
}
