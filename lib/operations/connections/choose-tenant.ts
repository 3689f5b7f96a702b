import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { err, type Result } from "@/lib/kernel/result";
import { DELETION_IS_DUE, isDeletionDue } from "../privacy/deletion-due";
import { definitionOf, getRuntime, type Runtime } from "../runtime";
import { connectTenant } from "./connect-tenant";
import { readSettings } from "./connection-settings";
import { loadTokens } from "./token-store";

/** The organisations that a consent reached and one of which is still to be chosen. Null where there is no such choice. */
export async function listPendingTenants(
  access: WorkspaceAccess,
  token: string,
): Promise<{ connectorLabel: string; tenants: { tenantId: string; name: string }[] } | null> {
  const runtime = await getRuntime();
  const pending = await loadPending(runtime, access, token);
  if (!pending) return null;
  const { manifest, auth } = definitionOf(runtime, pending.row.connectorId);
  const tenants = await auth.listTenants(pending.tokens, pending.place);
  return {
    connectorLabel: manifest.label,
    tenants: tenants.map(({ tenantId, name }) => ({ tenantId, name })),
  };
}

/** Connects the chosen organisation and forgets the pending choice. */
export async function chooseTenant(
  access: WorkspaceAccess,
  request: { token: string; tenantId: string },
): Promise<Result<{ connectionId: string }, { message: string }>> {
  const runtime = await getRuntime();
  const pending = await loadPending(runtime, access, request.token);
  if (!pending) return err({ message: "This choice is no longer open. Connect again." });
  const { workspaceId } = access;
  if (await runtime.database.withWorkspace(workspaceId, (tx) => isDeletionDue(tx, workspaceId)))
    return err({ message: DELETION_IS_DUE });
  const { row, place, tokens } = pending;
  const tenants = await definitionOf(runtime, row.connectorId).auth.listTenants(tokens, place);
  const tenant = tenants.find((one) => one.tenantId === request.tenantId);
  if (!tenant)
    return err({ message: "That organisation is not among those you gave access to. Choose another." });
  const connected = await connectTenant(runtime, access, {
    connectorId: row.connectorId,
    ...place,
    tokens,
    tenant,
  });
  if (connected.ok) {
    await runtime.database.withWorkspace(workspaceId, (tx) =>
      tx.connection.delete({ where: { id: row.id } }),
    );
  }
  return connected;
}

async function loadPending(runtime: Runtime, access: WorkspaceAccess, token: string) {
  if (!/^[0-9a-f-]{36}$/i.test(token)) return null;
  const row = await runtime.database.withWorkspace(access.workspaceId, (tx) =>
    tx.connection.findFirst({ where: { id: token, status: "choosing", connectedByUserId: access.userId } }),
  );
  if (!row) return null;
  const tokens = await loadTokens(runtime, { workspaceId: access.workspaceId, connectionId: row.id });
  const place = { region: row.region, apiBase: row.apiBase, settings: readSettings(row.settings) };
  return tokens ? { row, place, tokens } : null;
}
