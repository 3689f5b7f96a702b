import { tieOutPiece } from "@/lib/operations/reconciliation/run-tie-out";
import {
  beginTieOut,
  catchUpLedger,
  failRun,
  finishRun,
  isPosting,
  postRecordType,
  postReversalsOfType,
} from "@/lib/operations/runs/post-run";
import { typesOfRun } from "@/lib/operations/runs/prepare-run";
import { POSTING_STATES } from "@/lib/operations/runs/run-states";
import { postingContinued, postingRequested } from "../events";
import { inngest } from "../inngest";
import { describeFailure } from "./describe-failure";
import { type StepCounter, StepsUsedUp, untilDone } from "./run-steps";

/**
 * Posts what a preview planned, reads it back, and ties both systems out. Started by a person's press or by its own
 * continuation. Safe to run twice: a record is posted under a stored intent, and one whose outcome is unknown is
 * looked for in the ledger before anything is sent again.
 */
export const postRun = inngest.createFunction(
  {
    id: "post-run",
    triggers: [postingRequested, postingContinued],
    retries: 4,
    concurrency: { limit: 1, key: "event.data.workspaceId" },
    timeouts: { finish: "24h" },
    onFailure: async ({ event, error, step }) => {
      const ref = event.data.event.data;
      await step.run("fail-run", () =>
        failRun({ workspaceId: ref.workspaceId, runId: ref.runId }, POSTING_STATES, describeFailure(error)),
      );
    },
  },
  async ({ event, step }) => {
    const ref = { workspaceId: event.data.workspaceId, runId: event.data.runId };
    const counter: StepCounter = { used: 0 };
    try {
      if (!(await step.run("open-run", () => isPosting(ref)))) return ref;
      const { toRead, toWrite, toReverse } = await step.run("list-types", () => typesOfRun(ref));
      for (const type of toWrite)
        await untilDone(step, counter, `post-${type}`, () => postRecordType(ref, type));
      for (const type of toReverse)
        await untilDone(step, counter, `reverse-${type}`, () => postReversalsOfType(ref, type));
      for (const type of toRead)
        await untilDone(step, counter, `catch-up-${type}`, () => catchUpLedger(ref, type));
      if (!(await step.run("begin-tie-out", () => beginTieOut(ref)))) return ref;
      await untilDone(step, counter, "tie-out", () => tieOutPiece(ref));
      await step.run("finish-run", () => finishRun(ref));
    } catch (thrown) {
      if (!(thrown instanceof StepsUsedUp)) throw thrown;
      await step.sendEvent("continue", postingContinued.create(ref));
    }
    return ref;
  },
);
