import { createServer, type Server, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { sendRequest } from "@/lib/http/send-request";
import { createTestDatabase, type TestDatabase } from "@/tests/setup/database";
import { migrateRunner } from "./migrate-runner";
import type { RunView } from "./read-runs";
import { readSigningKey, signBody } from "./signature";
import { type EmbeddedRunner, startRunner } from "./start-runner";
import { TEST_EVENT_KEY, TEST_SIGNING_KEY, testRunnerOptions, until } from "./test-server";

/* An app that answers by a script, for answers that the SDK gives rarely or never. */

type Script = (call: { stepId: string; count: number; attempt: number }, response: ServerResponse) => void;

const callSchema = z.object({ ctx: z.object({ attempt: z.int() }) });
const key = readSigningKey(TEST_SIGNING_KEY);
let database: TestDatabase;
let runner: EmbeddedRunner;
let app: Server;
let script: Script;
let asked: string[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  await migrateRunner(database.ownerUrl);
  app = createServer((request, response) => {
    const stepId = new URL(request.url ?? "/", "http://localhost").searchParams.get("stepId") ?? "";
    void text(request).then((body) => {
      if (request.method === "PUT") return answer(response, 200, {});
      asked.push(stepId);
      const { attempt } = callSchema.parse(JSON.parse(body)).ctx;
      script({ stepId, count: asked.length, attempt }, response);
    });
  });
  await new Promise<void>((resolve) => app.listen(0, "127.0.0.1", resolve));
  const { port } = z.object({ port: z.int() }).parse(app.address());
  const appUrl = `http://127.0.0.1:${port}/`;
  runner = await startRunner({ ...testRunnerOptions(database.runnerUrl, appUrl, 0), requestTimeoutMs: 500 });
  await post("/fn/register", {
    appName: "scripted",
    url: appUrl,
    functions: [functionConfig(appUrl)],
  });
});
afterEach(() => {
  asked = [];
});
afterAll(async () => {
  await runner?.stop();
  await new Promise<void>((resolve) => app.close(() => resolve()));
  await database?.drop();
});

const functionConfig = (url: string) => ({
  id: "scripted-one",
  triggers: [{ event: "go" }],
  steps: { step: { id: "step", name: "step", runtime: { type: "http", url }, retries: { attempts: 2 } } },
});

async function post(path: string, json: unknown): Promise<string> {
  const answered = await sendRequest({
    method: "POST",
    url: `${runner.origin}${path}`,
    headers: { authorization: `Bearer ${key.bearer}` },
    body: JSON.stringify(json),
    timeoutMs: 5_000,
  });
  expect(answered.status).toBe(200);
  return answered.text;
}

function answer(response: ServerResponse, status: number, json: unknown): void {
  const body = JSON.stringify(json);
  response.writeHead(status, { "x-inngest-signature": signBody(body, key, new Date()) }).end(body);
}

const planned = (id: string) => ({ id, op: "StepPlanned", name: id, displayName: id, opts: {} });

/** Runs the function against the script to its end. */
async function runAgainst(next: Script): Promise<RunView> {
  script = next;
  const { ids } = z
    .object({ ids: z.array(z.string()) })
    .parse(JSON.parse(await post(`/e/${TEST_EVENT_KEY}`, { name: "go" })));
  const run = await until("the run", async () => (await runner.listRunsOfEvent(String(ids[0])))[0]);
  return runner.waitForRun(run.run_id);
}

test("an answer without a valid signature is not believed", async () => {
  const run = await runAgainst((_call, response) => response.writeHead(200).end('"forged"'));
  expect(run).toMatchObject({ status: "Failed", output: { name: "UnsignedAnswer" } });
  expect(asked).toHaveLength(3);
});

test("an answer that is signed with another key is not believed", async () => {
  const stranger = readSigningKey(`signkey-test-${"ab".repeat(16)}`);
  const run = await runAgainst((_call, response) => {
    response
      .writeHead(200, { "x-inngest-signature": signBody('"forged"', stranger, new Date()) })
      .end('"forged"');
  });
  expect(run).toMatchObject({ status: "Failed", output: { name: "UnsignedAnswer" } });
});

test("a request that gets no answer in time is given up and tried again", async () => {
  const run = await runAgainst(({ count }, response) => {
    if (count > 1) answer(response, 200, "in time");
  });
  expect(run).toMatchObject({ status: "Completed", output: "in time" });
  expect(asked).toHaveLength(2);
});

test("a connection that breaks in the middle of the answer uses up an attempt", async () => {
  const run = await runAgainst((_call, response) => {
    response.writeHead(200);
    response.write("half of an", () => response.destroy());
  });
  expect(run).toMatchObject({ status: "Failed", output: { name: "ConnectionLost" } });
  expect(asked).toHaveLength(3);
});

test("a used connection that the app had closed costs no attempt", async () => {
  const attempts: number[] = [];
  const run = await runAgainst(({ count, attempt }, response) => {
    attempts.push(attempt);
    if (count === 1) answer(response, 206, [planned("a"), planned("b")]);
    else if (count === 2) response.destroy();
    else answer(response, 200, "ended");
  });
  expect(run).toMatchObject({ status: "Completed", output: "ended" });
  expect(new Set(attempts)).toEqual(new Set([0]));
});

test("a step that the app no longer has is forgotten, and the function asked anew", async () => {
  const run = await runAgainst(({ stepId, count }, response) => {
    if (count === 1) return answer(response, 206, [planned("old"), planned("kept")]);
    if (stepId === "old") return answer(response, 500, { error: "no such step", requestedStep: "old" });
    if (stepId === "kept") return answer(response, 206, [{ ...planned("kept"), op: "StepRun", data: 1 }]);
    answer(response, 200, "ended");
  });
  expect(run).toMatchObject({ status: "Completed", output: "ended" });
  expect(asked).toEqual(["step", "old", "kept", "step"]);
});

test("an answer that neither ends the run nor names a step fails it", async () => {
  const run = await runAgainst((_call, response) => answer(response, 206, []));
  expect(run).toMatchObject({ status: "Failed", output: { name: "NothingToDo" } });
});

test("an answer that is no list of operations fails the run", async () => {
  const run = await runAgainst((_call, response) => answer(response, 206, { op: "StepRun" }));
  expect(run).toMatchObject({ status: "Failed", output: { name: "BadAnswer" } });
});
