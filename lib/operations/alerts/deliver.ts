import type { Transaction } from "@/lib/db/client";
import { toInputJson } from "@/lib/db/input-json";
import type { AlertMessage } from "@/lib/domain/alert-message";
import { requestMail } from "../mail/request-mail";
import type { Runtime } from "../runtime";

/** What a delivery has to know of its channel. */
export interface ChannelRow {
  readonly id: string;
  readonly workspaceId: string;
  readonly kind: string;
  readonly userId: string | null;
  readonly nextDigestAt: Date | null;
}

/** One look at a time in a workspace: two at once would tell everything twice. Held until the transaction ends. */
export async function lockAlerts(tx: Transaction, workspaceId: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`alerts:${workspaceId}`}, 0))`;
}

/** Keeps a message for the channel's next digest. */
export async function holdForDigest(
  runtime: Runtime,
  tx: Transaction,
  channel: ChannelRow,
  message: AlertMessage,
): Promise<void> {
  await tx.alertDelivery.create({ data: { ...rowOf(runtime, channel, message), state: "held" } });
}

/**
 * Sends a message to a channel after the commit, by the outbox. Where it is a mail, the mail has the id of the delivery,
 * hence the same message id in every attempt.
 */
export async function requestDelivery(
  runtime: Runtime,
  tx: Transaction,
  channel: ChannelRow,
  message: AlertMessage,
): Promise<string> {
  const row = rowOf(runtime, channel, message);
  const { id: deliveryId, workspaceId, createdAt: at } = row;
  await tx.alertDelivery.create({ data: { ...row, state: "waiting" } });
  if (channel.kind !== "email" || channel.userId === null) {
    const data = { workspaceId, deliveryId };
    await tx.outboxEvent.create({ data: { workspaceId, name: "alerts/delivery.requested", data } });
    return deliveryId;
  }
  const { email: address } = await tx.user.findUniqueOrThrow({ where: { id: channel.userId } });
  await requestMail(tx, {
    ...{ mailId: deliveryId, workspaceId, kind: "alert", address, alertDeliveryId: deliveryId, at },
  });
  return deliveryId;
}

const rowOf = (runtime: Runtime, channel: ChannelRow, message: AlertMessage) => ({
  id: runtime.ids.next(),
  workspaceId: channel.workspaceId,
  channelId: channel.id,
  kind: message.kind,
  message: toInputJson(message),
  createdAt: runtime.clock.now(),
});

/** Channels whose mails went to people who are members no longer: nothing more is told to them. */
export async function dropFormerMembers(tx: Transaction): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM alert_channels c
     WHERE c.user_id IS NOT NULL
       AND NOT EXISTS (SELECT FROM memberships m WHERE m.workspace_id = c.workspace_id AND m.user_id = c.user_id)`;
}
