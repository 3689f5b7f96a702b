import { recordEvent } from "@/lib/audit/record-event";
import type { Transaction } from "@/lib/db/client";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { err, ok, type Result } from "@/lib/kernel/result";
import { sendOutboxSoon } from "../outbox/send-outbox";
import { getRuntime } from "../runtime";
import { changeRunState, parseRunState } from "./run-states";

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
      await changeRunState(tx, runId, "applying", runtime.clock.now());
      if (run.undoesRunId === null) await goLive(tx, run.pairId);
      await tx.outboxEvent.create({
        data: { workspaceId, name: "sync/posting.requested", data: { workspaceId, runId } },
      });
      await recordEvent(tx, {
        workspaceId,
        actorUserId: access.userId,
        action: "run.posting",
        subject: runId,
        at: runtime.clock.now(),
      });
      return ok({ runId });
    },
  );
  if (outcome.ok) await sendOutboxSoon(runtime);
  return outcome;
}
