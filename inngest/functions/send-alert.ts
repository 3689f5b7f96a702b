import { noteAlertFailed, sendAlert } from "@/lib/operations/alerts/send-alert";
import { alertDeliveryRequested } from "../events";
import { inngest } from "../inngest";

/**
 * Posts one alert to a Slack or webhook address. Started by each request for one. A crash before the address took it
 * loses nothing; one right after posts it once more with the same id. What was sent or given up is not posted again.
 */
export const sendAlertOnRequest = inngest.createFunction(
  {
    id: "send-alert",
    triggers: [alertDeliveryRequested],
    retries: 6,
    concurrency: { limit: 1, key: "event.data.deliveryId" },
    timeouts: { finish: "4h" },
    onFailure: async ({ event, error, logger, step }) => {
      logger.error({ err: error }, "an alert could not be sent");
      const { workspaceId, deliveryId } = event.data.event.data;
      await step.run("give-up", () => noteAlertFailed({ workspaceId, deliveryId }));
    },
  },
  async ({ event, step }) => step.run("send", () => sendAlert(event.data)),
);
