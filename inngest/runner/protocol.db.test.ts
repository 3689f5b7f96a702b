import type { Inngest } from "inngest";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { serveFunctions } from "@/inngest/serve-node";
import { type HttpAnswer, sendRequest } from "@/lib/http/send-request";
import { readSigningKey, signBody } from "./signature";
import { startRunner } from "./start-runner";
import {
  type EmbeddedTestServer,
  freePort,
  startEmbedded,
  TEST_EVENT_KEY,
  TEST_SIGNING_KEY,
  testClient,
  testRunnerOptions,
  until,
} from "./test-server";

/* What the runner accepts, what it refuses, and in which words. */

const calls: string[] = [];
const key = readSigningKey(TEST_SIGNING_KEY);

function functions(client: Inngest) {
  return [
    client.createFunction({ id: "counts", triggers: { event: "counts" } }, async ({ event }) => {
      calls.push(String(event.data.id));
      return "counted";
    }),
    client.createFunction({ id: "signals", triggers: { event: "signals" }, retries: 0 }, ({ step }) =>
      step.waitForSignal("wait", { signal: "s", timeout: "1m", onConflict: "fail" }),
    ),
    client.createFunction({ id: "odd-wait", triggers: { event: "odd-wait" }, retries: 0 }, ({ step }) =>
      step.waitForEvent("wait", { event: "x", timeout: "1m", if: "size(event.data.list) > 2" }),
    ),
    client.createFunction({ id: "many", triggers: { event: "many" } }, async ({ event, step }) => {
      for (let index = 0; index < Number(event.data.count); index += 1)
        await step.run(`step-${index}`, () => index);
      return "all";
    }),
    client.createFunction({ id: "large", triggers: { event: "large" } }, async ({ event, step }) => {
      const made = await step.run("make", () => "x".repeat(Number(event.data.size))).catch((error) => error);
      return made instanceof Error ? made.message : made.length;
    }),
    client.createFunction({ id: "large-end", triggers: { event: "large-end" } }, async () =>
      "x".repeat(5 * 1024 ** 2),
    ),
    client.createFunction({ id: "once", triggers: { event: "once" }, retries: 0 }, async ({ event, step }) =>
      step.run("work", () => calls.push(String(event.data.id))),
    ),
    client.createFunction({ id: "raced", triggers: { event: "raced" } }, async ({ event, step, group }) => {
      const slow = () =>
        step.run("slow", () => new Promise((resolve) => slowEnds.set(String(event.data.id), resolve)));
      const first = await group.parallel({ mode: "race" }, () =>
        Promise.race([slow(), step.run("fast", () => "fast")]),
      );
      return step.run("after", () => calls.push(`after ${first}`));
    }),
  ];
}

const slowEnds = new Map<string, (value: unknown) => void>();
let server: EmbeddedTestServer;

beforeAll(async () => {
  server = await startEmbedded(functions, { requestTimeoutMs: 20_000 });
});
afterAll(() => server?.stop());

function post(url: string, body: string, headers: Record<string, string>): Promise<HttpAnswer> {
  return sendRequest({ method: "POST", url, body, headers, timeoutMs: 10_000 });
}

const bearer = { authorization: `Bearer ${key.bearer}` };

test("the app answers an unsigned or wrongly signed request with 401 and executes nothing", async () => {
  const url = `${server.served.appUrl}?fnId=test-counts&stepId=step`;
  const event = { name: "counts", data: { id: "unsigned" } };
  const body = JSON.stringify({
    ctx: { run_id: "r", attempt: 0 },
    event,
    events: [event],
    steps: {},
    version: -1,
  });
  const stranger = readSigningKey(`signkey-test-${"ab".repeat(16)}`);
  const old = new Date(Date.now() - 3_600_000);
  const attempts: Record<string, string>[] = [
    {},
    { "x-inngest-signature": "t=1&s=00" },
    { "x-inngest-signature": signBody(body, stranger, new Date()) },
    { "x-inngest-signature": signBody(body, key, old) },
  ];
  for (const headers of attempts) expect((await post(url, body, headers)).status).toBe(401);
  expect(calls).not.toContain("unsigned");
});

