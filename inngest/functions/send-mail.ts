import { noteMailFailed, sendRequestedMail } from "@/lib/operations/mail/send-requested-mail";
import { mailRequested } from "../events";
import { inngest } from "../inngest";

/**
 * Sends one mail. Started by each request for one. A crash before the server took it loses nothing; one right after
 * sends the very same mail, link and id, once more. A mail that was sent is no longer there to be sent.
 */
export const sendMailOnRequest = inngest.createFunction(
  {
    id: "send-mail",
    triggers: [mailRequested],
    retries: 6,
    concurrency: { limit: 1, key: "event.data.mailId" },
    timeouts: { finish: "1h" },
    onFailure: async ({ event, error, logger, step }) => {
      logger.error({ err: error }, "a mail could not be sent");
      const { workspaceId, mailId } = event.data.event.data;
      await step.run("give-up", () => noteMailFailed({ workspaceId, mailId }));
    },
  },
  async ({ event, step }) => step.run("send", () => sendRequestedMail(event.data)),
);
