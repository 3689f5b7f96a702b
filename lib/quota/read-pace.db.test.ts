import { afterAll, beforeAll, expect, test } from "vitest";
import { type BudgetWorld, createBudgetWorld, granted } from "@/tests/builders/budget";
import { requestPermit } from "./budget";
import { readPace } from "./read-pace";

let world: BudgetWorld;
beforeAll(async () => {
  world = await createBudgetWorld();
});
afterAll(() => world.end());

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
