import { applyStripeEvent } from "@/lib/operations/billing/apply-stripe-event";
import { billingEventReceived } from "../events";
import { inngest } from "../inngest";

/**
 * Looks at Stripe again when it told of something. Started by each event that was taken. Safe to run twice and in any
 * order: what is stored is what Stripe has now, never what an event said; one workspace is looked at by one at a time.
 */
export const applyStripeEventOnReceipt = inngest.createFunction(
  {
    id: "apply-stripe-event",
    triggers: [billingEventReceived],
    retries: 8,
    concurrency: { limit: 1, key: "event.data.workspaceId" },
    timeouts: { finish: "1h" },
    onFailure: async ({ error, logger }) => {
      logger.error(
        { err: error },
        "an event of Stripe's could not be followed; the daily look makes up for it",
      );
    },
  },
  async ({ event, step }) => step.run("apply", () => applyStripeEvent(event.data)),
);
