import type { Transaction } from "@/lib/db/client";
import { nextRunAfter, retryAfterFailure } from "@/lib/domain/schedule";
import { scheduleOf } from "../schedules/schedule-of-pair";

/**
 * What follows the end of a run, in the same transaction: when the pair looks again, and word of the notices that came
 * while the run was at work. A run that started by itself and failed is tried again soon at first, then less often.
 */
export async function planNextRun(
  tx: Transaction,
  run: {
    readonly workspaceId: string;
    readonly pairId: string;
    readonly trigger: string;
    readonly startedAt: Date;
  },
  outcome: "finished" | "failed",
  now: Date,
): Promise<void> {
  const { workspaceId, pairId } = run;
  const pair = await tx.pair.findUnique({ where: { id: pairId } });
  if (!pair) return;
  const byItself = nextRunAfter(scheduleOf(pair), now);
  if (outcome === "failed" && run.trigger === "person") return;
  const failedRuns = outcome === "failed" ? pair.failedRuns + 1 : 0;
  const isAskedFor = pair.state === "live" && byItself !== null && (await isLookAsked(tx, run));
  await tx.pair.update({
    where: { id: pairId },
    data: {
      failedRuns,
      nextRunAt:
        byItself === null || failedRuns === 0
          ? isAskedFor
            ? now
            : byItself
          : retryAfterFailure(failedRuns, now),
    },
  });
  if (outcome === "failed") return;
  const waiting = await tx.changeNotice.findFirst({
    where: { pairId, state: "waiting" },
    select: { id: true },
  });
  if (!waiting) return;
  await tx.outboxEvent.create({
    data: { workspaceId, name: "sync/notice.received", data: { workspaceId, pairId } },
  });
}

/** Whether a person remedied something while the run was at work, which it may have passed by. */
async function isLookAsked(
  tx: Transaction,
  { pairId, startedAt }: { readonly pairId: string; readonly startedAt: Date },
): Promise<boolean> {
  const asked = await tx.syncException.findFirst({
    where: { pairId, state: "open", replayAskedAt: { gt: startedAt } },
    select: { id: true },
  });
  return asked !== null;
}
