import { failTieOut, tieOutWhenIdle } from "@/lib/operations/reconciliation/run-tie-out";
import { tieOutContinued, tieOutRequested } from "../events";
import { inngest } from "../inngest";
import { type StepCounter, StepsUsedUp, untilDone } from "./run-steps";

/**
 * Ties both systems out because a person pressed for it: it reads both and writes to neither. Safe to run twice: every page
 * of the reading is stored with its place, and a comparison that is made again gives the same answer.
 */
export const tieOut = inngest.createFunction(
  {
    id: "tie-out",
    triggers: [tieOutRequested, tieOutContinued],
    retries: 4,
    concurrency: { limit: 1, key: "event.data.workspaceId" },
    timeouts: { finish: "24h" },
    onFailure: async ({ event, step }) => {
      const ref = event.data.event.data;
      await step.run("fail-tie-out", () => failTieOut({ workspaceId: ref.workspaceId, runId: ref.runId }));
    },
  },
  async ({ event, step }) => {
    const ref = { workspaceId: event.data.workspaceId, runId: event.data.runId };
    const counter: StepCounter = { used: 0 };
    try {
      await untilDone(step, counter, "tie-out", () => tieOutWhenIdle(ref));
    } catch (thrown) {
      if (!(thrown instanceof StepsUsedUp)) throw thrown;
      await step.sendEvent("continue", tieOutContinued.create(ref));
    }
    return ref;
  },
);
