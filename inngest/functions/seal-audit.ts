import { cron } from "inngest";
import { sealAudit } from "@/lib/operations/audit/seal-audit";
import { inngest } from "../inngest";

/**
 * Chains lines of the audit trail that nobody has sealed yet: those of runs, and of pages whose process died meanwhile.
 * Started every minute; what people do in their browsers is sealed at once. Safe to run twice: a link has one place.
 */
export const sealAuditOnSchedule = inngest.createFunction(
  {
    id: "seal-audit",
    triggers: [cron("* * * * *")],
    retries: 1,
    concurrency: { limit: 1 },
    timeouts: { finish: "10m" },
    onFailure: async ({ error, logger }) => {
      logger.error({ err: error }, "the audit trail could not be sealed");
    },
  },
  async ({ step }) => step.run("seal", () => sealAudit()),
);
