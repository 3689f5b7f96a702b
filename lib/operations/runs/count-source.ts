import { DONE } from "@/lib/domain/progress";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { err, ok, type Result } from "@/lib/kernel/result";
import { sendOutboxSoon } from "../outbox/send-outbox";
import { getRuntime } from "../runtime";
import { loadPairIn } from "../setup/load-pair";
import { type RunRef, withRunIn } from "./run-context";
import { changeRunState, createRun, PREPARING_STATES } from "./run-states";
import { findWorkingRun } from "./start-preview";

/**
 * A count: the source is read before the set-up is confirmed, so that its owner sees how much there is, what it would take
 * and how long, before choosing how far back to go. It is a run that plans nothing; what it read, the first preview need
 * not read again. A run that was made while nobody had confirmed a set-up can be nothing else; one of the client sync, which
 * asks for no set-up, has a pair that is past that.
 */
const NEVER_CONFIRMED = 0;

/** Begins a count, or answers the one that is under way. Refused once the set-up is confirmed: a preview tells more. */
export async function startCount(
  access: WorkspaceAccess,
): Promise<Result<{ runId: string }, { message: string }>> {
  const runtime = await getRuntime();
  const { workspaceId, userId } = access;
  const outcome = await runtime.database.withWorkspace(
    workspaceId,
    async (tx): Promise<Result<{ runId: string }, { message: string }>> => {
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`runs:${workspaceId}`}, 0))`;
      const pair = await loadPairIn(tx);
      if (!pair) return err({ message: "Connect both systems first." });
      if (pair.state !== "setup" || pair.settings.version !== NEVER_CONFIRMED)
        return err({ message: "The set-up is confirmed. Make a preview to see what there is." });
      const ended = [pair.source, pair.ledger].find((connection) => connection.status !== "active");
      if (ended) return err({ message: `${ended.tenantName} has to be connected again first.` });
      const working = await findWorkingRun(tx, pair.id);
      if (working !== null) return ok({ runId: working });
      return ok({
        runId: await createRun(runtime, tx, { workspaceId, pairId: pair.id, userId, trigger: "person" }),
      });
    },
  );
  if (outcome.ok) await sendOutboxSoon(runtime);
  return outcome;
}

/** True for a run that ends once the source was read. */
export async function isCount(ref: RunRef): Promise<boolean> {
  const { database } = await getRuntime();
  return database.withWorkspace(ref.workspaceId, async (tx) => {
    const run = await tx.syncRun.findUnique({ where: { id: ref.runId } });
    if (run?.settingsVersion !== NEVER_CONFIRMED) return false;
    const pair = await tx.pair.findUniqueOrThrow({ where: { id: run.pairId }, select: { state: true } });
    return pair.state === "setup";
  });
}

/** Ends a count. It leaves no preview behind. */
export async function finishCount(ref: RunRef): Promise<void> {
  await withRunIn(PREPARING_STATES, ref, async ({ context, runtime }) => {
    await context.database.withWorkspace(ref.workspaceId, (tx) =>
      changeRunState(tx, ref.runId, "superseded", runtime.clock.now()),
    );
    return DONE;
  });
}
