import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { definitionOf, type Runtime } from "../runtime";

/**
 * Whether a consent is for another organisation than the one that the workspace keeps on that side. Books that were
 * tied out against one organisation must not go on in another because somebody chose the wrong line on a consent page;
 * who means to change ends the old connection first.
 */
export async function findOtherTenant(
  runtime: Runtime,
  access: WorkspaceAccess,
  request: { readonly connectorId: string; readonly tenant: { readonly tenantId: string } },
): Promise<string | null> {
  const { role } = definitionOf(runtime, request.connectorId).manifest;
  const kept = await runtime.database.withWorkspace(access.workspaceId, (tx) =>
    tx.connection.findMany({
      where: { status: { in: ["active", "reconnectNeeded"] } },
      orderBy: { connectedAt: "desc" },
      select: { connectorId: true, tenantId: true, tenantName: true },
    }),
  );
  const own = kept.find((row) => definitionOf(runtime, row.connectorId).manifest.role === role);
  if (!own) return null;
  const isSame = own.connectorId === request.connectorId && own.tenantId === request.tenant.tenantId;
  return isSame ? null : own.tenantName;
}

export const otherTenantSentence = (chosen: string, kept: string, label: string): string =>
  `This is ${chosen}, and this workspace is connected to ${kept}. Connect again and choose ${kept} in ${label}; or, to change to ${chosen}, disconnect ${kept} here first. Nothing was changed.`;
