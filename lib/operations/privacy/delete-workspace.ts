import { recordEvent } from "@/lib/audit/record-event";
import { Prisma, type Transaction } from "@/lib/db/client";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { err, ok, type Result } from "@/lib/kernel/result";
import { loadStanding } from "../billing/load-standing";
import { refreshBilling } from "../billing/refresh-billing";
import { disconnect } from "../connections/disconnect";
import { getRuntime, type Runtime } from "../runtime";
import { listWorkspaceTables } from "./workspace-tables";

/** So long a deletion can be taken back, by a press. */
export const DELETION_DELAY_DAYS = 7;
const DAY_MS = 86_400_000;
const ROWS_AT_ONCE = 5_000;

interface Refusal {
  readonly message: string;
  readonly fieldErrors?: Readonly<Record<string, string>>;
}

/** Asks for the whole workspace to be deleted, by its typed name; it can be taken back for seven days. */
export async function askDeletion(
  access: WorkspaceAccess,
  { confirmation }: { readonly confirmation: string },
): Promise<Result<{ dueAt: string }, Refusal>> {
  const { database, clock } = await getRuntime();
  const { workspaceId } = access;
  if (confirmation !== access.name) {
    const message = `Type "${access.name}", as it is written here.`;
    return err({ message, fieldErrors: { confirmation: message } });
  }
  return database.withWorkspace(workspaceId, async (tx): Promise<Result<{ dueAt: string }, Refusal>> => {
    const now = clock.now();
    const whyNot = await whyNotDeleted(tx, now);
    if (whyNot !== null) return err({ message: whyNot });
    const before = await tx.workspace.findUniqueOrThrow({ where: { id: workspaceId } });
    if (before.deletionDueAt) return ok({ dueAt: before.deletionDueAt.toISOString() });
    const dueAt = new Date(now.getTime() + DELETION_DELAY_DAYS * DAY_MS);
    await tx.workspace.update({
      where: { id: workspaceId },
      data: { deletionDueAt: dueAt, deletionAskedByUserId: access.userId },
    });
    await recordEvent(tx, {
      ...{ workspaceId, actorUserId: access.userId, action: "workspace.deletionAsked", subject: workspaceId },
      after: { dueAt: dueAt.toISOString() },
      at: now,
    });
    return ok({ dueAt: dueAt.toISOString() });
  });
}

/** Keeps the workspace after all. */
export async function takeBackDeletion(access: WorkspaceAccess): Promise<Result<null, Refusal>> {
  const { database, clock } = await getRuntime();
  const { workspaceId } = access;
  return database.withWorkspace(workspaceId, async (tx): Promise<Result<null, Refusal>> => {
    const { count } = await tx.workspace.updateMany({
      where: { id: workspaceId, deletionDueAt: { gt: clock.now() } },
      data: { deletionDueAt: null, deletionAskedByUserId: null },
    });
    if (count === 0) return err({ message: "There is no deletion that can be taken back." });
    await recordEvent(tx, {
      ...{ workspaceId, actorUserId: access.userId, action: "workspace.deletionTakenBack" },
      subject: workspaceId,
      at: clock.now(),
    });
    return ok(null);
  });
}

/** What has to be done first, in a sentence: a tenant must be free, and nobody is to pay for what is gone. */
export async function whyNotDeleted(tx: Transaction, now: Date): Promise<string | null> {
  if (await isPaidOn(tx, now)) return STILL_RENEWS;
  const connected = await tx.connection.findMany({
    where: { status: { not: "disconnected" } },
    select: { tenantName: true },
  });
  return connected.length === 0
    ? null
    : `Disconnect ${connected.map(({ tenantName }) => tenantName).join(" and ")} under Connections first.`;
}

const STILL_RENEWS = "A plan still renews. Cancel it under Billing first.";

async function isPaidOn(tx: Transaction, now: Date): Promise<boolean> {
  const { subscription } = await loadStanding(tx, now);
  return subscription !== null && subscription.endedAt === null && subscription.endsAt === null;
}

