import { afterAll, beforeAll, expect, test } from "vitest";
import { type BudgetWorld, createBudgetWorld, granted } from "@/tests/builders/budget";
import { requestPermit } from "./budget";
import { readPace } from "./read-pace";

let world: BudgetWorld;
beforeAll(async () => {
  world = await createBudgetWorld();
});
afterAll(() => world.end());

test("beside live changes the pace leaves out what they use and what is kept free for them", async () => {
  const connectionId = await world.addConnection({ minuteLimit: 60, dayLimit: 1000 });
  const options = {
    database: world.database,
    connectionId,
    dayRemainingHeader: null,
    appRemainingHeader: null,
    retryAfterHeader: null,
    isSandbox: false,
    waitMaxMs: 0,
    callDeadlineMs: 40_000,
  } as const;
  await granted(await requestPermit({ ...options, lane: "person" }, 2)).observe(null);
  for (let call = 0; call < 3; call += 1) {
    const permit = granted(await requestPermit({ ...options, lane: "live" }, 1));
    await permit.observe(null);
  }
  const pace = await world.paceOf(connectionId, readPace);
  expect(pace).toMatchObject({ perMinute: 59, freeNow: 3, othersPerMinute: 3 });
  await world.letPass(6 * 60_000);
  const later = await world.paceOf(connectionId, readPace);
  expect(later).toMatchObject({ perMinute: 60, freeNow: 60, othersPerMinute: 0 });
});

test("the pace tells what the calls made so far leave of the minute and of the day", async () => {
  const connectionId = await world.addConnection({ minuteLimit: 60, dayLimit: 1000 });
  const options = {
    database: world.database,
    connectionId,
    lane: "backfill",
    dayRemainingHeader: null,
    appRemainingHeader: null,
    retryAfterHeader: null,
    isSandbox: false,
    waitMaxMs: 0,
    callDeadlineMs: 40_000,
  } as const;
  const ended = granted(await requestPermit(options, 2));
  await ended.observe(null);
  granted(await requestPermit(options, 3));
  expect(await world.paceOf(connectionId, readPace)).toMatchObject({
    perMinute: 60,
    freeNow: 55,
    leftToday: 995,
    limitSpeed: 1,
  });
  await world.letPass(25 * 60 * 60_000);
  expect(await world.paceOf(connectionId, readPace)).toMatchObject({ leftToday: 1000 });
});
