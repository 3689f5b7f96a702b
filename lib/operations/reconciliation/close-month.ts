import { recordEvent } from "@/lib/audit/record-event";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { err, ok, type Result } from "@/lib/kernel/result";
import { getRuntime } from "../runtime";
import { loadPairIn } from "../setup/load-pair";
import { countOpen } from "./list-months";

/**
 * Signs a month off: who, when, and what was open in it. Nothing is locked by it in either system; from then on every change
 * of that month on either side is listed.
 */
export async function closeMonth(
  access: WorkspaceAccess,
  request: { readonly month: string },
): Promise<Result<{ month: string }, { message: string }>> {
  const { database, clock, ids } = await getRuntime();
  const { workspaceId } = access;
  const { month } = request;
  const now = clock.now();
  return database.withWorkspace(
    workspaceId,
    async (tx): Promise<Result<{ month: string }, { message: string }>> => {
      const pair = await loadPairIn(tx);
      const last = pair
        ? await tx.tieOut.findFirst({ where: { pairId: pair.id }, select: { id: true } })
        : null;
      if (!pair || !last) return err({ message: "There is no tie-out yet to sign off." });
      const pairId = pair.id;
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`months:${pairId}`}, 0))`;
      if (await tx.monthClose.findFirst({ where: { pairId, month, reopenedAt: null } })) return ok({ month });
      const open = await countOpen(tx, pairId, month);
      await tx.monthClose.create({
        data: {
          id: ids.next(),
          workspaceId,
          pairId,
          month,
          closedAt: now,
          closedByUserId: access.userId,
          closedByName: access.userName,
          ...open,
        },
      });
      await recordEvent(tx, {
        workspaceId,
        actorUserId: access.userId,
        action: "month.closed",
        subject: `${pairId}:${month}`,
        after: open,
        at: now,
      });
      return ok({ month });
    },
  );
}

/** Takes a sign-off back; that it was made, and by whom, stays on record. */
export async function reopenMonth(
  access: WorkspaceAccess,
  request: { readonly month: string },
): Promise<Result<{ month: string }, { message: string }>> {
  const { database, clock } = await getRuntime();
  const { workspaceId } = access;
  const now = clock.now();
  return database.withWorkspace(
    workspaceId,
    async (tx): Promise<Result<{ month: string }, { message: string }>> => {
      const pair = await loadPairIn(tx);
      if (!pair) return err({ message: "There is no such month." });
      const { count } = await tx.monthClose.updateMany({
        where: { pairId: pair.id, month: request.month, reopenedAt: null },
        data: { reopenedAt: now },
      });
      if (count > 0)
        await recordEvent(tx, {
          workspaceId,
          actorUserId: access.userId,
          action: "month.reopened",
          subject: `${pair.id}:${request.month}`,
          at: now,
        });
      return ok({ month: request.month });
    },
  );
}
