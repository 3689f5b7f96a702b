import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/tests/setup/database";
import { migrateRunner } from "./migrate-runner";
import type { EmbeddedRunner } from "./start-runner";
import { startRunner } from "./start-runner";
import type { TestProcessOptions } from "./test-process";
import { freePort, testClient, testRunnerOptions, until } from "./test-server";

/*
 * Real processes, killed with SIGKILL in the middle of a step. Afterwards the step is tried again, what came before it is
 * not, and the run ends well.
 */

const SCRIPT = fileURLToPath(new URL("./test-process.ts", import.meta.url));
const PROJECT = fileURLToPath(new URL("../..", import.meta.url));

interface Child {
  readonly lines: string[];
  kill(): Promise<void>;
}

let database: TestDatabase;
let ports: { runnerPort: number; appPort: number };
const children: Child[] = [];
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
): Promise<Child> {
  const given = JSON.stringify({ ...options, ...ports, databaseUrl: database.runnerUrl });
  const spawned = spawn(process.execPath, ["--import", "tsx", SCRIPT, given], {
    cwd: PROJECT,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const child = { lines: linesOf(spawned), kill: () => killed(spawned) };
  children.push(child);
  await until("the child process to be ready", () => {
    if (spawned.exitCode !== null) throw new Error(`the child process ended: ${child.lines.join("\n")}`);
    return child.lines.includes("ready") ? true : undefined;
  });
  return child;
}

function linesOf(child: ChildProcess): string[] {
  const lines: string[] = [];
  if (child.stdout) createInterface(child.stdout).on("line", (line) => lines.push(String(JSON.parse(line))));
  if (child.stderr) createInterface(child.stderr).on("line", (line) => lines.push(line));
  return lines;
}

async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  child.kill("SIGKILL");
  await gone;
}

async function runnerHere(): Promise<EmbeddedRunner> {
  const appUrl = `http://127.0.0.1:${ports.appPort}/api/inngest`;
  const runner = await startRunner(testRunnerOptions(database.runnerUrl, appUrl, ports.runnerPort));
  runners.push(runner);
  return runner;
}

async function sendCrash(): Promise<string> {
  const { ids } = await testClient(`http://127.0.0.1:${ports.runnerPort}`).send({ name: "crash", data: {} });
  return String(ids[0]);
}

const middleBegun = (child: Child) =>
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
