import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/tests/setup/database";
import { migrateRunner } from "./migrate-runner";

/* Who may read the runner's tables and its queue. */

const TABLES = [
  "runner.runs",
  "runner.steps",
  "runner.events",
  "graphile_worker.jobs",
  "graphile_worker._private_jobs",
];
let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  await migrateRunner(database.ownerUrl);
});
afterAll(() => database?.drop());

async function query(url: string, text: string): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rowCount ?? 0;
  } finally {
    await client.end();
  }
}

test.each(TABLES)("the roles app and system may not read %s", async (table) => {
  for (const url of [database.appUrl, database.systemUrl])
    await expect(query(url, `SELECT 1 FROM ${table}`)).rejects.toThrow("permission denied");
});

test("the role runner adds jobs and reads them back", async () => {
  await query(database.runnerUrl, "SELECT graphile_worker.add_job('drive', '{}')");
  expect(await query(database.runnerUrl, "SELECT 1 FROM graphile_worker.jobs")).toBe(1);
});

test("the role runner may read none of the product's tables", async () => {
  const readable = `SELECT tablename FROM pg_tables WHERE schemaname = 'public'
    AND has_table_privilege('tieout_runner', format('%I.%I', schemaname, tablename), 'SELECT')`;
  expect(await query(database.ownerUrl, readable)).toBe(0);
});

test("migrating the queue a second time changes nothing", async () => {
  await migrateRunner(database.ownerUrl);
  expect(await query(database.runnerUrl, "SELECT 1 FROM graphile_worker.jobs")).toBe(1);
});
