import type { Transaction } from "@/lib/db/client";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { err, ok, type Result } from "@/lib/kernel/result";
import { sendOutboxSoon } from "../outbox/send-outbox";
import { getRuntime } from "../runtime";
import { orderPosting } from "./order-posting";
import { changeRunState, parseRunState } from "./run-states";
import { findWorkingRun } from "./start-preview";

/** The first posting that a person starts is what makes a pair live. */
async function goLive(tx: Transaction, pairId: string): Promise<void> {
  await tx.pair.update({ where: { id: pairId }, data: { state: "live" } });
  await tx.flow.updateMany({ where: { pairId, state: "previewOnly" }, data: { state: "live" } });
}

/** Starts posting what a preview showed. Pressed twice, it starts once. */
export async function startPosting(
  access: WorkspaceAccess,
  runId: string,
): Promise<Result<{ runId: string }, { message: string }>> {
  const runtime = await getRuntime();
  const { workspaceId } = access;
  const outcome = await runtime.database.withWorkspace(
    workspaceId,
    async (tx): Promise<Result<{ runId: string }, { message: string }>> => {
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`runs:${workspaceId}`}, 0))`;
      const run = await tx.syncRun.findUnique({ where: { id: runId } });
      if (!run) return err({ message: "There is no such run." });
      const state = parseRunState(run.state);
      if (state === "applying" || state === "tyingOut" || state === "finished") return ok({ runId });
      if (state === "pulling" || state === "planning")
        return err({ message: "The preview is not ready yet." });
      if (state !== "previewed") return err({ message: "This preview is out of date. Make a new one." });
      const pair = await tx.pair.findUnique({ where: { id: run.pairId }, select: { state: true } });
      if (pair?.state === "paused")
        return err({ message: "Posting is paused. Resume it under Schedules first." });
      if ((await findWorkingRun(tx, run.pairId)) !== null)
        return err({ message: "Another run is at work. Start this one when it is finished." });
      await changeRunState(tx, runId, "applying", runtime.clock.now());
      if (run.undoesRunId === null) await goLive(tx, run.pairId);
      await orderPosting(tx, { workspaceId, runId }, access.userId, runtime.clock.now());
      return ok({ runId });
    },
  );
  if (outcome.ok) await sendOutboxSoon(runtime);
  return outcome;
}
