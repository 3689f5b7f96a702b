import type { Transaction } from "@/lib/db/client";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { err, ok, type Result } from "@/lib/kernel/result";
import { sendOutboxSoon } from "../outbox/send-outbox";
import { getRuntime } from "../runtime";
import { loadPairIn } from "../setup/load-pair";
import { createRun, WORKING_STATES } from "./run-states";

/** The pair when a run may begin; else what is missing, in a sentence. */
export async function loadReadyPair(tx: Transaction): Promise<Result<{ id: string }, { message: string }>> {
  const pair = await loadPairIn(tx);
  if (!pair) return err({ message: "Connect both systems first." });
  if (pair.state === "setup")
    return err({ message: "Finish the set-up first: accounts and tax rates are not chosen yet." });
  const ended = [pair.source, pair.ledger].find((connection) => connection.status !== "active");
  return ended
    ? err({ message: `${ended.tenantName} has to be connected again first.` })
    : ok({ id: pair.id });
}

export async function findWorkingRun(tx: Transaction, pairId: string): Promise<string | null> {
  const working = await tx.syncRun.findFirst({ where: { pairId, state: { in: [...WORKING_STATES] } } });
  return working?.id ?? null;
}

/**
 * Begins a preview: both systems are read and every change is planned, nothing is posted. While a run is at work its
 * id is the answer, so a double click makes one run; an older preview that nobody started gives way.
 */
export async function startPreview(
  access: WorkspaceAccess,
): Promise<Result<{ runId: string }, { message: string }>> {
  const runtime = await getRuntime();
  const { workspaceId } = access;
  const outcome = await runtime.database.withWorkspace(
    workspaceId,
    async (tx): Promise<Result<{ runId: string }, { message: string }>> => {
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`runs:${workspaceId}`}, 0))`;
      const ready = await loadReadyPair(tx);
      if (!ready.ok) return ready;
      const pair = ready.value;
      const working = await findWorkingRun(tx, pair.id);
      if (working !== null) return ok({ runId: working });
      await tx.syncRun.updateMany({
        where: { pairId: pair.id, state: "previewed" },
        data: { state: "superseded" },
      });
      return ok({
        runId: await createRun(runtime, tx, {
          workspaceId,
          pairId: pair.id,
          userId: access.userId,
          trigger: "person",
        }),
      });
    },
  );
  if (outcome.ok) await sendOutboxSoon(runtime);
  return outcome;
}
