import { createServer } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import type { Inngest, InngestFunction } from "inngest";
import { z } from "zod";
import { createInngestClient } from "@/inngest/client";
import { type ServedFunctions, serveFunctions } from "@/inngest/serve-node";
import { sendRequest } from "@/lib/http/send-request";
import { createTestDatabase } from "@/tests/setup/database";
import { silentLogger } from "./context";
import { migrateRunner } from "./migrate-runner";
import { readSigningKey, signBody } from "./signature";
import { type EmbeddedRunner, type RunnerOptions, startRunner } from "./start-runner";

/*
 * For tests: real functions on the embedded runner with a real database, or on another Inngest server, read through the
 * REST addresses that both have.
 */

export const TEST_SIGNING_KEY = `signkey-test-${"5e".repeat(16)}`;
export const TEST_EVENT_KEY = "event-key-of-tests";

export const silentSdkLogger = { info() {}, warn() {}, error() {}, debug() {} };

const runSchema = z.looseObject({ run_id: z.string(), status: z.string(), output: z.unknown() });
const runsSchema = z.object({ data: z.array(runSchema).nullable() });
export type TestRun = z.infer<typeof runSchema>;

export interface TestServer {
  readonly client: Inngest;
  /** Sends an event; its id on the server. */
  send(name: string, data?: Record<string, unknown>, id?: string): Promise<string>;
  /** The runs of an event, once all of at least `count` have ended. */
  endedRuns(eventId: string, count?: number): Promise<TestRun[]>;
  /** The runs of an event as they are now. */
  runsNow(eventId: string): Promise<TestRun[]>;
  /** Sends an event and gives the one run that it starts, when it has ended. */
  runOf(name: string, data?: Record<string, unknown>): Promise<TestRun>;
  /** Drops the app with every request that it is at, and starts another one in its place. */
  crashApp(): Promise<void>;
  stop(): Promise<void>;
}

export interface EmbeddedTestServer extends TestServer {
  readonly runner: EmbeddedRunner;
  readonly served: ServedFunctions;
  readonly databaseUrl: string;
}

export type TestFunctions = (client: Inngest) => readonly InngestFunction.Any[];

export interface EmbeddedOptions extends Partial<RunnerOptions> {
  readonly checkpointing?: boolean;
}

/** Functions on an embedded runner with a database of its own. */
export async function startEmbedded(
  functions: TestFunctions,
  options: EmbeddedOptions = {},
): Promise<EmbeddedTestServer> {
  const { checkpointing, ...runnerOptions } = options;
  const database = await createTestDatabase();
  await migrateRunner(database.ownerUrl);
  const port = await freePort();
  const client = testClient(`http://127.0.0.1:${port}`, checkpointing);
  const app = await serveAgain(client, functions);
  const { served } = app;
  const errors: string[] = [];
  const runner = await startRunner({
    ...testRunnerOptions(database.runnerUrl, served.appUrl, port),
    logger: {
      ...silentLogger,
      error: (message, fields) => errors.push(`${message} ${JSON.stringify(fields ?? {})}`),
    },
    ...runnerOptions,
  });
  await runner.registered();
  return {
    ...readerOf(client, runner.origin),
    runner,
    served,
    databaseUrl: database.runnerUrl,
    crashApp: app.crash,
    async stop() {
      await runner.stop();
      await app.stop();
      await database.drop();
      if (errors.length > 0) throw new Error(`the runner logged errors:\n${errors.join("\n")}`);
    },
  };
}

/** What tests of the runner share: no waiting where nothing is waited for. */
export function testRunnerOptions(databaseUrl: string, appUrl: string, port: number): RunnerOptions {
  return {
    databaseUrl,
    appUrl,
    port,
    signingKey: TEST_SIGNING_KEY,
    eventKey: TEST_EVENT_KEY,
    pollIntervalMs: 100,
    retryDelayMs: () => 30,
    stopGraceMs: 500,
  };
}

/** The same functions on another Inngest server that runs at `origin` with the keys of this file. */
export async function startOnServer(functions: TestFunctions, origin: string): Promise<TestServer> {
  const client = testClient(origin, true);
  const app = await serveAgain(client, functions);
  const { served } = app;
  const answer = await sendRequest({
    method: "PUT",
    url: served.appUrl,
    headers: {
      "content-type": "application/json",
      "x-inngest-signature": signBody("{}", readSigningKey(TEST_SIGNING_KEY), new Date()),
    },
    body: "{}",
    timeoutMs: WAIT_MS,
  });
  if (answer.status !== 200) throw new Error(`registration failed: ${answer.text}`);
  return { ...readerOf(client, origin), crashApp: app.crash, stop: app.stop };
}

/** The address stays the same from one app to the next. What a dropped app was at goes on, unheard, as in a zombie. */
async function serveAgain(client: Inngest, functions: TestFunctions) {
  const served = await serveFunctions({ client, functions: functions(client), port: 0 });
  let latest = served;
  return {
    served,
    async crash() {
      await latest.stop();
      const port = Number(new URL(served.origin).port);
      latest = await serveFunctions({ client, functions: functions(client), port });
    },
    stop: () => latest.stop(),
  };
}

export function testClient(baseUrl: string, checkpointing = true): Inngest {
  return createInngestClient({
    id: "test",
    baseUrl,
    eventKey: TEST_EVENT_KEY,
    signingKey: TEST_SIGNING_KEY,
    logger: silentSdkLogger,
    checkpointing,
  });
}

const WAIT_MS = 45_000;
const POLL_MS = 15;

/** Waits until the probe gives a value. Rejects after a deadline with `what`. */
export async function until<T>(
  what: string,
  probe: () => T | undefined | Promise<T | undefined>,
  timeoutMs = WAIT_MS,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const value = await probe();
    if (value !== undefined) return value;
    if (Date.now() > deadline) throw new Error(`not within ${timeoutMs} ms: ${what}`);
    await delay(POLL_MS);
  }
}

function readerOf(client: Inngest, origin: string): Omit<TestServer, "stop" | "crashApp"> {
  async function send(name: string, data: Record<string, unknown> = {}, id?: string): Promise<string> {
    const { ids } = await client.send({ name, data, id });
    return z.string().parse(ids[0]);
  }
  const runsNow = (eventId: string): Promise<TestRun[]> =>
    until(`the runs of event ${eventId}`, async () => {
      const answer = await sendRequest({
        method: "GET",
        url: `${origin}/v1/events/${eventId}/runs`,
        headers: { authorization: `Bearer ${readSigningKey(TEST_SIGNING_KEY).bearer}` },
        timeoutMs: WAIT_MS,
      });
      return answer.status === 200 ? (runsSchema.parse(JSON.parse(answer.text)).data ?? []) : undefined;
    });
  const endedRuns = (eventId: string, count = 1) =>
    until(`${count} ended runs of event ${eventId}`, async () => {
      const runs = await runsNow(eventId);
      return runs.length >= count && runs.every(({ status }) => status !== "Running") ? runs : undefined;
    });
  return {
    client,
    send,
    runsNow,
    endedRuns,
    async runOf(name, data) {
      const runs = await endedRuns(await send(name, data));
      const run = runs[0];
      if (!run || runs.length > 1) throw new Error(`the event ${name} started ${runs.length} runs`);
      return run;
    },
  };
}

export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const port = z.object({ port: z.int() }).parse(probe.address()).port;
  await new Promise<void>((resolve) => probe.close(() => resolve()));
  return port;
}
