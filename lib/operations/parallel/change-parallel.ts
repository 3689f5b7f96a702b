import { recordEvent } from "@/lib/audit/record-event";
import type { Transaction } from "@/lib/db/client";
import { hasRole, type WorkspaceAccess } from "@/lib/domain/workspace-access";
import { err, ok, type Result } from "@/lib/kernel/result";
import { whyUnpaid } from "../billing/why-unpaid";
import { getRuntime } from "../runtime";
import { scheduleOf } from "../schedules/schedule-of-pair";
import { setSchedule } from "../schedules/set-schedule";
import { loadPairIn } from "../setup/load-pair";

type Changed = Result<null, { message: string }>;
type LoadedPair = NonNullable<Awaited<ReturnType<typeof loadPairIn>>>;

/** When nobody chose a schedule: early enough that the day begins with what it found. */
const EARLY_HOUR = 6;
const TOO_LOW = "Your role in this workspace does not allow that. Ask its owner.";

/**
 * Begins a parallel run: the pair goes on reading, planning and comparing by its schedule, and posts nothing until somebody
 * goes live. A pair that looks only by hand is set to look every day.
 */
export async function startParallel(access: WorkspaceAccess): Promise<Changed> {
  if (!hasRole(access, "admin")) return err({ message: TOO_LOW });
  const { database } = await getRuntime();
  const pair = await database.withWorkspace(access.workspaceId, loadPairIn);
  if (pair && pair.state !== "setup" && scheduleOf(pair).mode === "byHand") {
    const scheduled = await setSchedule(access, { mode: "dailyAt", hour: EARLY_HOUR });
    if (!scheduled.ok) return err(scheduled.error);
  }
  return changePair(access, "parallel.started", async (tx, present, now) => {
    if (present.parallelSince !== null) return false;
    await tx.pair.update({ where: { id: present.id }, data: { parallelSince: now, nextRunAt: now } });
    await giveWay(tx, present.id);
    return true;
  });
}

/** Ends a parallel run: from now on runs post by themselves, the first of them at once. */
export async function goLive(access: WorkspaceAccess): Promise<Changed> {
  if (!hasRole(access, "admin")) return err({ message: TOO_LOW });
  const runtime = await getRuntime();
  const unpaid = await runtime.database.withWorkspace(access.workspaceId, async (tx) => {
    const pair = await loadPairIn(tx);
    return pair && whyUnpaid(runtime, tx, pair.id);
  });
  if (unpaid !== null) return err({ message: unpaid });
  return changePair(access, "parallel.wentLive", async (tx, pair, now) => {
    if (pair.parallelSince === null) return false;
    await tx.pair.update({
      where: { id: pair.id },
      data: { parallelSince: null, state: "live", nextRunAt: now },
    });
    if (pair.state === "ready")
      await tx.flow.updateMany({
        where: { pairId: pair.id, direction: "toLedger", state: "previewOnly" },
        data: { state: "live" },
      });
    await giveWay(tx, pair.id);
    return true;
  });
}

/** A preview that was made under other rules is not to be started. */
async function giveWay(tx: Transaction, pairId: string): Promise<void> {
  await tx.syncRun.updateMany({
    where: { pairId, state: "previewed", undoesRunId: null },
    data: { state: "superseded" },
  });
}

async function changePair(
  access: WorkspaceAccess,
  action: string,
  change: (tx: Transaction, pair: LoadedPair, now: Date) => Promise<boolean>,
): Promise<Changed> {
  const { database, clock } = await getRuntime();
  const { workspaceId } = access;
  return database.withWorkspace(workspaceId, async (tx): Promise<Changed> => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`runs:${workspaceId}`}, 0))`;
    const pair = await loadPairIn(tx);
    if (!pair || pair.state === "setup") return err({ message: "Finish the set-up first." });
    if (pair.state === "paused")
      return err({ message: "Posting is paused. Resume it under Schedules first." });
    const now = clock.now();
    const isChanged = await change(tx, pair, now);
    const after = await tx.pair.findUniqueOrThrow({ where: { id: pair.id } });
    if (isChanged)
      await recordEvent(tx, {
        workspaceId,
        actorUserId: access.userId,
        action,
        subject: pair.id,
        before: { state: pair.state, parallelSince: pair.parallelSince?.toISOString() ?? null },
        after: { state: after.state, parallelSince: after.parallelSince?.toISOString() ?? null },
        at: now,
      });
    return ok(null);
  });
}
