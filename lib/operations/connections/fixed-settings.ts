import type { ConnectionValues } from "@/lib/domain/connection-field";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { definitionOf, type Runtime } from "../runtime";
import { readSettings } from "./connection-settings";

/**
 * Why a tenant that was connected before may not come back with these settings; null where nothing speaks against it. What
 * a fixed setting decides is how posted records are known again: with another value they would be posted once more.
 */
export async function findFixedChange(
  runtime: Runtime,
  access: WorkspaceAccess,
  request: {
    readonly connectorId: string;
    readonly tenant: { readonly tenantId: string };
    readonly settings?: ConnectionValues;
  },
): Promise<string | null> {
  const { connectionFields = [], label } = definitionOf(runtime, request.connectorId).manifest;
  const fixed = connectionFields.filter(({ isFixed }) => isFixed === true);
  if (fixed.length === 0) return null;
  const before = await runtime.database.withWorkspace(access.workspaceId, (tx) =>
    tx.connection.findFirst({
      where: { connectorId: request.connectorId, tenantId: request.tenant.tenantId },
      select: { settings: true },
    }),
  );
  if (!before) return null;
  const kept = readSettings(before.settings);
  // A setting that came later stood at its initial value all the time.
  const changed = fixed.find(({ name, initial }) => (kept[name] ?? initial) !== request.settings?.[name]);
  return changed === undefined
    ? null
    : `"${changed.label}" was chosen otherwise when this ${label} was first connected, and what was posted is known by it. Choose the same again; nothing was changed.`;
}
