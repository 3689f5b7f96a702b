import { z } from "zod";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { err, ok, type Result } from "@/lib/kernel/result";
import { sendOutboxSoon } from "../outbox/send-outbox";
import { getRuntime } from "../runtime";
import { createRun } from "./run-states";
import { findWorkingRun, loadReadyPair } from "./start-preview";

/**
 * Begins to take a run back: its preview says what will go and what has to stay and why; nothing is changed in the
 * ledger before a person starts it. Pressed twice, it makes one. What lies in closed periods stays, unless the person
 * chooses to have it taken back by documents on the first open day.
 */
export async function startUndo(
  access: WorkspaceAccess,
  runId: string,
  { takesLocked = false }: { readonly takesLocked?: boolean } = {},
): Promise<Result<{ runId: string }, { message: string }>> {
  const runtime = await getRuntime();
  const { workspaceId } = access;
  if (!z.uuid().safeParse(runId).success) return err({ message: "There is no such run." });
  const outcome = await runtime.database.withWorkspace(
    workspaceId,
    async (tx): Promise<Result<{ runId: string }, { message: string }>> => {
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`runs:${workspaceId}`}, 0))`;
      const run = await tx.syncRun.findUnique({ where: { id: runId } });
      if (!run) return err({ message: "There is no such run." });
      if (run.undoesRunId !== null)
        return err({ message: "An undo is not undone: preview and post again instead." });
      if (run.direction === "toSource")
        return err({
          message: "What a run wrote to the operations system is not taken back from here: correct it there.",
        });
      const ready = await loadReadyPair(tx);
      if (!ready.ok) return ready;
      const waiting = await tx.syncRun.findFirst({
        where: { undoesRunId: runId, takesLocked, state: "previewed" },
      });
      if (waiting) return ok({ runId: waiting.id });
      const working = await findWorkingRun(tx, run.pairId);
      if (working !== null) {
        const own = await tx.syncRun.findFirst({ where: { id: working, undoesRunId: runId, takesLocked } });
        return own ? ok({ runId: own.id }) : err({ message: "A run is at work. Undo when it is finished." });
      }
      const applied = await tx.writeIntent.findFirst({
        where: { runId, state: "applied" },
        select: { id: true },
      });
      if (!applied) return err({ message: "This run posted nothing, so there is nothing to take back." });
      await tx.syncRun.updateMany({
        where: { pairId: run.pairId, state: "previewed" },
        data: { state: "superseded" },
      });
      return ok({
        runId: await createRun(runtime, tx, {
          workspaceId,
          pairId: run.pairId,
          userId: access.userId,
          trigger: "person",
          undoesRunId: runId,
          takesLocked,
        }),
      });
    },
  );
  if (outcome.ok) await sendOutboxSoon(runtime);
  return outcome;
}
