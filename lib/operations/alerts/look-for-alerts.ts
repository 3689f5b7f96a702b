import type { Transaction } from "@/lib/db/client";
import { ALERT_KINDS, ALERT_SEVERITIES, type AlertItem, isToldFrom } from "@/lib/domain/alert";
import { messageOf } from "@/lib/domain/alert-message";
import { type Cause, compareAlerts, itemOf, type KeptAlert } from "@/lib/domain/alert-rounds";
import { sendOutboxSoon } from "../outbox/send-outbox";
import { getRuntime, type Runtime } from "../runtime";
import { dropFormerMembers, holdForDigest, lockAlerts, requestDelivery } from "./deliver";
import { loadCauses } from "./load-causes";

const WORKSPACES_AT_ONCE = 500;
const FIRST_ID = "00000000-0000-0000-0000-000000000000";
const DAY_MS = 86_400_000;
/** What was told is shown for so long, and what is over is forgotten after it. */
const KEPT_MS = 90 * DAY_MS;

/**
 * Looks at the books of every workspace in which somebody wants to be told. One that cannot be looked at does not keep
 * the others from it. Returns how many messages are on their way.
 */
export async function lookForAlerts(): Promise<number> {
  const runtime = await getRuntime();
  let told = 0;
  const failures: unknown[] = [];
  for (let after = FIRST_ID, more = true; more; ) {
    const page = await runtime.database.system.alertedWorkspaces(after, WORKSPACES_AT_ONCE);
    for (const workspaceId of page)
      try {
        told += await lookAtWorkspace(runtime, workspaceId);
      } catch (thrown) {
        runtime.logger.error(
          { err: thrown, workspaceId },
          "the alerts of a workspace could not be looked for",
        );
        failures.push(thrown);
      }
    after = page.at(-1) ?? after;
    more = page.length === WORKSPACES_AT_ONCE;
  }
  if (told > 0) await sendOutboxSoon(runtime);
  if (failures.length > 0) throw new AggregateError(failures, "some alerts could not be looked for");
  return told;
}

/** Compares what lasts now with what was told, and asks for one message a channel; returns how many. */
async function lookAtWorkspace(runtime: Runtime, workspaceId: string): Promise<number> {
  return runtime.database.withWorkspace(workspaceId, async (tx) => {
    await lockAlerts(tx, workspaceId);
    await dropFormerMembers(tx);
    const now = runtime.clock.now();
    const before = new Date(now.getTime() - KEPT_MS);
    await tx.alertDelivery.deleteMany({
      where: { workspaceId, createdAt: { lt: before }, state: { not: "held" } },
    });
    await tx.alert.deleteMany({ where: { workspaceId, clearedAt: { lt: before } } });
    const channels = await tx.alertChannel.findMany({ orderBy: { createdAt: "asc" } });
    const said = channels.map((channel) => ({ channel, items: [] as AlertItem[] }));
    const tell = (item: AlertItem): boolean => {
      const takers = said.filter(({ channel }) => isToldFrom(parseSeverity(channel.severity), item.severity));
      for (const { items } of takers) items.push(item);
      return takers.length > 0;
    };
    await keepRound(runtime, tx, { workspaceId, now, tell });
    let told = 0;
    for (const { channel, items } of said) {
      if (items.length === 0) continue;
      const message = messageOf(items);
      if (channel.nextDigestAt !== null) await holdForDigest(runtime, tx, channel, message);
      else {
        await requestDelivery(runtime, tx, channel, message);
        told += 1;
      }
    }
    return told;
  });
}

interface Look {
  readonly workspaceId: string;
  readonly now: Date;
  /** Whether anybody is told of it. */
  readonly tell: (item: AlertItem) => boolean;
}

async function keepRound(runtime: Runtime, tx: Transaction, { workspaceId, now, tell }: Look): Promise<void> {
  const kept = await loadKept(tx);
  const causes = await loadCauses(runtime, tx, kept, now);
  const { found, lasting, over } = compareAlerts(kept, causes, now);
  const toldOf = (id: string, cause: Cause) =>
    tell(itemOf(id, cause, "raised", now)) ? { toldAt: now, toldCount: cause.count, owesAllClear: true } : {};
  for (const { kind, subject, name, count } of found) {
    const id = runtime.ids.next();
    const cause = { kind, subject, name, count };
    await tx.alert.create({ data: { id, workspaceId, ...cause, raisedAt: now, ...toldOf(id, cause) } });
  }
  for (const { alert, cause, isTold } of lasting) {
    const { name, count } = cause;
    const hasBegunAgain = alert.clearedAt !== null;
    if (!isTold && !hasBegunAgain && alert.count === count && alert.name === name) continue;
    await tx.alert.update({
      where: { id: alert.id },
      data: {
        ...{ name, count, clearedAt: null },
        ...(hasBegunAgain ? { raisedAt: now } : {}),
        ...(isTold ? toldOf(alert.id, cause) : {}),
      },
    });
  }
  for (const { alert, isTold } of over) {
    if (isTold) tell(itemOf(alert.id, alert, "over", now));
    await tx.alert.update({ where: { id: alert.id }, data: { clearedAt: now, owesAllClear: false } });
  }
}

async function loadKept(tx: Transaction): Promise<KeptAlert[]> {
  const rows = await tx.alert.findMany();
  return rows.flatMap(({ kind: text, ...row }) => {
    // A kind of a later version, after going back to this one, is that version's to end.
    const kind = ALERT_KINDS.find((one) => one === text);
    return kind === undefined ? [] : [{ ...row, kind }];
  });
}

/** The one that tells least where the text is of a later version. */
const parseSeverity = (text: string) => ALERT_SEVERITIES.find((one) => one === text) ?? "needsYou";
