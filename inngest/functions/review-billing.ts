import { cron } from "inngest";
import { reviewBilling } from "@/lib/operations/billing/review-billing";
import { inngest } from "../inngest";

/**
 * Looks at every plan that was not read for a day, and gives back connections whose notice has run out. Started every hour.
 * Safe to run twice: a plan that was just read is left alone, and connections are given back once.
 */
export const reviewBillingOnSchedule = inngest.createFunction(
  {
    id: "review-billing",
    triggers: [cron("23 * * * *")],
    retries: 1,
    concurrency: { limit: 1 },
    timeouts: { finish: "30m" },
    onFailure: async ({ error, logger }) => {
      logger.error({ err: error }, "some plans could not be looked at");
    },
  },
  async ({ step }) => step.run("review", () => reviewBilling()),
);
