import { afterAll, beforeAll, expect, it } from "vitest";
import { createDatabase, type Database } from "@/lib/db/client";
import { createTestDatabase, type TestDatabase } from "@/tests/setup/database";
import { type AttemptRule, forgetAttempts, forgetOldAttempts, takeAttempt } from "./attempt-limit";

let urls: TestDatabase;
let database: Database;
beforeAll(async () => {
  urls = await createTestDatabase();
  database = createDatabase(urls);
});
afterAll(async () => {
  await database.disconnect();
  await urls.drop();
});

const RULE: AttemptRule = { what: "test", attemptsMax: 3, windowMs: 60_000 };
const START = Date.parse("2026-11-21T10:00:00Z");
const at = (seconds: number) => ({ database, secret: "s", now: new Date(START + seconds * 1000) });

it("lets so many through in a window, then says how long to wait, then lets through again", async () => {
  const waits = [];
  for (const seconds of [0, 1, 2, 30, 59, 60]) waits.push(await takeAttempt(at(seconds), RULE, "ann@a.test"));
  expect(waits).toEqual([0, 0, 0, 30, 1, 0]);
});

it("lets exactly so many through when they come in the same moment", async () => {
  const waits = await Promise.all(Array.from({ length: 8 }, () => takeAttempt(at(0), RULE, "all@once.test")));
  expect(waits.filter((wait) => wait === 0)).toHaveLength(3);
});

it("counts each person and each thing by itself", async () => {
  for (let tries = 0; tries < 4; tries += 1) await takeAttempt(at(0), RULE, "bob@b.test");
  expect(await takeAttempt(at(0), RULE, "bob@b.test")).toBeGreaterThan(0);
  expect(await takeAttempt(at(0), RULE, "eve@b.test")).toBe(0);
  expect(await takeAttempt(at(0), { ...RULE, what: "other" }, "bob@b.test")).toBe(0);
  await forgetAttempts(at(0), RULE, "bob@b.test");
  expect(await takeAttempt(at(0), RULE, "bob@b.test")).toBe(0);
});

it("keeps nobody's name, and nothing of a window that is over", async () => {
  const rows = () => database.withoutWorkspace((tx) => tx.attemptLimit.findMany());
  expect(JSON.stringify(await rows())).not.toMatch(/@|test/);
  await forgetOldAttempts(at(3600));
  expect(await rows()).toEqual([]);
});
