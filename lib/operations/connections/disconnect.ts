import { recordEvent } from "@/lib/audit/record-event";
import { ConnectorError } from "@/lib/connectors/contract/connector-error";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { err, ok, type Result } from "@/lib/kernel/result";
import { settleNotices } from "../notices/settle-notices";
import { definitionOf, getRuntime } from "../runtime";
import { readSettings } from "./connection-settings";
import { loadTokens } from "./token-store";

/**
 * Ends a connection at the vendor and here: the tokens are deleted and the tenant is free for another workspace. What
 * was read and posted stays, so that a reconnect goes on where this ended.
 */
export async function disconnect(
  access: WorkspaceAccess,
  connectionId: string,
): Promise<Result<null, { message: string }>> {
  const runtime = await getRuntime();
  const { workspaceId } = access;
  const row = await runtime.database.withWorkspace(workspaceId, (tx) =>
    tx.connection.findUnique({ where: { id: connectionId } }),
  );
  if (!row) return err({ message: "There is no such connection." });
  const tokens = await loadTokens(runtime, { workspaceId, connectionId });
  if (tokens) {
    try {
      await definitionOf(runtime, row.connectorId).auth.disconnect(tokens, {
        ...row,
        settings: readSettings(row.settings),
      });
    } catch (thrown) {
      // Tokens that no longer work cannot be revoked either: the vendor's side has ended already.
      if (!(thrown instanceof ConnectorError && thrown.kind === "authExpired")) throw thrown;
    }
  }
  await runtime.database.withWorkspace(workspaceId, async (tx) => {
    await tx.credential.deleteMany({ where: { connectionId } });
    await tx.connection.update({
      where: { id: connectionId },
      data: {
        status: "disconnected",
        statusReason: null,
        tenantClaim: null,
        disconnectedAt: runtime.clock.now(),
      },
    });
    await settleNotices(tx, connectionId, runtime.clock.now());
    await recordEvent(tx, {
      workspaceId,
      actorUserId: access.userId,
      action: "connection.disconnected",
      subject: connectionId,
      before: { connectorId: row.connectorId, tenantName: row.tenantName },
      at: runtime.clock.now(),
    });
  });
  return ok(null);
}