test("an unsigned request to register is refused too", async () => {
  const answer = await sendRequest({
    method: "PUT",
    url: server.served.appUrl,
    headers: {},
    timeoutMs: 10_000,
  });
  expect(answer.status).toBe(401);
});

test("the runner refuses a wrong event key, a wrong bearer token and an unknown address", async () => {
  const { origin } = server.runner;
  const event = JSON.stringify({ name: "counts", data: { id: "stranger" } });
  expect((await post(`${origin}/e/wrong-key`, event, {})).status).toBe(401);
  expect((await post(`${origin}/fn/register`, "{}", { authorization: "Bearer x" })).status).toBe(401);
  expect((await post(`${origin}/v1/checkpoint/r/async`, "{}", {})).status).toBe(401);
  const unknown = await post(`${origin}/v1/realtime/publish`, "{}", bearer);
  expect(unknown).toMatchObject({ status: 404, text: expect.stringContaining("/v1/realtime/publish") });
  expect(calls).not.toContain("stranger");
});

test("a malformed event and one of the runner's own names are refused", async () => {
  const url = `${server.runner.origin}/e/${TEST_EVENT_KEY}`;
  for (const body of ["{", '{"data":{}}', '[{"name":"a"},{"name":""}]', '{"name":"inngest/function.failed"}'])
    expect((await post(url, body, {})).status).toBe(400);
});

test("a sender's retry with the same seed is the same event", async () => {
  const url = `${server.runner.origin}/e/${TEST_EVENT_KEY}`;
  const body = JSON.stringify([{ name: "counts", data: { id: "seeded" } }]);
  const headers = { "x-inngest-event-id-seed": "1,abcdef" };
  const [first, second] = [await post(url, body, headers), await post(url, body, headers)];
  expect(second.text).toBe(first.text);
  const ids = z.object({ ids: z.array(z.string()) }).parse(JSON.parse(first.text)).ids;
  await server.endedRuns(String(ids[0]));
  expect(calls.filter((id) => id === "seeded")).toEqual(["seeded"]);
});

test("a checkpoint under a lease that nobody holds is answered with 409", async () => {
  const { run_id } = await server.runOf("counts", { id: "checkpointed" });
  const body = JSON.stringify({ qi_id: "gone", steps: [{ id: "s", op: "StepRun", data: 1 }] });
  const answer = await post(`${server.runner.origin}/v1/checkpoint/${run_id}/async`, body, bearer);
  expect(answer.status).toBe(409);
});

test("an operation that the runner does not know fails the run with its name", async () => {
  const run = await server.runOf("signals");
  expect(run).toMatchObject({
    status: "Failed",
    output: { message: expect.stringContaining("WaitForSignal") },
  });
});

test("an expression that the runner does not know fails the run with its text", async () => {
  const run = await server.runOf("odd-wait");
  expect(run).toMatchObject({
    status: "Failed",
    output: { message: expect.stringContaining("size(event.data.list)") },
  });
});

test("a run may have 200 steps", async () => {
  expect(await server.runOf("many", { count: 200 })).toMatchObject({ status: "Completed", output: "all" });
});

test("a run that wants a 201st step fails and is told to continue in a new run", async () => {
  const run = await server.runOf("many", { count: 201 });
  expect(run).toMatchObject({
    status: "Failed",
    output: { message: expect.stringContaining("continue in a new run") },
  });
});

test("a step's output may have 4 MB and no more", async () => {
  const limit = 4 * 1024 * 1024;
  expect(await server.runOf("large", { size: limit - 2 })).toMatchObject({ output: limit - 2 });
  const run = await server.runOf("large", { size: limit });
  expect(run).toMatchObject({
    status: "Completed",
    output: expect.stringMatching(/"make" has 4194306 bytes/),
  });
});

