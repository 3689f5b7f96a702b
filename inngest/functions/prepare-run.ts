import { keepDiary } from "@/lib/operations/parallel/keep-diary";
import { tieOutChanges } from "@/lib/operations/reconciliation/run-tie-out";
import { finishCount, isCount } from "@/lib/operations/runs/count-source";
import { failRun } from "@/lib/operations/runs/post-run";
import {
  finishPlanning,
  planRecordType,
  planReversalsOfType,
  readLedger,
  readReference,
  readSource,
  settleEarlierWrites,
  typesOfRun,
} from "@/lib/operations/runs/prepare-run";
import { PREPARING_STATES } from "@/lib/operations/runs/run-states";
import { previewContinued, previewRequested } from "../events";
import { inngest } from "../inngest";
import { describeFailure } from "./describe-failure";
import { type StepCounter, StepsUsedUp, untilDone } from "./run-steps";

/**
 * Reads both systems and plans a run; posts nothing. Started by a preview request or by its own continuation. Safe to run
 * twice: every piece stores how far it came, and a piece that is done answers so at once.
 */
export const prepareRun = inngest.createFunction(
  {
    id: "prepare-run",
    triggers: [previewRequested, previewContinued],
    retries: 4,
    concurrency: { limit: 1, key: "event.data.workspaceId" },
    timeouts: { finish: "24h" },
    onFailure: async ({ event, error, step }) => {
      const ref = event.data.event.data;
      await step.run("fail-run", () =>
        failRun({ workspaceId: ref.workspaceId, runId: ref.runId }, PREPARING_STATES, describeFailure(error)),
      );
    },
  },
  async ({ event, step }) => {
    const ref = { workspaceId: event.data.workspaceId, runId: event.data.runId };
    const counter: StepCounter = { used: 0 };
    try {
      await untilDone(step, counter, "settle-earlier-writes", () => settleEarlierWrites(ref));
      await untilDone(step, counter, "read-reference", () => readReference(ref));
      const { toRead, toWrite, toReverse, onlyCounts } = await step.run("list-types", async () => ({
        ...(await typesOfRun(ref)),
        onlyCounts: await isCount(ref),
      }));
      for (const type of toRead)
        await untilDone(step, counter, `read-source-${type}`, () => readSource(ref, type));
      if (onlyCounts) {
        await step.run("finish-count", () => finishCount(ref));
        return ref;
      }
      for (const type of toRead)
        await untilDone(step, counter, `read-ledger-${type}`, () => readLedger(ref, type));
      for (const type of toWrite)
        await untilDone(step, counter, `plan-${type}`, () => planRecordType(ref, type));
      for (const type of toReverse)
        await untilDone(step, counter, `plan-reversals-${type}`, () => planReversalsOfType(ref, type));
      await step.run("finish-planning", () => finishPlanning(ref));
      await untilDone(step, counter, "tie-out-changes", () => tieOutChanges(ref));
      await untilDone(step, counter, "keep-diary", () => keepDiary(ref));
    } catch (thrown) {
      if (!(thrown instanceof StepsUsedUp)) throw thrown;
      await step.sendEvent("continue", previewContinued.create(ref));
    }
    return ref;
  },
);
