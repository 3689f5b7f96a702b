import { cron } from "inngest";
import { sendWaitingEvents } from "@/lib/operations/outbox/send-outbox";
import { inngest } from "../inngest";

/**
 * Sends events that were committed but whose sender died before it sent them. Started every minute. Safe to run twice:
 * an event goes with its own id, and one that is sent twice counts once.
 */
export const sendOutboxOnSchedule = inngest.createFunction(
  {
    id: "send-outbox",
    triggers: [cron("* * * * *")],
    retries: 1,
    concurrency: { limit: 1 },
    timeouts: { finish: "1m" },
    onFailure: async ({ error, logger }) => {
      logger.error({ err: error }, "the outbox could not be sent");
    },
  },
  async ({ step }) => step.run("send", () => sendWaitingEvents()),
);
