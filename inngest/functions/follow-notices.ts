import { takeNotices } from "@/lib/operations/notices/take-notices";
import { noticeReceived } from "../events";
import { inngest } from "../inngest";

/**
 * Makes one run of a burst of notices of a pair: started when none has come for a second, or ten seconds after
 * the first. Safe to run twice: the notices wait in the database, and whoever comes second finds none. Those that come
 * while a run is at work are told of again at its end; should an event be lost, the clock's look finds them.
 */
export const followNotices = inngest.createFunction(
  {
    id: "follow-notices",
    triggers: [noticeReceived],
    retries: 4,
    debounce: { key: "event.data.pairId", period: "1s", timeout: "10s" },
    concurrency: { limit: 1, key: "event.data.pairId" },
    timeouts: { finish: "10m" },
    onFailure: async ({ event, error, logger }) => {
      logger.error({ err: error, pairId: event.data.event.data.pairId }, "notices could not be followed");
    },
  },
  async ({ event, step }) => {
    const { workspaceId, pairId } = event.data;
    return step.run("take-notices", () => takeNotices({ workspaceId, pairId }));
  },
);
