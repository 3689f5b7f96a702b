import { cron } from "inngest";
import { startDueRuns } from "@/lib/operations/schedules/start-due-runs";
import { inngest } from "../inngest";

/**
 * Starts the runs whose time has come, those that failed and are to be tried again, and those of notices that nobody
 * took. Started every minute. Safe to run twice: a pair has one run at work.
 */
export const startDueRunsOnSchedule = inngest.createFunction(
  {
    id: "start-due-runs",
    triggers: [cron("* * * * *")],
    retries: 1,
    concurrency: { limit: 1 },
    timeouts: { finish: "5m" },
    onFailure: async ({ error, logger }) => {
      logger.error({ err: error }, "the runs that are due could not be started");
    },
  },
  async ({ step }) => step.run("start", () => startDueRuns()),
);
