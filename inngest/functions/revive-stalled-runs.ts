import { cron } from "inngest";
import { reviveStalledRuns } from "@/lib/operations/runs/revive-stalled-runs";
import { inngest } from "../inngest";

/**
 * Orders anew the runs at work of which nothing was heard for minutes, and fails those that this does not help, so that
 * their owner can start again. Started every minute. Safe to run twice: the second one finds them looked after.
 */
export const reviveStalledRunsOnSchedule = inngest.createFunction(
  {
    id: "revive-stalled-runs",
    triggers: [cron("* * * * *")],
    retries: 1,
    concurrency: { limit: 1 },
    timeouts: { finish: "5m" },
    onFailure: async ({ error, logger }) => {
      logger.error({ err: error }, "the runs that are stalled could not be started anew");
    },
  },
  async ({ step }) => step.run("revive", () => reviveStalledRuns()),
);
