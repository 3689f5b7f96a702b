import { setTimeout as delay } from "node:timers/promises";
import { type Runner as Queue, run, type TaskList } from "graphile-worker";
import pg from "pg";
import { z } from "zod";
import type { RunnerContext } from "./context";
import { driveRun } from "./drive-run";
import { queueLogger } from "./queue-logger";
import { fireCron, fireDeadline, fireDebounce } from "./timed-jobs";

/*
 * graphile-worker as the runner uses it: four kinds of job, delivered to this process. The queue's own bookkeeping need
 * not survive a power cut (a job that is delivered twice finds nothing to do), so its connections do not wait for the
 * disk; what the runner itself stores does.
 */

export const POLL_INTERVAL_MS = 1_000;
const CONCURRENT_RUNS = 20;
const RESTART_DELAY_MS = 1_000;

const drivePayload = z.object({ runId: z.string() });
const cronPayload = z.object({ functionId: z.string(), cron: z.string() });
const debouncePayload = z.object({ functionId: z.string(), key: z.string(), version: z.int() });

export interface QueueOptions {
  readonly databaseUrl: string;
  readonly pollIntervalMs?: number;
  readonly concurrentRuns?: number;
}

/**
 * Starts to deliver jobs, and starts again where graphile-worker gives up (it does when the database stays away).
 * `onPool` learns the name under which jobs are locked before the first one is.
 */
export async function openQueue(
  runner: RunnerContext,
  options: QueueOptions,
  onPool: (workerPool: string) => Promise<void>,
): Promise<{ stop(): Promise<void> }> {
  const pgPool = openPool(runner, options);
  let stopping = false;
  let queue = await startQueue(runner, options, pgPool, onPool);

  async function supervise(): Promise<void> {
    while (!stopping) {
      await queue.promise.catch(() => {});
      if (stopping) return;
      runner.logger.error("the queue stopped by itself and is started again");
      await delay(RESTART_DELAY_MS);
      queue = await startQueue(runner, options, pgPool, onPool).catch(() => queue);
    }
  }
  void supervise();
  return {
    async stop() {
      stopping = true;
      await queue.stop().catch(() => {});
      await pgPool.end();
    },
  };
}

function openPool(runner: RunnerContext, options: QueueOptions): pg.Pool {
  const pgPool = new pg.Pool({
    connectionString: options.databaseUrl,
    max: options.concurrentRuns ?? CONCURRENT_RUNS,
    application_name: "tieout-runner-queue",
    options: "-c synchronous_commit=off",
  });
  pgPool.on("error", (error) => {
    runner.logger.warn("an idle connection of the queue broke", { error: error.message });
  });
  // graphile-worker wants a handler on each connection too, from its making on.
  pgPool.on("connect", (client) => client.on("error", () => {}));
  return pgPool;
}

async function startQueue(
  runner: RunnerContext,
  options: QueueOptions,
  pgPool: pg.Pool,
  onPool: (workerPool: string) => Promise<void>,
): Promise<Queue> {
  const concurrency = options.concurrentRuns ?? CONCURRENT_RUNS;
  const announced = announceOnce(onPool);
  const queue = await run({
    pgPool,
    taskList: tasksOf(runner),
    noHandleSignals: true,
    logger: queueLogger(runner.logger),
    preset: {
      plugins: [
        {
          name: "TieoutInstance",
          version: "1.0.0",
          worker: { hooks: { startWorker: (_context, { worker }) => announced.by(worker.workerPool.id) } },
        },
      ],
      worker: {
        concurrentJobs: concurrency,
        pollInterval: options.pollIntervalMs ?? POLL_INTERVAL_MS,
        localQueue: { size: concurrency },
        // Gathered and not sent one by one: a stop then waits for them.
        completeJobBatchDelay: 0,
        failJobBatchDelay: 0,
      },
    },
  });
  await announced.done;
  return queue;
}

function tasksOf(runner: RunnerContext): TaskList {
  return {
    drive: (payload) => driveRun(runner, drivePayload.parse(payload).runId),
    deadline: (payload) => fireDeadline(runner, drivePayload.parse(payload).runId),
    cron(payload) {
      const { functionId, cron } = cronPayload.parse(payload);
      return fireCron(runner, functionId, cron);
    },
    debounce(payload) {
      const { functionId, key, version } = debouncePayload.parse(payload);
      return fireDebounce(runner, functionId, key, version);
    },
  };
}

/** All workers of the pool start at once; the first announces it and the others wait. */
function announceOnce(onPool: (workerPool: string) => Promise<void>) {
  let settle: (announcement: Promise<void>) => void = () => {};
  const done = new Promise<void>((resolve) => {
    settle = resolve;
  });
  let announcing: Promise<void> | undefined;
  return {
    done,
    by(workerPool: string): Promise<void> {
      announcing ??= onPool(workerPool);
      settle(announcing);
      return announcing;
    },
  };
}
