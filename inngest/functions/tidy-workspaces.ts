import { cron } from "inngest";
import { tidyWorkspaces } from "@/lib/operations/privacy/tidy-workspaces";
import { inngest } from "../inngest";

/**
 * Deletes workspaces whose deletion is due and what was read from connections that ended long ago. Started every hour. Safe to
 * run twice: what is gone is not found again, and what was interrupted goes on.
 */
export const tidyWorkspacesOnSchedule = inngest.createFunction(
  {
    id: "tidy-workspaces",
    triggers: [cron("17 * * * *")],
    retries: 1,
    concurrency: { limit: 1 },
    timeouts: { finish: "50m" },
    onFailure: async ({ error, logger }) => {
      logger.error({ err: error }, "workspaces could not be tidied");
    },
  },
  async ({ step }) => step.run("tidy", () => tidyWorkspaces()),
);
