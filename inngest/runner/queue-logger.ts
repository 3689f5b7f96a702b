import { Logger } from "graphile-worker";
import type { RunnerLogger } from "./context";

/** graphile-worker's messages, without its notes on every job: only what is wrong reaches the runner's log. */
export function queueLogger(logger: RunnerLogger): Logger {
  return new Logger(() => (level, message) => {
    if (level === "error") logger.error(`queue: ${message}`);
    if (level === "warning") logger.warn(`queue: ${message}`);
  });
}