/**
 * Deletes every row of a workspace whose deletion is due: its people first, so that nobody is in it any more, its trail and
 * the workspace itself last. Interrupted, it goes on with the next call. Where a plan runs again by then, the request is
 * dropped instead and the trail says so; while Stripe does not answer nothing is deleted. True once it is gone.
 */
export async function deleteDueWorkspace(runtime: Runtime, workspaceId: string): Promise<boolean> {
  const { database, clock } = runtime;
  const found = await database.withWorkspace(workspaceId, async (tx) => ({
    workspace: await tx.workspace.findUnique({ where: { id: workspaceId } }),
    connected: await tx.connection.findMany({ where: { status: { not: "disconnected" } } }),
    people: await tx.membership.count(),
    tables: await listWorkspaceTables(tx),
  }));
  const { workspace, connected, people, tables } = found;
  if (!workspace?.deletionDueAt || workspace.deletionDueAt > clock.now()) return workspace === null;
  // Without people it is half gone already, and nobody is left whose plan it could be.
  if (people > 0 && (await dropIfPaid(runtime, workspaceId))) return false;
  for (const { id, connectedByUserId: userId, connectedByName: userName } of connected)
    await disconnect(
      { workspaceId, slug: workspace.slug, name: workspace.name, role: "owner", userId, userName },
      id,
    );
  await deleteBodies(runtime, workspaceId);
  const names = tables.map(({ name }) => name).filter((name) => !TRAIL.has(name) && name !== FIRST);
  for (const table of [FIRST, ...names])
    for (let deleted = ROWS_AT_ONCE; deleted === ROWS_AT_ONCE; )
      deleted = await database.withWorkspace(
        workspaceId,
        (tx) => tx.$executeRaw`
          DELETE FROM ${Prisma.raw(`"${table}"`)}
           WHERE ctid = ANY (ARRAY(SELECT t.ctid FROM ${Prisma.raw(`"${table}"`)} t
                                    WHERE t.workspace_id = ${workspaceId}::uuid LIMIT ${ROWS_AT_ONCE}))`,
      );
  while (!(await database.system.deleteDueWorkspace(workspaceId, ROWS_AT_ONCE)));
  runtime.logger.info({ workspaceId }, "a workspace was deleted as its owner had asked");
  return true;
}

/** A plan can be paid on a page that was open before, or be brought back at Stripe: that counts as wanting to stay. */
async function dropIfPaid(runtime: Runtime, workspaceId: string): Promise<boolean> {
  const { database, clock } = runtime;
  await refreshBilling(runtime, workspaceId);
  return database.withWorkspace(workspaceId, async (tx) => {
    if (!(await isPaidOn(tx, clock.now()))) return false;
    await tx.workspace.update({
      where: { id: workspaceId },
      data: { deletionDueAt: null, deletionAskedByUserId: null },
    });
    await recordEvent(tx, {
      ...{ workspaceId, actorUserId: null, action: "workspace.deletionDropped", subject: workspaceId },
      after: { why: STILL_RENEWS },
      at: clock.now(),
    });
    return true;
  });
}

/** A body has no workspace of its own: its notices, or the address that it came to, say whose it is. */
async function deleteBodies({ database }: Runtime, workspaceId: string): Promise<void> {
  for (let deleted = ROWS_AT_ONCE; deleted === ROWS_AT_ONCE; )
    deleted = await database.withWorkspace(
      workspaceId,
      (tx) => tx.$executeRaw`
        DELETE FROM inbox_messages
         WHERE id = ANY (ARRAY(
           SELECT m.id FROM change_notices n JOIN inbox_messages m ON m.id = n.inbox_message_id
            WHERE n.workspace_id = ${workspaceId}::uuid
           UNION
           SELECT m.id FROM connections c
             JOIN inbox_messages m ON m.connector_id = c.connector_id AND m.endpoint = c.webhook_token
            WHERE c.workspace_id = ${workspaceId}::uuid
           LIMIT ${ROWS_AT_ONCE}))`,
    );
}

const FIRST = "memberships";
/** Nobody but the function of the database deletes these. */
const TRAIL: ReadonlySet<string> = new Set(["audit_events", "audit_seals", "audit_heads"]);
