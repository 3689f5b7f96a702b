import { cron } from "inngest";
import { sendDueDigests } from "@/lib/operations/alerts/send-digests";
import { inngest } from "../inngest";

/**
 * Sends the daily digests whose hour has come. Started every quarter of an hour, since time zones begin their hours at
 * each of them. Safe to run twice: what a digest gathered is marked in the same transaction.
 */
export const sendAlertDigestsOnSchedule = inngest.createFunction(
  {
    id: "send-alert-digests",
    triggers: [cron("*/15 * * * *")],
    retries: 1,
    concurrency: { limit: 1 },
    timeouts: { finish: "5m" },
    onFailure: async ({ error, logger }) => {
      logger.error({ err: error }, "the digests of alerts could not be sent");
    },
  },
  async ({ step }) => step.run("send", () => sendDueDigests()),
);
