import { recordEvent } from "@/lib/audit/record-event";
import type { Transaction } from "@/lib/db/client";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { err, ok, type Result } from "@/lib/kernel/result";
import { sendOutboxSoon } from "../outbox/send-outbox";
import { loadReadyPair } from "../runs/start-preview";
import { getRuntime } from "../runtime";

/**
 * Reads both systems whole and compares them, because a person wants to know now. Nothing is written to either. Pressing twice
 * is pressing once.
 */
export async function requestTieOut(
  access: WorkspaceAccess,
): Promise<Result<{ requestedAt: string }, { message: string }>> {
  const runtime = await getRuntime();
  const { workspaceId } = access;
  const now = runtime.clock.now();
  const outcome = await runtime.database.withWorkspace(
    workspaceId,
    async (tx): Promise<Result<{ requestedAt: string }, { message: string }>> => {
      const ready = await loadReadyPair(tx);
      if (!ready.ok) return ready;
      const pairId = ready.value.id;
      const run = await findLastRun(tx, pairId);
      if (run === null) return err({ message: "There is nothing to compare yet. Make a preview first." });
      const reading = await tx.ledgerReading.findUnique({ where: { pairId } });
      if (reading?.requestedAt) return ok({ requestedAt: reading.requestedAt.toISOString() });
      const asked = { requestedAt: now, startedAt: null };
      await tx.ledgerReading.upsert({
        where: { pairId },
        create: { workspaceId, pairId, ...asked },
        update: asked,
      });
      await orderTieOut(tx, workspaceId, run);
      await recordEvent(tx, {
        workspaceId,
        actorUserId: access.userId,
        action: "tieOut.requested",
        subject: pairId,
        at: now,
      });
      return ok({ requestedAt: now.toISOString() });
    },
  );
  if (outcome.ok) await sendOutboxSoon(runtime);
  return outcome;
}

/** Whatever went over the pair last, a preview that nobody has posted yet too: a tie-out reads what that one read. */
async function findLastRun(tx: Transaction, pairId: string): Promise<string | null> {
  const run = await tx.syncRun.findFirst({
    where: { pairId, state: { in: ["finished", "previewed"] } },
    orderBy: { startedAt: "desc" },
    select: { id: true },
  });
  return run?.id ?? null;
}

async function orderTieOut(tx: Transaction, workspaceId: string, runId: string): Promise<void> {
  await tx.outboxEvent.create({
    data: { workspaceId, name: "sync/tie-out.requested", data: { workspaceId, runId } },
  });
}

/** Compares again after a person said something about a finding; nothing is read anew. */
export async function orderComparison(tx: Transaction, workspaceId: string, pairId: string): Promise<void> {
  const run = await findLastRun(tx, pairId);
  if (run !== null) await orderTieOut(tx, workspaceId, run);
}
