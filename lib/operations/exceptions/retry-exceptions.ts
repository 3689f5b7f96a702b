import { recordEvent } from "@/lib/audit/record-event";
import type { Transaction } from "@/lib/db/client";
import type { ExceptionFilter, ExceptionOutcome } from "@/lib/domain/views/exception-view";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { ok, type Result } from "@/lib/kernel/result";
import { getRuntime } from "../runtime";
import { loadPairIn } from "../setup/load-pair";
import { countRecords, idsOf, lockChosen, NO_PAIR, NOTHING_LEFT, namesOf } from "./chosen-exceptions";
import { lookAgain, refuse } from "./look-again";

/**
 * Looks at open exceptions again: all of them, a group, or one. What the ledger itself refused would otherwise wait until
 * the record or the set-up changes, since sending it unchanged is refused again; a person knows when that is over. What
 * is not in the ledger as it should be still waits afterwards: asking is no remedy.
 */
export async function retryExceptions(
  access: WorkspaceAccess,
  filter: ExceptionFilter = {},
): Promise<Result<ExceptionOutcome, { message: string }>> {
  const runtime = await getRuntime();
  const asked = await runtime.database.withWorkspace(
    access.workspaceId,
    async (tx): Promise<Result<number, { message: string }>> => {
      const pair = await loadPairIn(tx);
      if (!pair) return refuse(NO_PAIR);
      const chosen = await lockChosen(tx, pair.id, "open", filter);
      if (chosen.length === 0) return refuse(NOTHING_LEFT);
      await askAgain(tx, idsOf(chosen), runtime.clock.now());
      await recordEvent(tx, {
        workspaceId: access.workspaceId,
        actorUserId: access.userId,
        action: "exceptions.retried",
        subject: pair.id,
        after: { count: chosen.length, records: namesOf(chosen) },
        at: runtime.clock.now(),
      });
      return ok(chosen.length);
    },
  );
  if (!asked.ok) return asked;
  const next = await lookAgain(runtime, access);
  if (!next.ok) return next;
  const { previewRunId, sentence } = next.value;
  return ok({ previewRunId, message: `${countRecords(asked.value)} to be tried again. ${sentence}` });
}

/** Marks that a person asked for these: the next plan treats what the ledger refused as if it were new. */
export async function askAgain(tx: Transaction, exceptionIds: readonly string[], now: Date): Promise<void> {
  await tx.$executeRaw`
    UPDATE exceptions SET replay_asked_at = ${now}, updated_at = ${now}
     WHERE id = ANY(${[...exceptionIds]}::uuid[])`;
}
