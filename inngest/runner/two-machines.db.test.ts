import pg from "pg";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/tests/setup/database";
import { migrateRunner } from "./migrate-runner";
import { startTestChild, type TestChild } from "./test-child";
import type { TestMachineOptions } from "./test-machine";
import { freePort, testClient, until } from "./test-server";

/*
 * Two machines, each a runner and the app that it drives, share one database and its runs. Any of the four processes is
 * killed with SIGKILL and started again, at whatever it is doing, until each has been killed several times.
 */
// Real processes on a machine that may be busy with other tests.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

const CHAINS = 100;
const STEPS = 25;
const KILLS = 12;
/** What one runner drives. */
const RUNS_AT_ONCE = 20;
const ROLES = ["runner", "app"] as const;

interface Part {
  readonly options: TestMachineOptions;
  child: TestChild;
}

let database: TestDatabase;
let client: pg.Client;
let parts: Part[];

beforeAll(async () => {
  database = await createTestDatabase();
  await migrateRunner(database.ownerUrl);
  client = new pg.Client({ connectionString: database.ownerUrl });
  await client.connect();
  await client.query("CREATE TABLE public.witness (chain text, step int, app text, earlier text[])");
  parts = [...(await startMachine("one")), ...(await startMachine("two"))];
});

afterAll(async () => {
  for (const { child } of parts ?? []) await child.kill();
  await client.end();
  await database.drop();
});

async function startMachine(name: string): Promise<Part[]> {
  const [runnerPort, appPort] = [await freePort(), await freePort()];
  const urls = { databaseUrl: database.runnerUrl, witnessUrl: database.ownerUrl };
  const made: Part[] = [];
  for (const role of ROLES) {
    const options = { name, role, ...urls, runnerPort, appPort, steps: STEPS };
    made.push({ options, child: await startTestChild("./test-machine.ts", options) });
  }
  return made;
}

async function ask<Row extends pg.QueryResultRow>(sql: string): Promise<Row[]> {
  return (await client.query<Row>(sql)).rows;
}

const registered = () =>
  until("the functions to be registered", async () =>
    (await ask("SELECT 1 FROM runner.functions")).length > 0 ? true : undefined,
  );

async function stepsExecuted(): Promise<number> {
  return (await ask<{ count: number }>("SELECT count(*)::int AS count FROM public.witness"))[0]?.count ?? 0;
}

/** Victims in a fixed order that leaves no pair of neighbours out; each returns before it is killed again. */
async function killInTurn(): Promise<void> {
  const order = [0, 3, 1, 2, 3, 0, 2, 1];
  for (let kill = 1; kill <= KILLS; kill += 1) {
    await until("further steps", async () =>
      (await stepsExecuted()) >= (CHAINS * STEPS * kill) / (KILLS + 1) ? true : undefined,
    );
    const victim = parts[order[kill % order.length] ?? 0];
    if (!victim) throw new Error("there are four parts");
    await victim.child.kill();
    victim.child = await startTestChild("./test-machine.ts", victim.options);
  }
}

test("every run ends, each by both machines' work, and no answered step is run again", async () => {
  await registered();
  const sender = testClient(`http://127.0.0.1:${parts[0]?.options.runnerPort}`);
  const events = Array.from({ length: CHAINS }, (_, index) => ({
    name: "chain",
    data: { chain: `${index}` },
  }));
  await sender.send(events);
  await killInTurn();
  await until(
    "all runs to end",
    async () =>
      (await ask("SELECT 1 FROM runner.runs WHERE ended_at IS NULL")).length === 0 ? true : undefined,
    180_000,
  );
  expect(await ask("SELECT status, count(*)::int AS runs FROM runner.runs GROUP BY 1")).toEqual([
    { status: "completed", runs: CHAINS },
  ]);
  expect(await ask("SELECT app, count(*) > 100 AS shared FROM public.witness GROUP BY 1 ORDER BY 1")).toEqual(
    [
      { app: "one", shared: true },
      { app: "two", shared: true },
    ],
  );
  // What a step was handed of an earlier one is what the run ended with: that step was never run again since.
  expect(
    await ask(
      `SELECT witness.chain, witness.step FROM public.witness JOIN runner.runs ON event -> 'data' ->> 'chain' = chain
        WHERE to_json(earlier)::jsonb <> coalesce((SELECT jsonb_agg(value ORDER BY place)
                FROM jsonb_array_elements(output::jsonb) WITH ORDINALITY AS output (value, place)
               WHERE place <= step), '[]')`,
    ),
  ).toEqual([]);
  // Only what was under way at a kill was executed a second time, and nothing was left out.
  const [row] = await ask<{ steps: number; again: number }>(
    `SELECT count(DISTINCT (chain, step))::int AS steps, (count(*) - count(DISTINCT (chain, step)))::int AS again
       FROM public.witness`,
  );
  expect(row?.steps).toBe(CHAINS * STEPS);
  expect(row?.again).toBeLessThanOrEqual(KILLS * RUNS_AT_ONCE);
});
