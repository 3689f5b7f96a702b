import type { Transaction } from "@/lib/db/client";
import { DONE, type Progress } from "@/lib/domain/progress";
import type { RecordType } from "@/lib/domain/record-type";
import { REVERSED_BY } from "@/lib/domain/reversal";
import { noticeGoneInLedger, noticeVanished } from "@/lib/sync/notice-vanished";
import { planBack } from "@/lib/sync/plan-back";
import { planRecords } from "@/lib/sync/plan-records";
import { planReversals } from "@/lib/sync/plan-reversals";
import { planUndo } from "@/lib/sync/plan-undo";
import { pullLedger } from "@/lib/sync/pull-ledger";
import { pullSource } from "@/lib/sync/pull-source";
import { sealPlan } from "@/lib/sync/seal-plan";
import { settleUnknowns } from "@/lib/sync/settle-unknowns";
import { type SyncContext, writingSide } from "@/lib/sync/sync-context";
import { loadReference } from "../connections/load-reference";
import { sendOutboxSoon } from "../outbox/send-outbox";
import { followBack } from "./follow-back";
import { whyNotPosted } from "./may-start";
import { orderPosting } from "./order-posting";
import { planNextRun } from "./plan-next-run";
import { type RunRef, withRun, withRunIn } from "./run-context";
import { changeRunState, PREPARING_STATES, setRunState } from "./run-states";

/**
 * The pieces of preparing a run, one for each step of the function: nothing here writes to the ledger, each can be
 * repeated, and each says whether there is more to do. An order that comes late finds the run past this and nothing to do.
 */

/** A notice is about a record: what rarely changes is not read for each, and the next look by the clock reads it anew. */
const NOTICE_REFERENCE_AGE_MS = 10 * 60_000;

/** Accounts, rates and locks of both sides as they are now: a remedy made a minute ago must count. */
export async function readReference(ref: RunRef): Promise<Progress> {
  return withRunIn(PREPARING_STATES, ref, async ({ runtime, context, trigger, lane }) => {
    const anew = { maxAgeMs: trigger === "notice" ? NOTICE_REFERENCE_AGE_MS : 0, lane };
    await loadReference(runtime, ref.workspaceId, context.ledger.connectionId, anew);
    await loadReference(runtime, ref.workspaceId, context.source.connectionId, anew);
    return DONE;
  });
}

/** Writes of an earlier run that nobody knows the outcome of are settled before anything new is planned. */
export async function settleEarlierWrites(ref: RunRef): Promise<Progress> {
  return withRunIn(PREPARING_STATES, ref, async ({ context, rulebook }) => {
    const book = await rulebook();
    const side = writingSide(context);
    let waitMs = 0;
    for (const recordType of context.recordTypes)
      waitMs = Math.max(waitMs, (await settleUnknowns(side, recordType, book, "drop")).waitMs);
    return { done: waitMs === 0, waitMs };
  });
}

/**
 * What the run keeps in step, and in which order: postings go from what is needed first, what is taken back the other way.
 * `toReverse` are the kinds of which an undo takes back what lies in closed periods, or posts what does so.
 */
export async function typesOfRun(ref: RunRef): Promise<{
  toRead: readonly RecordType[];
  toWrite: readonly RecordType[];
  toReverse: readonly RecordType[];
}> {
  return withRun(ref, async ({ context: { recordTypes, undoesRunId, takesLocked } }) => ({
    toRead: recordTypes,
    toWrite: undoesRunId === null ? recordTypes : [...recordTypes].reverse(),
    toReverse: takesLocked === true ? recordTypes.filter(isInReversals) : [],
  }));
}

const isInReversals = (type: RecordType): boolean =>
  REVERSED_BY[type] !== undefined || Object.values(REVERSED_BY).some(({ allocation }) => allocation === type);

/** Plans what takes back the records of a kind that lie in closed periods, once the rest of the undo is planned. */
export async function planReversalsOfType(ref: RunRef, recordType: RecordType): Promise<Progress> {
  return withRunIn(PREPARING_STATES, ref, async ({ context, rulebook, until }) =>
    planReversals(context, recordType, await rulebook(), until),
  );
}

export async function readSource(ref: RunRef, recordType: RecordType): Promise<Progress> {
  return withRunIn(PREPARING_STATES, ref, async ({ runtime, context, until }) =>
    // What is taken back does not depend on what the source says by now.
    context.undoesRunId === null
      ? readAndMiss(context, recordType, until, runtime.env.DELETIONS_LOOK_MS)
      : DONE,
  );
}

/** What is new and changed, and then what is not there any more, which no pull tells. */
async function readAndMiss(
  context: SyncContext,
  recordType: RecordType,
  until: Date,
  deletionsEveryMs: number,
): Promise<Progress> {
  const read = await pullSource(context, recordType, until);
  if (!read.done || context.direction === "toSource") return read;
  return noticeVanished(context, recordType, until, deletionsEveryMs);
}

export async function readLedger(ref: RunRef, recordType: RecordType): Promise<Progress> {
  return withRunIn(PREPARING_STATES, ref, ({ context, until }) =>
    pullLedger(context, recordType, "ledgerReadAt", until),
  );
}

export async function planRecordType(ref: RunRef, recordType: RecordType): Promise<Progress> {
  return withRunIn(PREPARING_STATES, ref, async ({ context, rulebook, until }) => {
    await setRunState(context, "planning");
    const book = await rulebook();
    if (context.undoesRunId !== null) return planUndo(context, recordType, book.ledger.lockDate);
    if (context.direction === "toSource") return planBack(writingSide(context), recordType, book, until);
    await noticeGoneInLedger(context, recordType);
    return planRecords(context, recordType, book, until);
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
        await followBack(runtime, tx, run);
        return;
      }
      if (run.undoesRunId === null && context.direction === "toLedger") await sealPlan(context, tx);
      await changeRunState(tx, ref.runId, "previewed", now);
      const types = toDo.map(({ recordType }) => recordType);
      // A press posts what was previewed to the ledger, and what follows it back to the source without a second one.
      const isFollowing = context.direction === "toSource";
      const goesOn = (trigger !== "person" || isFollowing) && (await postsByItself(tx, context, types));
      // A run that is held stays a preview; once people have decided, the next one finds them so.
      if (goesOn && (await whyNotPosted(runtime, tx, run)) === null) {
        await changeRunState(tx, ref.runId, "applying", now);
        await orderPosting(tx, ref, null, now);
      } else if (trigger !== "person") {
        // It waits for people, who may take days: the pair looks again at its time all the same.
        await planNextRun(tx, run, "finished", now);
      }
    });
    await sendOutboxSoon(runtime);
  });
}

/** The first press made the pair live, and neither the pair nor all of these flows were stopped since. */
async function postsByItself(
  tx: Transaction,
  { pairId, direction }: SyncContext,
  recordTypes: readonly string[],
): Promise<boolean> {
  const pair = await tx.pair.findUnique({ where: { id: pairId }, select: { state: true } });
  const live = await tx.flow.count({
    where: { pairId, direction, state: "live", recordType: { in: [...recordTypes] } },
  });
  return pair?.state === "live" && live > 0;
}
