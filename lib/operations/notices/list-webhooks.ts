import type { WebhookView } from "@/lib/domain/views/webhook-view";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { definitionOf, getRuntime, type Runtime } from "../runtime";

export const webhookAddress = (runtime: Runtime, connectorId: string, token: string): string =>
  `${runtime.env.APP_ORIGIN}/api/webhooks/${connectorId}/${token}`;

/** How each active connection tells of changes, and when it last did. Never a secret. */
export async function listWebhooks(access: WorkspaceAccess): Promise<WebhookView[]> {
  const runtime = await getRuntime();
  return runtime.database.withWorkspace(access.workspaceId, async (tx) => {
    const rows = await tx.connection.findMany({ where: { status: "active" } });
    const latest = await tx.changeNotice.groupBy({ by: ["connectionId"], _max: { receivedAt: true } });
    const latestOf = new Map(latest.map((row) => [row.connectionId, row._max.receivedAt]));
    return rows.flatMap((row): WebhookView[] => {
      const { webhooks } = definitionOf(runtime, row.connectorId);
      if (!webhooks) return [];
      const lastNoticeAt = latestOf.get(row.id)?.toISOString() ?? null;
      const isApp = webhooks.scope === "app";
      return [
        {
          connectionId: row.id,
          connectorId: row.connectorId,
          scope: webhooks.scope,
          isReady: isApp ? runtime.webhookKeys.has(row.connectorId) : row.webhookToken !== null,
          url:
            isApp || row.webhookToken === null
              ? null
              : webhookAddress(runtime, row.connectorId, row.webhookToken),
          lastNoticeAt,
        },
      ];
    });
  });
}
