import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/tests/setup/database";
import { createDatabase, type Database } from "./client";

/* A process that is stopped in the middle of a transaction (a paused machine) and keeps its connection. */

const WORKSPACE = "00000000-0000-4000-8000-0000000000a1";

let urls: TestDatabase;
let database: Database;
let holder: ChildProcess;
let lines: AsyncIterator<string>;

beforeAll(async () => {
  urls = await createTestDatabase();
  database = createDatabase(urls);
  await database.withWorkspace(WORKSPACE, (tx) =>
    tx.workspace.create({ data: { id: WORKSPACE, slug: "held", name: "before" } }),
  );
  const { appUrl, systemUrl } = urls;
  const script = fileURLToPath(new URL("./test-lock-holder.ts", import.meta.url));
  const given = JSON.stringify({ appUrl, systemUrl, workspaceId: WORKSPACE });
  const child = spawn(process.execPath, ["--import", "tsx", script, given], {
    cwd: fileURLToPath(new URL("../..", import.meta.url)),
    stdio: ["pipe", "pipe", "inherit"],
  });
  holder = child;
  lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
});

afterAll(async () => {
  holder.kill("SIGKILL");
  await database.disconnect();
  await urls.drop();
});

const name = () =>
  database.withWorkspace(WORKSPACE, async (tx) => {
    return (await tx.workspace.findUniqueOrThrow({ where: { id: WORKSPACE } })).name;
  });

test("a process that is stopped in a transaction does not keep a row from others, and changes nothing when it wakes up", async () => {
  expect((await lines.next()).value).toBe("held");
  holder.kill("SIGSTOP");
  await database.withWorkspace(WORKSPACE, (tx) =>
    tx.workspace.update({ where: { id: WORKSPACE }, data: { name: "changed meanwhile" } }),
  );
  holder.kill("SIGCONT");
  holder.stdin?.write("go on\n");
  expect((await lines.next()).value).toBe("refused");
  expect(await name()).toBe("changed meanwhile");
});
