import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { makeWorkerUtils, run } from "graphile-worker";
import pg from "pg";
import { z } from "zod";
import { silentLogger } from "@/inngest/runner/context";
import { migrateRunner } from "@/inngest/runner/migrate-runner";
import { queueLogger } from "@/inngest/runner/queue-logger";
import { startRunner } from "@/inngest/runner/start-runner";
import { startEmbeddedPostgres } from "@/lib/db/embedded-postgres";
import { migrateDatabase } from "@/lib/db/migrate";
import { sendRequest } from "@/lib/http/send-request";
import { readPeakMemory } from "@/scripts/main-job/memory";
import { endProcess, freePort, HEAP_LIMIT } from "@/scripts/stack";
import { round } from "./figures";
import type { RunnerAppOptions } from "./runner-app";

/**
 * How fast the embedded runner is, with the functions in a process of their own and a PostgreSQL that waits for its disk:
 * steps a second in one sequence over continued runs (and whether it slows down), in ten sequences at once, and jobs
 * without steps beside the bare queue's own.
 */
/** As many as the product's own functions make before they continue in a new run. */
const STEPS_A_RUN = 150;
const TEN = 10;
const JOBS = 3_000;
const EVENTS_AT_ONCE = 500;
const WARM_UP_STEPS = 600;
const POLL_MS = 10;

export async function benchRunner(options: { steps: number; say: (line: string) => void }) {
  const dir = await mkdtemp(join(tmpdir(), "tieout-bench-"));
  // The server's account must be able to pass through.
  await chmod(dir, 0o755);
  const postgres = await startEmbeddedPostgres({ dir: join(dir, "postgres") });
  const ownerUrl = postgres.ownerUrl("tieout");
  await migrateDatabase(ownerUrl, { rolePasswords: postgres.rolePasswords });
  await migrateRunner(ownerUrl);
  const { runnerUrl } = postgres.urls("tieout");
  const queueJobsPerSecond = await benchQueue(ownerUrl);
  const port = await freePort();
  const keys = {
    signingKey: `signkey-bench-${randomBytes(32).toString("hex")}`,
    eventKey: randomBytes(16).toString("hex"),
  };
  const app = await startApp({
    ...keys,
    runnerOrigin: `http://127.0.0.1:${port}`,
    stepsARun: STEPS_A_RUN,
  });
  const runner = await startRunner({ ...keys, databaseUrl: runnerUrl, appUrl: app.appUrl, port });
  const client = new pg.Client({ connectionString: runnerUrl });
  await client.connect();
  const bench = { client, send: senderOf(runner.origin, keys.eventKey) };
  try {
    await runner.registered();
    await runChains(bench, ["warm-up"], WARM_UP_STEPS);
    options.say(`${options.steps} steps in one sequence`);
    const one = await runChains(bench, ["one"], options.steps);
    options.say("Ten sequences at once");
    const names = Array.from({ length: TEN }, (_, index) => `ten-${index}`);
    const ten = await runChains(bench, names, Math.ceil(options.steps / TEN / 2));
    options.say("Jobs without steps");
    const plainJobsPerSecond = await runJobs(bench);
    const peak = await readPeakMemory(process.pid);
    return {
      stepsPerSecondSequential: one.stepsPerSecond,
      stepsPerSecondTenRuns: ten.stepsPerSecond,
      plainJobsPerSecond,
      queueJobsPerSecond,
      steps: options.steps,
      runs: one.runs,
      firstQuarterPerSecond: one.firstQuarterPerSecond,
      lastQuarterPerSecond: one.lastQuarterPerSecond,
      lastToFirst: round(one.lastQuarterPerSecond / one.firstQuarterPerSecond, 2),
      peakRssMb: peak?.peakRssMb ?? null,
      peakRssProcess: peak?.name ?? null,
    };
  } finally {
    await client.end();
    await runner.stop();
    await app.stop();
    await postgres.stop();
    await rm(dir, { recursive: true, force: true });
  }
}

interface Bench {
  readonly client: pg.Client;
  readonly send: (events: readonly object[]) => Promise<void>;
}

function senderOf(origin: string, eventKey: string) {
  return async (events: readonly object[]): Promise<void> => {
    const answer = await sendRequest({
      method: "POST",
      url: `${origin}/e/${eventKey}`,
      headers: { "content-type": "application/json" },
      body: JSON.stringify(events),
      timeoutMs: 60_000,
    });
    if (answer.status !== 200) throw new Error(`the runner took no events: ${answer.text}`);
  };
}

