import { recordEvent } from "@/lib/audit/record-event";
import type { Transaction } from "@/lib/db/client";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { err, ok, type Result } from "@/lib/kernel/result";
import { getRuntime } from "../runtime";
import { loadPairIn } from "../setup/load-pair";

type Paused = Result<{ isPaused: boolean }, { message: string }>;

/**
 * Stops all posting of the pair at once: a run at work sends no further batch and ends with its tie-out, and no run starts
 * by itself. What the vendors tell meanwhile is kept. Paused twice, it stays paused.
 */
export async function pausePosting(access: WorkspaceAccess): Promise<Paused> {
  return changePause(access, async (tx, pair) => {
    if (pair.state === "paused") return false;
    await tx.pair.update({ where: { id: pair.id }, data: { state: "paused" } });
    return true;
  });
}

/** Goes on as before the pause; whatever changed meanwhile is looked at with the next minute. */
export async function resumePosting(access: WorkspaceAccess): Promise<Paused> {
  return changePause(access, async (tx, pair, now) => {
    if (pair.state !== "paused") return false;
    const live = await tx.flow.count({ where: { pairId: pair.id, state: "live" } });
    await tx.pair.update({
      where: { id: pair.id },
      data: {
        state: live > 0 ? "live" : "ready",
        failedRuns: 0,
        // A pair that is started by hand alone stays so.
        ...(pair.nextRunAt === null ? {} : { nextRunAt: now }),
      },
    });
    return true;
  });
}

async function changePause(
  access: WorkspaceAccess,
  change: (
    tx: Transaction,
    pair: { readonly id: string; readonly state: string; readonly nextRunAt: Date | null },
    now: Date,
  ) => Promise<boolean>,
): Promise<Paused> {
  const { database, clock } = await getRuntime();
  const { workspaceId } = access;
  return database.withWorkspace(workspaceId, async (tx): Promise<Paused> => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`runs:${workspaceId}`}, 0))`;
    const pair = await loadPairIn(tx);
    if (!pair || pair.state === "setup") return err({ message: "Finish the set-up first." });
    const now = clock.now();
    const isChanged = await change(tx, pair, now);
    const after = await tx.pair.findUniqueOrThrow({ where: { id: pair.id }, select: { state: true } });
    if (isChanged)
      await recordEvent(tx, {
        workspaceId,
        actorUserId: access.userId,
        action: after.state === "paused" ? "posting.paused" : "posting.resumed",
        subject: pair.id,
        before: { state: pair.state },
        after: { state: after.state },
        at: now,
      });
    return ok({ isPaused: after.state === "paused" });
  });
}
