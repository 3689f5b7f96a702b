import { recordEvent } from "@/lib/audit/record-event";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { err, ok, type Result } from "@/lib/kernel/result";
import { getRuntime } from "../runtime";

/**
 * The operator's people look into a workspace only while its owner lets them, and each look is in its trail. Both are held
 * here for every command of the operator that shows something of a workspace.
 */
const HOUR_MS = 3_600_000;

/** Lets support look in for some hours from now on. */
export async function giveConsent(
  access: WorkspaceAccess,
  { hours }: { readonly hours: number },
): Promise<Result<{ until: string }, { message: string }>> {
  const { database, clock } = await getRuntime();
  const { workspaceId } = access;
  const now = clock.now();
  const until = new Date(now.getTime() + hours * HOUR_MS);
  await database.withWorkspace(workspaceId, async (tx) => {
    await tx.workspace.update({ where: { id: workspaceId }, data: { supportUntil: until } });
    await recordEvent(tx, {
      ...{ workspaceId, actorUserId: access.userId, action: "support.consentGiven", subject: workspaceId },
      after: { until: until.toISOString() },
      at: now,
    });
  });
  return ok({ until: until.toISOString() });
}

/** Ends it at once; what was seen before stays seen, and in the trail. */
export async function withdrawConsent(access: WorkspaceAccess): Promise<Result<null, { message: string }>> {
  const { database, clock } = await getRuntime();
  const { workspaceId } = access;
  return database.withWorkspace(workspaceId, async (tx): Promise<Result<null, { message: string }>> => {
    const { count } = await tx.workspace.updateMany({
      where: { id: workspaceId, supportUntil: { gt: clock.now() } },
      data: { supportUntil: null },
    });
    if (count === 0) return err({ message: "Nobody of support may look in at present." });
    await recordEvent(tx, {
      ...{ workspaceId, actorUserId: access.userId, action: "support.consentWithdrawn" },
      subject: workspaceId,
      at: clock.now(),
    });
    return ok(null);
  });
}

export interface SupportLook {
  readonly workspace: string;
  readonly connections: readonly { readonly connector: string; readonly status: string }[];
  readonly runs: readonly { readonly startedAt: string; readonly state: string; readonly trigger: string }[];
  readonly openExceptions: readonly { readonly cause: string; readonly count: number }[];
  readonly discrepancies: number | null;
}

const RUNS_SHOWN = 10;

/**
 * How a workspace stands, for who helps its owner: states and counts, no record and no name of anybody. Refused without the
 * owner's consent; with it, who looked and why is in the trail before anything is shown.
 */
export async function lookIn(asked: {
  readonly slug: string;
  readonly who: string;
  readonly why: string;
}): Promise<Result<SupportLook, { message: string }>> {
  const { database, clock } = await getRuntime();
  const workspaceId = await database.system.findWorkspaceOfSlug(asked.slug);
  if (workspaceId === undefined) return err({ message: `There is no workspace ${asked.slug}.` });
  return database.withWorkspace(
    workspaceId,
    async (tx): Promise<Result<SupportLook, { message: string }>> => {
      const now = clock.now();
      const { supportUntil } = await tx.workspace.findUniqueOrThrow({ where: { id: workspaceId } });
      if (supportUntil === null || supportUntil <= now)
        return err({
          message: `The owner of ${asked.slug} has not let support look in. Ask for it: Privacy, Support, in the product.`,
        });
      await recordEvent(tx, {
        ...{ workspaceId, actorUserId: null, action: "support.looked", subject: workspaceId },
        after: { who: asked.who, why: asked.why },
        at: now,
      });
      const connections = await tx.connection.findMany({ select: { connectorId: true, status: true } });
      const runs = await tx.syncRun.findMany({ orderBy: { startedAt: "desc" }, take: RUNS_SHOWN });
      const causes = await tx.syncException.groupBy({
        by: ["cause"],
        where: { state: "open" },
        _count: { _all: true },
      });
      const tieOut = await tx.tieOut.findFirst({
        orderBy: { asOf: "desc" },
        select: { discrepancies: true },
      });
      return ok({
        workspace: asked.slug,
        connections: connections.map(({ connectorId, status }) => ({ connector: connectorId, status })),
        runs: runs.map(({ startedAt, state, trigger }) => ({
          startedAt: startedAt.toISOString(),
          state,
          trigger,
        })),
        openExceptions: causes.map(({ cause, _count }) => ({ cause, count: _count._all })),
        discrepancies: tieOut?.discrepancies ?? null,
      });
    },
  );
}