/** The database's own instants, so that this process's polling is not in the figures. */
async function runChains({ client, send }: Bench, chains: readonly string[], steps: number) {
  const runs = chains.length * Math.ceil(steps / STEPS_A_RUN);
  await send(chains.map((chain) => ({ name: "chain", data: { chain, stepsLeft: steps } })));
  await untilEnded(client, runs, chains);
  const { rows } = await client.query<{ seconds: number; first: number; last: number }>(
    `WITH ended AS (
       SELECT created_at, ended_at, ntile(4) OVER (ORDER BY ended_at) AS quarter FROM runner.runs
        WHERE event::jsonb -> 'data' ->> 'chain' = ANY($1)),
     spans AS (SELECT quarter, count(*) AS runs, extract(epoch FROM max(ended_at) - min(created_at)) AS seconds
                 FROM ended GROUP BY quarter)
     SELECT (SELECT extract(epoch FROM max(ended_at) - min(created_at)) FROM ended)::float8 AS seconds,
            (SELECT runs / seconds FROM spans WHERE quarter = 1)::float8 AS first,
            (SELECT runs / seconds FROM spans WHERE quarter = 4)::float8 AS last`,
    [chains],
  );
  const row = rows[0] ?? { seconds: Number.NaN, first: Number.NaN, last: Number.NaN };
  return {
    runs,
    stepsPerSecond: round((chains.length * steps) / row.seconds, 1),
    firstQuarterPerSecond: round(row.first * STEPS_A_RUN, 1),
    lastQuarterPerSecond: round(row.last * STEPS_A_RUN, 1),
  };
}

async function untilEnded(client: pg.Client, count: number, chains: readonly string[]): Promise<void> {
  for (;;) {
    const { rows } = await client.query<{ ended: number; failed: number }>(
      `SELECT count(*) FILTER (WHERE status = 'completed')::int AS ended,
              count(*) FILTER (WHERE status IN ('failed', 'cancelled'))::int AS failed
         FROM runner.runs WHERE function_id = 'bench-chain' AND event::jsonb -> 'data' ->> 'chain' = ANY($1)`,
      [chains],
    );
    if (rows[0]?.failed) throw new Error("a run of the benchmark failed");
    if (rows[0]?.ended === count) return;
    await delay(count > TEN ? 500 : POLL_MS);
  }
}

async function runJobs({ client, send }: Bench): Promise<number> {
  const started = performance.now();
  for (let sent = 0; sent < JOBS; sent += EVENTS_AT_ONCE)
    await send(Array.from({ length: EVENTS_AT_ONCE }, () => ({ name: "job", data: {} })));
  for (;;) {
    const { rows } = await client.query<{ ended: number }>(
      "SELECT count(*)::int AS ended FROM runner.runs WHERE function_id = 'bench-job' AND status = 'completed'",
    );
    if (rows[0]?.ended === JOBS) break;
    await delay(POLL_MS);
  }
  return round(JOBS / ((performance.now() - started) / 1000), 1);
}

/** The queue alone, with as many workers and as durable: what jobs cost before anything is asked of an app. */
async function benchQueue(ownerUrl: string): Promise<number> {
  const logger = queueLogger(silentLogger);
  const utils = await makeWorkerUtils({ connectionString: ownerUrl, logger });
  await utils.addJobs(Array.from({ length: JOBS }, () => ({ identifier: "plain", payload: {} })));
  await utils.release();
  const started = performance.now();
  let left = JOBS;
  let finish = (): void => {};
  const through = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const queue = await run({
    connectionString: ownerUrl,
    logger,
    noHandleSignals: true,
    preset: { worker: { concurrentJobs: 20, pollInterval: 1_000, localQueue: { size: 20 } } },
    taskList: {
      plain() {
        left -= 1;
        if (left === 0) finish();
      },
    },
  });
  await through;
  const seconds = (performance.now() - started) / 1000;
  await queue.stop();
  return round(JOBS / seconds, 1);
}

const addressSchema = z.object({ appUrl: z.string() });

async function startApp(options: RunnerAppOptions): Promise<{ appUrl: string; stop(): Promise<void> }> {
  const child = spawn(
    process.execPath,
    [HEAP_LIMIT, "--import", "tsx", "bench/runner-app.ts", JSON.stringify(options)],
    { cwd: fileURLToPath(new URL("..", import.meta.url)), stdio: ["ignore", "pipe", "inherit"] },
  );
  for await (const line of createInterface({ input: child.stdout }))
    return { ...addressSchema.parse(JSON.parse(line)), stop: () => endProcess(child) };
  throw new Error("the benchmark's functions ended before they answered");
}
