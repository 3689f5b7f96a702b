import { DONE, type Progress } from "@/lib/domain/progress";
import { RECORD_TYPES, type RecordType } from "@/lib/domain/record-type";
import { planRecords } from "@/lib/sync/plan-records";
import { planUndo, UNDO_ORDER } from "@/lib/sync/plan-undo";
import { pullLedger } from "@/lib/sync/pull-ledger";
import { pullSource } from "@/lib/sync/pull-source";
import { settleUnknowns } from "@/lib/sync/settle-unknowns";
import { loadReference } from "../connections/load-reference";
import { type RunRef, withRun } from "./run-context";
import { setRunState } from "./run-states";

/**
 * The pieces of preparing a run, one for each step of the function: nothing here writes to the ledger, each can be
 * repeated, and each says whether there is more to do.
 */

/** Accounts, rates and locks of both sides as they are now: a remedy made a minute ago must count. */
export async function readReference(ref: RunRef): Promise<Progress> {
  return withRun(ref, async ({ runtime, context }) => {
    const anew = { maxAgeMs: 0, lane: "backfill" } as const;
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

/** A plan with something to do waits for a person; one with nothing to do is the end of the run. */
export async function finishPlanning(ref: RunRef): Promise<void> {
  await withRun(ref, async ({ context }) => {
    const toDo = await context.database.withWorkspace(ref.workspaceId, (tx) =>
      tx.plannedChange.count({
        where: { runId: ref.runId, verb: { in: ["create", "update", "void", "link"] } },
      }),
    );
    await setRunState(context, toDo > 0 ? "previewed" : "finished");
  });
}
