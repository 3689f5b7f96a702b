import { recordEvent } from "@/lib/audit/record-event";
import type { Transaction } from "@/lib/db/client";
import type { AddChannelValues, ChangeChannelValues, WhenValues } from "@/lib/domain/alert-forms";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { err, ok, type Result } from "@/lib/kernel/result";
import { NO_MAIL_SERVER } from "../mail/request-mail";
import { getRuntime, type Runtime } from "../runtime";
import { makeSigningSecret, placeOfChannel, sealChannel } from "./channel-secret";
import { lockAlerts } from "./deliver";
import { readHookAddress } from "./hook-address";
import { nextDigestAfter, sendHeld } from "./send-digests";

interface Refusal {
  readonly message: string;
  readonly fieldErrors?: Readonly<Record<string, string>>;
}

/** Enough for a firm and its channels; each is one more message for every alert. */
const CHANNELS_MAX = 20;

const GONE: Refusal = { message: "This was removed meanwhile." };

/** Where a message goes, without its secrets, and what is sealed. */
interface Target {
  readonly userId: string | null;
  readonly place: string;
  readonly address: string | null;
  readonly signingSecret: string | null;
}

/**
 * Adds somebody, or an address, that is told of alerts from the next look on. The signing secret of a webhook is in the
 * answer and shown by nothing again; null for the other kinds.
 */
export async function addChannel(
  access: WorkspaceAccess,
  values: AddChannelValues,
): Promise<Result<{ channelId: string; signingSecret: string | null }, Refusal>> {
  const runtime = await getRuntime();
  const { database, clock, ids, vaultKeys } = runtime;
  const { workspaceId } = access;
  return database.withWorkspace(workspaceId, async (tx) => {
    await lockAlerts(tx, workspaceId);
    if ((await tx.alertChannel.count()) >= CHANNELS_MAX)
      return err({ message: `There are ${CHANNELS_MAX} already. Remove one first.` });
    const target = await readTarget(runtime, tx, values);
    if (!target.ok) return target;
    const { userId, place, address, signingSecret } = target.value;
    const [channelId, now] = [ids.next(), clock.now()];
    const sealed =
      address === null
        ? {}
        : sealChannel({ address, signingSecret }, placeOfChannel(workspaceId, channelId), vaultKeys);
    await tx.alertChannel.create({
      data: {
        ...{ id: channelId, workspaceId, kind: values.kind, userId, place, createdAt: now },
        ...sealed,
        ...whenOf(values, now),
      },
    });
    await recordEvent(tx, {
      ...{
        workspaceId,
        actorUserId: access.userId,
        action: "alerts.channelAdded",
        subject: channelId,
        at: now,
      },
      after: { kind: values.kind, place, ...wordsOf(values) },
    });
    return ok({ channelId, signingSecret });
  });
}

/** Changes from which severity, and when, a channel is told; what it holds for a digest that there will not be goes at once. */
export async function changeChannel(
  access: WorkspaceAccess,
  values: ChangeChannelValues,
): Promise<Result<null, Refusal>> {
  const runtime = await getRuntime();
  const { workspaceId } = access;
  return runtime.database.withWorkspace(workspaceId, async (tx) => {
    await lockAlerts(tx, workspaceId);
    const row = await tx.alertChannel.findUnique({ where: { id: values.channelId } });
    if (row === null) return err(GONE);
    const now = runtime.clock.now();
    const changed = await tx.alertChannel.update({ where: { id: row.id }, data: whenOf(values, now) });
    if (changed.nextDigestAt === null) await sendHeld(runtime, tx, changed);
    await recordEvent(tx, {
      ...{
        workspaceId,
        actorUserId: access.userId,
        action: "alerts.channelChanged",
        subject: row.id,
        at: now,
      },
      before: { severity: row.severity, hour: row.digestHour, timeZone: row.timeZone },
      after: wordsOf(values),
    });
    return ok(null);
  });
}

/** Tells a channel nothing more; its address, its secret and what it was told are deleted with it. */
export async function removeChannel(
  access: WorkspaceAccess,
  { channelId }: { readonly channelId: string },
): Promise<Result<null, Refusal>> {
  const { database, clock } = await getRuntime();
  const { workspaceId } = access;
  return database.withWorkspace(workspaceId, async (tx) => {
    await lockAlerts(tx, workspaceId);
    const row = await tx.alertChannel.findUnique({ where: { id: channelId } });
    if (row === null) return err(GONE);
    await tx.alertChannel.delete({ where: { id: channelId } });
    await recordEvent(tx, {
      ...{ workspaceId, actorUserId: access.userId, action: "alerts.channelRemoved", subject: channelId },
      ...{ before: { kind: row.kind, place: row.place }, at: clock.now() },
    });
    return ok(null);
  });
}

async function readTarget(
  { env, mail }: Runtime,
  tx: Transaction,
  values: AddChannelValues,
): Promise<Result<Target, Refusal>> {
  const none = { userId: null, address: null, signingSecret: null };
  if (values.kind === "email") {
    if (mail === null) return err({ message: NO_MAIL_SERVER });
    const { userId } = values;
    const member = await tx.membership.findFirst({ where: { userId } });
    if (member === null) return fieldError("userId", "Choose a member of this workspace.");
    if ((await tx.alertChannel.count({ where: { userId } })) > 0)
      return fieldError("userId", "This member is told by mail already.");
    return ok({ ...none, userId, place: "" });
  }
  const address = readHookAddress(values.kind, values.address, env.SANDBOX_ORIGIN ?? null);
  if (!address.ok) return fieldError("address", address.error);
  const { host, href } = address.value;
  const signingSecret = values.kind === "webhook" ? makeSigningSecret() : null;
  return ok({ ...none, place: host, address: href, signingSecret });
}

const fieldError = (field: string, message: string): Result<Target, Refusal> =>
  err({ message, fieldErrors: { [field]: message } });

function whenOf({ severity, rhythm, hour, timeZone }: WhenValues, now: Date) {
  const isDaily = rhythm === "daily";
  return {
    severity,
    timeZone,
    digestHour: isDaily ? hour : null,
    nextDigestAt: isDaily ? nextDigestAfter(hour, timeZone, now) : null,
  };
}

const wordsOf = ({ severity, rhythm, hour, timeZone }: WhenValues) => ({
  severity,
  hour: rhythm === "daily" ? hour : null,
  timeZone,
});
