import { ALERT_KINDS, ALERT_SEVERITIES, ALERTS, CHANNEL_KINDS } from "@/lib/domain/alert";
import { alertMessageSchema, linesOf } from "@/lib/domain/alert-message";
import type { AlertDeliveryView, AlertsView } from "@/lib/domain/views/alerts-view";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { mayRun } from "@/lib/domain/workspace-permissions";
import { getRuntime } from "../runtime";

const DELIVERIES_SHOWN = 30;
const DELIVERY_STATES = ["held", "waiting", "sent", "failed", "gathered"] as const;

/** Who is told of what, what lasts now, and what became of the last messages. */
export async function getAlerts(access: WorkspaceAccess): Promise<AlertsView> {
  const { database, env, mail } = await getRuntime();
  const { workspaceId } = access;
  const mayChange = mayRun(access, "alerts/addChannelAction");
  return database.withWorkspace(workspaceId, async (tx) => {
    const channelRows = await tx.alertChannel.findMany({ orderBy: [{ createdAt: "asc" }, { id: "asc" }] });
    const alerts = await tx.alert.findMany({ where: { clearedAt: null }, orderBy: { raisedAt: "desc" } });
    const deliveries = await tx.alertDelivery.findMany({
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      take: DELIVERIES_SHOWN,
    });
    const memberships = await tx.membership.findMany({
      where: { workspaceId },
      include: { user: true },
      orderBy: { createdAt: "asc" },
    });
    // An address of somebody without a name is for those to see who may see addresses.
    const names = new Map(
      memberships.map(({ userId, user }) => [userId, user.name ?? (mayChange ? user.email : "A member")]),
    );
    const channels = channelRows.flatMap(({ id, kind: text, userId, place, ...row }) => {
      const kind = CHANNEL_KINDS.find((one) => one === text);
      const severity = ALERT_SEVERITIES.find((one) => one === row.severity);
      const name = userId === null ? place : names.get(userId);
      if (kind === undefined || severity === undefined || name === undefined) return [];
      return [{ channelId: id, kind, name, severity, digestHour: row.digestHour, timeZone: row.timeZone }];
    });
    return {
      mayChange,
      canSendMail: mail !== null,
      sandboxAddress: env.SANDBOX_ORIGIN === undefined ? null : `${env.SANDBOX_ORIGIN}/alerts`,
      channels,
      members: mayChange ? [...names].map(([userId, name]) => ({ userId, name })) : [],
      lasting: alerts.flatMap(({ id, kind: text, name, count, raisedAt }) => {
        const kind = ALERT_KINDS.find((one) => one === text);
        if (kind === undefined) return [];
        const { severity, path, raised } = ALERTS[kind];
        const since = raisedAt.toISOString();
        return [{ alertId: id, severity, path, sentence: raised({ name, count }), since }];
      }),
      deliveries: deliveries.map((row): AlertDeliveryView => {
        const message = alertMessageSchema.parse(row.message);
        return {
          deliveryId: row.id,
          channelName:
            channels.find(({ channelId }) => channelId === row.channelId)?.name ?? "A former member",
          kind: message.kind,
          lines: linesOf(message),
          state: DELIVERY_STATES.find((one) => one === row.state) ?? "waiting",
          attempts: row.attempts,
          outcome: row.outcome,
          createdAt: row.createdAt.toISOString(),
        };
      }),
    };
  });
}
