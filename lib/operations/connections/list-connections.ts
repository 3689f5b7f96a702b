import type { ConnectorManifest } from "@/lib/connectors/contract/manifest";
import type { ConnectionView } from "@/lib/domain/views/connection-view";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { definitionOf, getRuntime } from "../runtime";
import { missingScopes, missingScopesSentence } from "./missing-scopes";

/** What a connection that was made before Tieout asked for more does not allow; null where it allows everything. */
function lackOf(
  manifest: ConnectorManifest,
  row: { readonly status: string; readonly scopes: readonly string[] },
): string | null {
  const missing = row.status === "active" ? missingScopes(manifest, row.scopes) : [];
  return missing.length === 0 ? null : missingScopesSentence(manifest.label, missing);
}

/** The connections of a workspace, newest first, with why each permission was asked for. */
export async function listConnections(access: WorkspaceAccess): Promise<ConnectionView[]> {
  const runtime = await getRuntime();
  const rows = await runtime.database.withWorkspace(access.workspaceId, (tx) =>
    tx.connection.findMany({ where: { status: { not: "choosing" } }, orderBy: { connectedAt: "desc" } }),
  );
  return rows.map((row) => {
    const { manifest } = definitionOf(runtime, row.connectorId);
    return {
      connectionId: row.id,
      connectorId: row.connectorId,
      connectorLabel: manifest.label,
      role: manifest.role,
      tenantName: row.tenantName,
      region: manifest.regions.find((region) => region.id === row.region)?.label ?? row.region,
      status: row.status === "active" || row.status === "reconnectNeeded" ? row.status : "disconnected",
      statusReason: row.statusReason ?? lackOf(manifest, row),
      connectedByName: row.connectedByName,
      connectedAt: row.connectedAt.toISOString(),
      scopes: manifest.scopes,
    };
  });
}
