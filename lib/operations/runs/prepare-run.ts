import type { Transaction } from "@/lib/db/client";
import { DONE, type Progress } from "@/lib/domain/progress";
import { RECORD_TYPES, type RecordType } from "@/lib/domain/record-type";
import { planRecords } from "@/lib/sync/plan-records";
import { planUndo, UNDO_ORDER } from "@/lib/sync/plan-undo";
import { pullLedger } from "@/lib/sync/pull-ledger";
import { pullSource } from "@/lib/sync/pull-source";
import { settleUnknowns } from "@/lib/sync/settle-unknowns";
import type { SyncContext } from "@/lib/sync/sync-context";
import { loadReference } from "../connections/load-reference";
import { sendOutboxSoon } from "../outbox/send-outbox";
import { orderPosting } from "./order-posting";
import { type RunRef, withRun } from "./run-context";
import { changeRunState, setRunState } from "./run-states";

/**
 * The pieces of preparing a run, one for each step of the function: nothing here writes to the ledger, each can be
 * repeated, and each says whether there is more to do.
 */

/** A notice is about a record: what rarely changes is not read for each, and the next look by the clock reads it anew. */
const NOTICE_REFERENCE_AGE_MS = 10 * 60_000;

/** Accounts, rates and locks of both sides as they are now: a remedy made a minute ago must count. */
export async function readReference(ref: RunRef): Promise<Progress> {
  return withRun(ref, async ({ runtime, context, trigger, lane }) => {
    const anew = { maxAgeMs: trigger === "notice" ? NOTICE_REFERENCE_AGE_MS : 0, lane };
    await loadReference(runtime, ref.workspaceId, context.ledger.connectionId, anew);
    await loadReference(runtime, ref.workspaceId, context.source.connectionId, anew);
    return DONE;
  });
}

/** Writes of an earlier run that nobody knows the outcome of are settled before anything new is planned. */
export async function settleEarlierWrites(ref: RunRef): Promise<Progress> {
  return withRun(ref, async ({ context, rulebook }) => {
    const book = await rulebook();
    let waitMs = 0;
    for (const recordType of RECORD_TYPES)
      waitMs = Math.max(waitMs, (await settleUnknowns(context, recordType, book, "drop")).waitMs);
    return { done: waitMs === 0, waitMs };
  });
}

/** Postings go from what is needed first to what needs it; what is taken back goes the other way. */
export async function orderOfTypes(ref: RunRef): Promise<readonly RecordType[]> {
  return withRun(ref, async ({ context }) => (context.undoesRunId === null ? RECORD_TYPES : UNDO_ORDER));
}

export async function readSource(ref: RunRef, recordType: RecordType): Promise<Progress> {
  return withRun(ref, async ({ context, until }) =>
    // What is taken back does not depend on what the source says by now.
    context.undoesRunId === null ? pullSource(context, recordType, until) : DONE,
  );
}

export async function readLedger(ref: RunRef, recordType: RecordType): Promise<Progress> {
  return withRun(ref, ({ context, until }) => pullLedger(context, recordType, "ledgerReadAt", until));
}

export async function planRecordType(ref: RunRef, recordType: RecordType): Promise<Progress> {
  return withRun(ref, async ({ context, rulebook, until }) => {
    await setRunState(context, "planning");
    const book = await rulebook();
    return context.undoesRunId === null
      ? planRecords(context, recordType, book, until)
      : planUndo(context, recordType, book.ledger.lockDate);
  });
}

/**
 * A plan with nothing to do is the end of the run. One with something to do waits for a person, unless the run started by
 * itself in a pair that posts by itself: then it goes on at once.
 */
export async function finishPlanning(ref: RunRef): Promise<void> {
  await withRun(ref, async ({ runtime, context, trigger }) => {
    await context.database.withWorkspace(ref.workspaceId, async (tx) => {
      const run = await tx.syncRun.findUniqueOrThrow({ where: { id: ref.runId } });
      // Asked again after its answer was lost: the run is past this.
      if (run.state !== "pulling" && run.state !== "planning") return;
      const now = runtime.clock.now();
      const toDo = await tx.plannedChange.groupBy({
        by: ["recordType"],
        where: { runId: ref.runId, verb: { in: ["create", "update", "void", "link"] } },
      });
      if (toDo.length === 0) {
        await changeRunState(tx, ref.runId, "finished", now);
        return;
      }
      await changeRunState(tx, ref.runId, "previewed", now);
      const types = toDo.map(({ recordType }) => recordType);
      if (trigger !== "person" && (await postsByItself(tx, context, types))) {
        await changeRunState(tx, ref.runId, "applying", now);
        await orderPosting(tx, ref, null, now);
      }
    });
    await sendOutboxSoon(runtime);
  });
}

/** The first press made the pair live, and neither the pair nor all of these flows were stopped since. */
async function postsByItself(
  tx: Transaction,
  { pairId }: SyncContext,
  recordTypes: readonly string[],
): Promise<boolean> {
  const pair = await tx.pair.findUnique({ where: { id: pairId }, select: { state: true } });
  const live = await tx.flow.count({
    where: { pairId, state: "live", recordType: { in: [...recordTypes] } },
  });
  return pair?.state === "live" && live > 0;
}
