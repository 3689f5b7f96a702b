import type { Inngest } from "inngest";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { serveFunctions } from "@/inngest/serve-node";
import { startRunner } from "./start-runner";
import {
  type EmbeddedTestServer,
  freePort,
  startEmbedded,
  testClient,
  testRunnerOptions,
  until,
} from "./test-server";

/* Registering again, stopping, the clock, and what is forgotten. */

const steps: string[] = [];
const ends = new Map<string, () => void>();
let aheadMs = 0;
const clock = { now: () => new Date(Date.now() + aheadMs) };
let server: EmbeddedTestServer;

function functions(client: Inngest) {
  return [
    client.createFunction({ id: "sleeper", triggers: { event: "sleeper" } }, async ({ event, step }) => {
      await step.run("before", () => steps.push(`before ${event.data.id}`));
      await step.sleep("long", "2h");
      return step.run("after", () => steps.push(`after ${event.data.id}`));
    }),
    client.createFunction(
      { id: "holds", triggers: { event: "holds" }, retries: 0 },
      async ({ event, step }) => {
        await step.run("before", () => steps.push(`before ${event.data.id}`));
        return step.run("held", () => {
          steps.push(`held ${event.data.id}`);
          return new Promise<string>((resolve) => ends.set(String(event.data.id), () => resolve("let go")));
        });
      },
    ),
    client.createFunction({ id: "waits-long", triggers: { event: "waits-long" } }, async ({ step }) => {
      await step.waitForEvent("word", { event: "word", timeout: "1d" });
      return "heard";
    }),
  ];
}

beforeAll(async () => {
  server = await startEmbedded(functions, { clock });
});
afterAll(() => server?.stop());

const stepSeen = (text: string) => until(text, () => (steps.includes(text) ? true : undefined));

test("a run that sleeps for hours wakes when the clock is moved", async () => {
  const event = await server.send("sleeper", { id: "clock" });
  await stepSeen("before clock");
  await until("the run to sleep", async () =>
    (await count(server.databaseUrl, "runner.runs WHERE lease IS NULL AND next_due_at > now()")) > 0
      ? true
      : undefined,
  );
  aheadMs += 2 * 3_600_000 + 1_000;
  expect(await server.endedRuns(event)).toMatchObject([{ status: "Completed" }]);
});

test("a runner that is stopped in mid-step leaves the step to the next one, without using up an attempt", async () => {
  const port = await freePort();
  const client = testClient(`http://127.0.0.1:${port}`);
  const served = await serveFunctions({ client, functions: functions(client), port: 0 });
  const options = { ...testRunnerOptions(server.databaseUrl, served.appUrl, port), clock, stopGraceMs: 50 };
  await server.runner.stop();
  const first = await startRunner(options);
  await first.registered();
  const { ids } = await client.send({ name: "holds", data: { id: "stopped" } });
  await stepSeen("held stopped");
  await first.stop();
  const second = await startRunner(options);
  await until("the step again", () =>
    steps.filter((text) => text === "held stopped").length === 2 ? true : undefined,
  );
  ends.get("stopped")?.();
  const run = await until("the run", async () => (await second.listRunsOfEvent(String(ids[0])))[0]);
  expect(await second.waitForRun(run.run_id)).toMatchObject({ status: "Completed", output: "let go" });
  expect(steps.filter((text) => text === "before stopped")).toHaveLength(1);
  await second.stop();
  await served.stop();
});

test("a function that is no longer registered starts no run, but ends the one it has", async () => {
  const port = await freePort();
  const client = testClient(`http://127.0.0.1:${port}`);
  const all = functions(client);
  const before = await serveFunctions({ client, functions: all, port: 0 });
  const runner = await startRunner({ ...testRunnerOptions(server.databaseUrl, before.appUrl, port), clock });
  await runner.registered();
  const { ids: open } = await client.send({ name: "waits-long", data: {} });
  const openRun = await until("the run", async () => (await runner.listRunsOfEvent(String(open[0])))[0]);
  const appPort = Number(new URL(before.origin).port);
  await before.stop();
  const after = await serveFunctions({ client, functions: all.slice(0, 2), port: appPort });
  await runner.requestRegistration();
  await after.stop();
  const both = await serveFunctions({ client, functions: all, port: appPort });
  const { ids: later } = await client.send({ name: "waits-long", data: {} });
  expect(await runner.listRunsOfEvent(String(later[0]))).toEqual([]);
  await until("the open run's end", async () => {
    await client.send({ name: "word", data: {} });
    return (await runner.findRun(openRun.run_id))?.status === "Completed" ? true : undefined;
  });
  await runner.requestRegistration();
  const { ids: again } = await client.send({ name: "waits-long", data: {} });
  expect(await runner.listRunsOfEvent(String(again[0]))).toHaveLength(1);
  await runner.stop();
  await both.stop();
});

test("what ended long ago is forgotten, what is open is kept", async () => {
  const port = await freePort();
  const client = testClient(`http://127.0.0.1:${port}`);
  const served = await serveFunctions({ client, functions: functions(client), port: 0 });
  const options = { ...testRunnerOptions(server.databaseUrl, served.appUrl, port), clock };
  const countOf = (table: string) => count(server.databaseUrl, table);
  expect(await countOf("runner.runs WHERE ended_at IS NOT NULL")).toBeGreaterThan(0);
  const openBefore = await countOf("runner.runs WHERE ended_at IS NULL");
  expect(openBefore).toBeGreaterThan(0);
  aheadMs += 31 * 86_400_000;
  const endedBefore = new Date(clock.now().getTime() - 30 * 86_400_000).toISOString();
  const runner = await startRunner(options);
  await until("old runs to be gone", async () =>
    (await countOf(`runner.runs WHERE ended_at < '${endedBefore}'`)) === 0 ? true : undefined,
  );
  expect(await countOf("runner.steps WHERE run_id NOT IN (SELECT id FROM runner.runs)")).toBe(0);
  await runner.stop();
  await served.stop();
});

async function count(url: string, from: string): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${from}`);
    return rows[0]?.count ?? 0;
  } finally {
    await client.end();
  }
}
