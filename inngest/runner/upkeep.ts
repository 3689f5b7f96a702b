import { setTimeout as delay } from "node:timers/promises";
import { errorText } from "@/lib/kernel/errors";
import type { RunnerContext } from "./context";
import type { Instance } from "./instances";
import { POLL_INTERVAL_MS } from "./queue";
import { forgetOld, sweep } from "./sweep";

/*
 * What a runner does again and again: shows that it lives, frees what dead ones held, looks for what is due, forgets
 * what is old. A round that fails is logged, and the next one tries again.
 */

const RETENTION_DAYS = 30;
const RETENTION_INTERVAL_MS = 3_600_000;

export interface UpkeepOptions {
  readonly pollIntervalMs?: number;
  readonly retentionDays?: number;
}

export function startUpkeep(
  runner: RunnerContext,
  options: UpkeepOptions,
  instance: () => Instance | undefined,
): { stop(): Promise<void> } {
  const aborted = new AbortController();
  const intervalMs = options.pollIntervalMs ?? POLL_INTERVAL_MS;
  let forgotAt = 0;

  async function round(): Promise<void> {
    await instance()?.tend();
    await sweep(runner);
    if (Date.now() - forgotAt < RETENTION_INTERVAL_MS) return;
    forgotAt = Date.now();
    await forgetOld(runner, options.retentionDays ?? RETENTION_DAYS);
  }

  async function loop(): Promise<void> {
    while (!aborted.signal.aborted) {
      await round().catch((thrown: unknown) => {
        runner.logger.error("a round of the runner's upkeep failed", { error: errorText(thrown) });
      });
      await delay(intervalMs, undefined, { signal: aborted.signal }).catch(() => {});
    }
  }

  const looping = loop();
  return {
    async stop() {
      aborted.abort();
      await looping;
    },
  };
}
