import { z } from "zod";
import { recordEvent } from "@/lib/audit/record-event";
import type { Transaction } from "@/lib/db/client";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { err, ok, type Result } from "@/lib/kernel/result";
import { sendOutboxSoon } from "../outbox/send-outbox";
import { getRuntime } from "../runtime";
import { planNextRun } from "./plan-next-run";
import { changeRunState, parseRunState } from "./run-states";

type Cancelled = Result<{ runId: string }, { message: string }>;

/**
 * Stops a run. One that is still reading or waits as a preview ends at once; one that posts sends no further batch, and
 * ends with its tie-out, since what was sent is sent. What is left of it is planned anew by the next run. Pressed twice,
 * or too late, it changes nothing.
 */
export async function cancelRun(access: WorkspaceAccess, runId: string): Promise<Cancelled> {
  const runtime = await getRuntime();
  const { workspaceId, userId } = access;
  if (!z.uuid().safeParse(runId).success) return err({ message: "There is no such run." });
  const outcome = await runtime.database.withWorkspace(workspaceId, async (tx): Promise<Cancelled> => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`runs:${workspaceId}`}, 0))`;
    const run = await tx.syncRun.findUnique({ where: { id: runId } });
    if (!run) return err({ message: "There is no such run." });
    const state = parseRunState(run.state);
    const hasEnded = state === "finished" || state === "failed" || state === "superseded";
    if (hasEnded || state === "tyingOut" || run.cancelledAt !== null) return ok({ runId });
    const now = runtime.clock.now();
    await tx.syncRun.update({
      where: { id: runId },
      data: { cancelledAt: now, cancelledByUserId: userId },
    });
    if (state !== "applying") await endUnposted(tx, run, now);
    await recordEvent(tx, {
      workspaceId,
      actorUserId: userId,
      action: "run.cancelled",
      subject: runId,
      before: { state },
      at: now,
    });
    return ok({ runId });
  });
  if (outcome.ok) await sendOutboxSoon(runtime);
  return outcome;
}

/** Nothing was sent, so nothing is to be compared: the run gives its place free for the next one. */
async function endUnposted(
  tx: Transaction,
  run: {
    readonly id: string;
    readonly workspaceId: string;
    readonly pairId: string;
    readonly trigger: string;
    readonly startedAt: Date;
  },
  now: Date,
): Promise<void> {
  await changeRunState(tx, run.id, "superseded", now, "A person stopped it. Nothing was posted.");
  await tx.syncRun.update({ where: { id: run.id }, data: { finishedAt: now } });
  await planNextRun(tx, run, "finished", now);
}
