import { cron } from "inngest";
import { lookForAlerts } from "@/lib/operations/alerts/look-for-alerts";
import { inngest } from "../inngest";

/**
 * Looks for what somebody has to be told of, or is over. Started every minute. Safe to run twice: one look at a time in
 * a workspace, and what a look told is kept in the same transaction as the request to send it.
 */
export const lookForAlertsOnSchedule = inngest.createFunction(
  {
    id: "look-for-alerts",
    triggers: [cron("* * * * *")],
    retries: 1,
    concurrency: { limit: 1 },
    timeouts: { finish: "5m" },
    onFailure: async ({ error, logger }) => {
      logger.error({ err: error }, "alerts could not be looked for");
    },
  },
  async ({ step }) => step.run("look", () => lookForAlerts()),
);
