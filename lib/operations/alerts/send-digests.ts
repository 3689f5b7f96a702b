import type { Transaction } from "@/lib/db/client";
import { alertMessageSchema } from "@/lib/domain/alert-message";
import { gatherDigest } from "@/lib/domain/alert-rounds";
import { nextRunAfter } from "@/lib/domain/schedule";
import { sendOutboxSoon } from "../outbox/send-outbox";
import { getRuntime, type Runtime } from "../runtime";
import { type ChannelRow, dropFormerMembers, lockAlerts, requestDelivery } from "./deliver";

/** More than these wait for the next time. */
const WORKSPACES_AT_ONCE = 1_000;

/** When the digest of an hour in a time zone is due next. */
export const nextDigestAfter = (hour: number, timeZone: string, now: Date): Date | null =>
  nextRunAfter({ mode: "dailyAt", hour, timeZone }, now);

/** Sends every digest that is due, in any workspace; one with nothing in it is not sent. Returns how many were. */
export async function sendDueDigests(): Promise<number> {
  const runtime = await getRuntime();
  const { database, clock } = runtime;
  let sent = 0;
  const failures: unknown[] = [];
  for (const workspaceId of await database.system.digestWorkspaces(clock.now(), WORKSPACES_AT_ONCE))
    try {
      sent += await sendDigestsOf(runtime, workspaceId);
    } catch (thrown) {
      runtime.logger.error({ err: thrown, workspaceId }, "the digests of a workspace could not be sent");
      failures.push(thrown);
    }
  if (sent > 0) await sendOutboxSoon(runtime);
  if (failures.length > 0) throw new AggregateError(failures, "some digests could not be sent");
  return sent;
}

async function sendDigestsOf(runtime: Runtime, workspaceId: string): Promise<number> {
  return runtime.database.withWorkspace(workspaceId, async (tx) => {
    await lockAlerts(tx, workspaceId);
    await dropFormerMembers(tx);
    const now = runtime.clock.now();
    let sent = 0;
    for (const channel of await tx.alertChannel.findMany({ where: { nextDigestAt: { lte: now } } })) {
      if (await sendHeld(runtime, tx, channel)) sent += 1;
      const { id, digestHour, timeZone } = channel;
      const nextDigestAt = digestHour === null ? null : nextDigestAfter(digestHour, timeZone, now);
      await tx.alertChannel.update({ where: { id }, data: { nextDigestAt } });
    }
    return sent;
  });
}

/** Sends what waits for a channel's digest in one message; false where there is nothing to say. */
export async function sendHeld(runtime: Runtime, tx: Transaction, channel: ChannelRow): Promise<boolean> {
  const held = await tx.alertDelivery.findMany({ where: { channelId: channel.id, state: "held" } });
  if (held.length === 0) return false;
  await tx.alertDelivery.updateMany({
    where: { id: { in: held.map(({ id }) => id) } },
    data: { state: "gathered" },
  });
  const items = gatherDigest(held.flatMap(({ message }) => alertMessageSchema.parse(message).items));
  if (items.length === 0) return false;
  await requestDelivery(runtime, tx, channel, { kind: "digest", items });
  return true;
}
