import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startRunner } from "./start-runner";
import { type EmbeddedTestServer, freePort, startEmbedded, testRunnerOptions, until } from "./test-server";

/* All connections of the runner break at once, as when the database is restarted. */

let server: EmbeddedTestServer;
let letGo = () => {};
const steps: string[] = [];

beforeAll(async () => {
  server = await startEmbedded(
    (client) => [
      client.createFunction({ id: "held", triggers: { event: "held" } }, async ({ step }) => {
        await step.run("before", () => steps.push("before"));
        await step.run("held", () => {
          steps.push("held");
          return new Promise<string>((resolve) => {
            letGo = () => resolve("let go");
          });
        });
        return step.run("after", () => steps.push("after"));
      }),
      client.createFunction({ id: "quick", triggers: { event: "quick" } }, async ({ step }) =>
        step.run("work", () => "done"),
      ),
    ],
    { logger: undefined },
  );
});
afterAll(() => server?.stop());

async function breakConnections(): Promise<void> {
  const client = new pg.Client({ connectionString: server.databaseUrl });
  await client.connect();
  const { rows } = await client.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()`,
  );
  await client.end();
  expect(rows.length).toBeGreaterThan(0);
}

test("a run goes on after every connection broke in the middle of a step", async () => {
  const event = await server.send("held");
  await until("the held step", () => (steps.includes("held") ? true : undefined));
  await breakConnections();
  letGo();
  expect(await server.endedRuns(event)).toMatchObject([{ status: "Completed" }]);
  expect(steps).toEqual(["before", "held", "after"]);
});

test("later events start runs as before", async () => {
  for (let round = 0; round < 3; round += 1) {
    await breakConnections();
    expect(await server.runOf("quick")).toMatchObject({ status: "Completed", output: "done" });
  }
});

test("another runner does not take a process for dead that has connected again", async () => {
  steps.length = 0;
  const event = await server.send("held");
  await until("the held step", () => (steps.includes("held") ? true : undefined));
  await breakConnections();
  await server.runsNow(event);
  const second = await startRunner(
    testRunnerOptions(server.databaseUrl, server.served.appUrl, await freePort()),
  );
  await second.registered();
  expect(await server.runOf("quick")).toMatchObject({ status: "Completed" });
  letGo();
  expect(await server.endedRuns(event)).toMatchObject([{ status: "Completed" }]);
  expect(steps.filter((step) => step === "before")).toEqual(["before"]);
  await second.stop();
});
