import type { Adapter } from "next-auth/adapters";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createDatabase, type Database } from "@/lib/db/client";
import { fixedClock } from "@/lib/kernel/clock";
import { createTestDatabase, type TestDatabase } from "@/tests/setup/database";
import { createAuthAdapter } from "./adapter";
import { endEverySession, endSession, findSession, listSessions, openSession } from "./sessions";

const DAY_MS = 24 * 60 * 60 * 1000;
const START = new Date("2026-11-01T10:00:00Z");
const after = (days: number) => new Date(START.getTime() + days * DAY_MS);

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

async function aPerson(email: string): Promise<string> {
  return (await database.withoutWorkspace((tx) => tx.user.create({ data: { email } }))).id;
}

const begin = (userId: string, device = "Chrome on Windows") =>
  database.withoutWorkspace((tx) => openSession(tx, { userId, device, way: "mail", now: START }));

it("a session that nobody used for 14 days is over", async () => {
  const { token } = await begin(await aPerson("idle@a.test"));
  expect(await findSession(database, token, after(13.9))).not.toBeNull();
  expect(await findSession(database, token, after(27.8))).not.toBeNull();
  const other = await begin(await aPerson("idler@a.test"));
  expect(await findSession(database, other.token, after(14))).toBeNull();
});

it("a session that is used every day is over after thirty days", async () => {
  const { token } = await begin(await aPerson("busy@a.test"));
  for (let day = 1; day < 30; day += 1) expect(await findSession(database, token, after(day))).not.toBeNull();
  expect(await findSession(database, token, after(30))).toBeNull();
});

it("next-auth can neither keep a session beyond its thirty days nor use one that is over", async () => {
  const userId = await aPerson("kept@a.test");
  const { token } = await begin(userId);
  const clock = fixedClock(after(13).toISOString());
  const adapter = createAuthAdapter(database, { clock }) as Required<Adapter>;
  const moved = await adapter.updateSession({ sessionToken: token, expires: after(400) });
  expect(moved?.expires).toEqual(after(30));
  expect((await adapter.getSessionAndUser(token))?.user.id).toBe(userId);
  clock.advance(DAY_MS);
  expect(await adapter.getSessionAndUser(token)).toBeNull();
});

it("a person sees where they are signed in, and ends one or all of it", async () => {
  const userId = await aPerson("list@a.test");
  const [here, there] = [await begin(userId), await begin(userId, "Safari on iPhone")];
  const sessionId = (await findSession(database, here.token, START))?.sessionId ?? "";
  const listed = await listSessions(database, { userId, sessionId, now: START });
  expect(listed.map(({ device, isThisOne }) => [device, isThisOne])).toEqual(
    expect.arrayContaining([
      ["Chrome on Windows", true],
      ["Safari on iPhone", false],
    ]),
  );
  await endSession(database, await aPerson("stranger@a.test"), sessionId);
  expect(await findSession(database, here.token, START)).not.toBeNull();
  const other = listed.find(({ isThisOne }) => !isThisOne)?.sessionId ?? "";
  await endSession(database, userId, other);
  expect(await findSession(database, there.token, START)).toBeNull();
  await database.withoutWorkspace((tx) => endEverySession(tx, userId));
  expect(await findSession(database, here.token, START)).toBeNull();
});
