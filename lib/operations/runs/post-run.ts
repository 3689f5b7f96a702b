import type { Progress } from "@/lib/domain/progress";
import type { RecordType } from "@/lib/domain/record-type";
import { postRecords } from "@/lib/sync/post-records";
import { pullLedger } from "@/lib/sync/pull-ledger";
import { pullSource } from "@/lib/sync/pull-source";
import { writingSide } from "@/lib/sync/sync-context";
import { sendOutboxSoon } from "../outbox/send-outbox";
import { getRuntime } from "../runtime";
import { followBack } from "./follow-back";
import { type RunRef, withRun, withRunIn } from "./run-context";
import {
  changeRunState,
  POSTING_STATES,
  parseRunState,
  type StoredRunState,
  setRunState,
} from "./run-states";

/** The pieces of posting a run, one for each step of the function. Each can be repeated without posting twice. */

export async function postRecordType(ref: RunRef, recordType: RecordType): Promise<Progress> {
  return withRunIn(POSTING_STATES, ref, async ({ context, rulebook, until }) =>
    postRecords(writingSide(context), recordType, await rulebook(), until),
  );
}

/** Posts the documents of a kind that take back what lies in closed periods, after all that can go is out. */
export async function postReversalsOfType(ref: RunRef, recordType: RecordType): Promise<Progress> {
  return withRunIn(POSTING_STATES, ref, async ({ context, rulebook, until }) =>
    postRecords(context, recordType, await rulebook(), until, "reversals"),
  );
}

/** Reads what was posted back behind the cursor, so that the next run finds nothing new of our own making. */
export async function catchUpLedger(ref: RunRef, recordType: RecordType): Promise<Progress> {
  return withRunIn(POSTING_STATES, ref, ({ context, until }) =>
    context.direction === "toSource"
      ? pullSource(context, recordType, until, "caughtUpAt")
      : pullLedger(context, recordType, "caughtUpAt", until),
  );
}

/** False for a run that nobody started, or that has ended: an order to post that comes late or twice changes nothing. */
export async function isPosting(ref: RunRef): Promise<boolean> {
  const { database } = await getRuntime();
  const run = await database.withWorkspace(ref.workspaceId, (tx) =>
    tx.syncRun.findUnique({ where: { id: ref.runId }, select: { state: true } }),
  );
  return run?.state === "applying" || run?.state === "tyingOut";
}

/** False where the run has ended meanwhile. */
export async function beginTieOut(ref: RunRef): Promise<boolean> {
  if (!(await isPosting(ref))) return false;
  await withRun(ref, ({ context }) => setRunState(context, "tyingOut"));
  return true;
}

export async function finishRun(ref: RunRef): Promise<void> {
  await withRun(ref, async ({ runtime, context, state }) => {
    // Another order of the same run was quicker, or the run was given up.
    if (!POSTING_STATES.includes(state)) return;
    await context.database.withWorkspace(ref.workspaceId, async (tx) => {
      await changeRunState(tx, ref.runId, "finished", runtime.clock.now());
      await followBack(runtime, tx, { id: ref.runId, workspaceId: ref.workspaceId, pairId: context.pairId });
    });
    // Notices that came meanwhile are told of again.
    await sendOutboxSoon(runtime);
  });
}

/**
 * Ends a run that cannot go on, with a sentence for its owner, unless it is past the states in which that work was to be
 * done. What is posted stays and is known to be.
 */
export async function failRun(
  ref: RunRef,
  states: readonly StoredRunState[],
  failure: string,
): Promise<void> {
  const { database, clock } = await getRuntime();
  await database.withWorkspace(ref.workspaceId, async (tx) => {
    const run = await tx.syncRun.findUnique({ where: { id: ref.runId } });
    if (!run || !states.includes(parseRunState(run.state))) return;
    await changeRunState(tx, ref.runId, "failed", clock.now(), failure);
  });
}
