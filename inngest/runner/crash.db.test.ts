import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/tests/setup/database";
import { migrateRunner } from "./migrate-runner";
import { type EmbeddedRunner, type RunnerOptions, startRunner } from "./start-runner";
import { startTestChild, type TestChild } from "./test-child";
import type { TestProcessOptions } from "./test-process";
import { freePort, testClient, testRunnerOptions, until } from "./test-server";

/*
 * Real processes, killed with SIGKILL in the middle of a step. Afterwards the step is tried again, what came before it is
 * not, and the run ends well.
 */

// Real processes on a machine that may be busy with other tests.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

let database: TestDatabase;
let ports: { runnerPort: number; appPort: number };
const children: TestChild[] = [];
const runners: EmbeddedRunner[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  await migrateRunner(database.ownerUrl);
});
afterEach(async () => {
  for (const runner of runners.splice(0)) await runner.stop();
  for (const child of children.splice(0)) await child.kill();
});
afterAll(() => database?.drop());

async function startChild(
  options: Omit<TestProcessOptions, "databaseUrl" | "runnerPort" | "appPort">,
): Promise<TestChild> {
  const given = { ...options, ...ports, databaseUrl: database.runnerUrl };
  const child = await startTestChild("./test-process.ts", given);
  children.push(child);
  return child;
}

async function runnerHere(options: Partial<RunnerOptions> = {}): Promise<EmbeddedRunner> {
  const appUrl = `http://127.0.0.1:${ports.appPort}/api/inngest`;
  const known = testRunnerOptions(database.runnerUrl, appUrl, ports.runnerPort);
  const runner = await startRunner({ ...known, ...options });
  runners.push(runner);
  return runner;
}

async function sendCrash(): Promise<string> {
  const { ids } = await testClient(`http://127.0.0.1:${ports.runnerPort}`).send({ name: "crash", data: {} });
  return String(ids[0]);
}

const middleBegun = (child: TestChild) =>
  until("the middle step", () => (child.lines.includes("middle") ? true : undefined));

const endOf = (runner: EmbeddedRunner, eventId: string) =>
  until("the run's end", async () => {
    const runs = await runner.listRunsOfEvent(eventId);
    return runs[0]?.status === "Running" ? undefined : runs[0];
  });

const newPorts = async () => ({ runnerPort: await freePort(), appPort: await freePort() });

test("after the runner was killed in mid-step the next one tries the step again", async () => {
  ports = await newPorts();
  const hangingApp = await startChild({ role: "app", hangs: true });
  const runnerProcess = await startChild({ role: "runner", hangs: false });
  const eventId = await sendCrash();
  await middleBegun(hangingApp);
  await runnerProcess.kill();
  const runner = await runnerHere();
  await until("the step to be tried again", () =>
    hangingApp.lines.filter((line) => line === "middle").length === 2 ? true : undefined,
  );
  await hangingApp.kill();
  const app = await startChild({ role: "app", hangs: false });
  expect(await endOf(runner, eventId)).toMatchObject({ status: "Completed", output: "done" });
  expect(hangingApp.lines.filter((line) => line === "before")).toEqual(["before"]);
  expect(app.lines).toEqual(["ready", "middle", "after"]);
});

test("after the app was killed in mid-step the runner tries the step again when the app is back", async () => {
  ports = await newPorts();
  const hangingApp = await startChild({ role: "app", hangs: true });
  const runner = await runnerHere();
  await runner.registered();
  const eventId = await sendCrash();
  await middleBegun(hangingApp);
  await hangingApp.kill();
  const app = await startChild({ role: "app", hangs: false });
  expect(await endOf(runner, eventId)).toMatchObject({ status: "Completed", output: "done" });
  expect(hangingApp.lines).toEqual(["ready", "before", "middle"]);
  expect(app.lines).toEqual(["ready", "middle", "after"]);
});

test("after both were killed at once a restart goes on with the run", async () => {
  ports = await newPorts();
  const process = await startChild({ role: "both", hangs: true });
  const eventId = await sendCrash();
  await middleBegun(process);
  await process.kill();
  const app = await startChild({ role: "app", hangs: false });
  const runner = await runnerHere();
  expect(await endOf(runner, eventId)).toMatchObject({ status: "Completed", output: "done" });
  expect(process.lines).toEqual(["ready", "before", "middle"]);
  expect(app.lines).toEqual(["ready", "middle", "after"]);
});

test("a runner that was stopped in its tracks loses its runs to another one, and changes nothing when it wakes up", async () => {
  ports = await newPorts();
  const silentAfterMs = 1_500;
  const hangingApp = await startChild({ role: "app", hangs: true });
  const stopped = await startChild({ role: "runner", hangs: false, silentAfterMs });
  const eventId = await sendCrash();
  await middleBegun(hangingApp);
  stopped.pause();
  const { runnerPort, appPort } = ports;
  ports = { runnerPort: await freePort(), appPort };
  const other = await runnerHere({ silentAfterMs });
  await until("the step to be asked for again", () =>
    hangingApp.lines.filter((line) => line === "middle").length === 2 ? true : undefined,
  );
  await hangingApp.kill();
  const app = await startChild({ role: "app", hangs: false });
  stopped.resume();
  ports = { runnerPort, appPort };
  expect(await endOf(other, eventId)).toMatchObject({ status: "Completed", output: "done" });
  expect(hangingApp.lines.filter((line) => line === "before")).toEqual(["before"]);
  expect(app.lines.filter((line) => line === "after")).toEqual(["after"]);
});

test("two runners that live do not take each other's runs", async () => {
  ports = await newPorts();
  const hangingApp = await startChild({ role: "app", hangs: true });
  await startChild({ role: "runner", hangs: false });
  await sendCrash();
  await middleBegun(hangingApp);
  const { runnerPort, appPort } = ports;
  ports = { runnerPort: await freePort(), appPort };
  const second = await runnerHere();
  await second.registered();
  // Every run that the second one drives took a round of its queue and its upkeep.
  for (let round = 0; round < 5; round += 1) await sendCrash();
  await until("the later runs' first steps", () =>
    hangingApp.lines.filter((line) => line === "middle").length === 6 ? true : undefined,
  );
  expect(hangingApp.lines.filter((line) => line === "before")).toHaveLength(6);
  ports = { runnerPort, appPort };
});