test("a function's output that is too large fails its run", async () => {
  const run = await server.runOf("large-end");
  expect(run).toMatchObject({ status: "Failed", output: { name: "OutputTooLarge" } });
});

test("a race goes on with its first step while the other still executes", async () => {
  const event = await server.send("raced", { id: "race" });
  await until("the step after the race", () => (calls.includes("after fast") ? true : undefined));
  expect(await server.runsNow(event)).toMatchObject([{ status: "Running" }]);
  slowEnds.get("race")?.(0);
  expect(await server.endedRuns(event)).toMatchObject([{ status: "Completed" }]);
});

test("while the app cannot be reached no attempt is used up", async () => {
  const port = await freePort();
  const runner = await startRunner(
    testRunnerOptions(server.databaseUrl, `http://127.0.0.1:${port}/api/inngest`, await freePort()),
  );
  const client = testClient(runner.origin);
  const { ids } = await client.send({ name: "once", data: { id: "unreachable" } });
  await server.endedRuns(String(ids[0]));
  const served = await serveFunctions({ client, functions: functions(client), port });
  await runner.registered();
  await runner.stop();
  await served.stop();
  expect(calls.filter((id) => id === "unreachable")).toEqual(["unreachable"]);
});

const REFUSED: [string, string, (client: Inngest) => unknown][] = [
  [
    "throttle",
    "throttle",
    (c) =>
      c.createFunction({ id: "f", triggers: { event: "e" }, throttle: { limit: 1, period: "1s" } }, noop),
  ],
  [
    "rateLimit",
    "rateLimit",
    (c) =>
      c.createFunction({ id: "f", triggers: { event: "e" }, rateLimit: { limit: 1, period: "1s" } }, noop),
  ],
  [
    "batchEvents",
    "batchEvents",
    (c) =>
      c.createFunction(
        { id: "f", triggers: { event: "e" }, batchEvents: { maxSize: 2, timeout: "1s" } },
        noop,
      ),
  ],
  [
    "priority",
    "priority",
    (c) => c.createFunction({ id: "f", triggers: { event: "e" }, priority: { run: "1" } }, noop),
  ],
  [
    "an account-wide concurrency",
    "scope",
    (c) =>
      c.createFunction(
        { id: "f", triggers: { event: "e" }, concurrency: { limit: 1, scope: "account", key: '"k"' } },
        noop,
      ),
  ],
  [
    "a key that is no path",
    "upper(event.data.a)",
    (c) => c.createFunction({ id: "f", triggers: { event: "e" }, idempotency: "upper(event.data.a)" }, noop),
  ],
  [
    "a condition that is no equality",
    "event.data.a > 3",
    (c) => c.createFunction({ id: "f", triggers: { event: "e", if: "event.data.a > 3" } }, noop),
  ],
  ["a wildcard event", "wildcard", (c) => c.createFunction({ id: "f", triggers: { event: "e/*" } }, noop)],
  [
    "a cron that does not parse",
    "61 * * * *",
    (c) => c.createFunction({ id: "f", triggers: { cron: "61 * * * *" } }, noop),
  ],
  [
    "a jitter",
    "jitter",
    (c) => c.createFunction({ id: "f", triggers: { cron: "1 * * * *", jitter: "5s" } }, noop),
  ],
];
async function noop() {}

test.each(REFUSED)("registration refuses %s by name", async (_what, named, make) => {
  const port = await freePort();
  const client = testClient(`http://127.0.0.1:${port}`);
  make(client);
  const served = await serveFunctions({ client, functions: client.funcs, port: 0 });
  const runner = await startRunner(testRunnerOptions(server.databaseUrl, served.appUrl, port));
  await expect(runner.registered()).rejects.toThrow(named);
  await runner.stop();
  await served.stop();
});
