import type { Transaction } from "@/lib/db/client";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { err, ok, type Result } from "@/lib/kernel/result";
import { sendOutboxSoon } from "../outbox/send-outbox";
import { createRun } from "../runs/run-states";
import { findWorkingRun, loadReadyPair } from "../runs/start-preview";
import type { Runtime } from "../runtime";
import { scheduleOf } from "../schedules/schedule-of-pair";

/**
 * What follows a remedy. Where a pair posts by itself, what was remedied goes by itself too; else a new preview shows
 * it, and a person starts it. While a run is at work nothing new is begun: its end begins the next where posting goes by
 * itself (plan-next-run), and a person is told.
 */
export interface LookAgain {
  /** The preview to look at; null where nothing has to be looked at. */
  readonly previewRunId: string | null;
  /** What happens now, in a sentence. */
  readonly sentence: string;
}

export async function lookAgain(
  runtime: Runtime,
  access: WorkspaceAccess,
): Promise<Result<LookAgain, { message: string }>> {
  const { workspaceId } = access;
  const outcome = await runtime.database.withWorkspace(
    workspaceId,
    async (tx): Promise<Result<LookAgain, { message: string }>> => {
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`runs:${workspaceId}`}, 0))`;
      const ready = await loadReadyPair(tx);
      if (!ready.ok) return ready;
      const pairId = ready.value.id;
      const isByItself = await goesByItself(tx, pairId);
      const working = await findWorkingRun(tx, pairId);
      if (working !== null) return ok(whileWorking(working, isByItself));
      await tx.syncRun.updateMany({ where: { pairId, state: "previewed" }, data: { state: "superseded" } });
      const trigger = isByItself ? "schedule" : "person";
      const runId = await createRun(runtime, tx, { workspaceId, pairId, userId: access.userId, trigger });
      return ok(
        isByItself
          ? { previewRunId: null, sentence: "Tieout looks again now, and posts by itself what can go." }
          : {
              previewRunId: runId,
              sentence: "A new preview shows what can go now; nothing is posted by it.",
            },
      );
    },
  );
  if (outcome.ok) await sendOutboxSoon(runtime);
  return outcome;
}

function whileWorking(runId: string, isByItself: boolean): LookAgain {
  return isByItself
    ? {
        previewRunId: null,
        sentence: "A run is at work. Tieout looks again when it is done, and posts by itself what can go.",
      }
    : { previewRunId: runId, sentence: "A run is at work. What it has not looked at yet is part of it." };
}

/** True where a person made the pair post by itself and nobody stopped that. */
export async function goesByItself(tx: Transaction, pairId: string): Promise<boolean> {
  const pair = await tx.pair.findUnique({ where: { id: pairId } });
  if (pair?.state !== "live" || pair.parallelSince !== null) return false;
  return scheduleOf(pair).mode !== "byHand";
}

/** A remedy that stands, and what follows it; where no run can begin now, why. */
export const andThen = (done: string, next: Result<LookAgain, { message: string }>) =>
  ok(
    next.ok
      ? { message: `${done} ${next.value.sentence}`, previewRunId: next.value.previewRunId }
      : { message: `${done} It is kept. ${next.error.message}`, previewRunId: null },
  );

export const refuse = (message: string) => err({ message });
