import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type BudgetWorld, createBudgetWorld, granted, type Limits } from "@/tests/builders/budget";
import { type BudgetOptions, type Lane, requestPermit } from "./budget";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const ANSWER = { status: 200, headers: {}, bytesReceived: 0, records: 1 };

let world: BudgetWorld;
beforeAll(async () => {
  world = await createBudgetWorld();
});
afterAll(() => world.end());

/** Three callers of one connection, none of whom waits. */
async function aSharedBudget(limits: Partial<Limits> = {}) {
  const connectionId = await world.addConnection(limits);
  const options = (lane: Lane): BudgetOptions => ({
    database: world.database,
    connectionId,
    lane,
    dayRemainingHeader: null,
    appRemainingHeader: "x-appminlimit-remaining",
    retryAfterHeader: null,
    isSandbox: false,
    waitMaxMs: 0,
    callDeadlineMs: 2 * MINUTE,
  });
  const ask = (lane: Lane) => requestPermit(options(lane), 1);
  /** One whole call: 0, or the time to wait for it. */
  const call = async (lane: Lane, headers: Readonly<Record<string, string>> = {}): Promise<number> => {
    const answer = await ask(lane);
    if (!answer.granted) return answer.retryAfterMs;
    await answer.permit.observe({ ...ANSWER, headers });
    return 0;
  };
  /** How many calls of a lane go before one has to wait. */
  const countFree = async (lane: Lane): Promise<number> => {
    for (let calls = 0; ; calls += 1) if ((await call(lane)) > 0) return calls;
  };
  return { connectionId, ask, call, countFree };
}

describe("while nobody else is about", () => {
  test("back-fill may take the whole minute at once", async () => {
    const { countFree } = await aSharedBudget({ minuteLimit: 60 });
    expect(await countFree("backfill")).toBe(60);
  });

  test("back-fill may take the whole day", async () => {
    const { countFree } = await aSharedBudget({ minuteLimit: 1000, dayLimit: 300 });
    expect(await countFree("backfill")).toBe(300);
  });
});

describe("a person at the screen", () => {
  test("finds a place in a minute that back-fill and live changes have used up", async () => {
    const { call, countFree } = await aSharedBudget({ minuteLimit: 60 });
    await call("person");
    expect(await countFree("live")).toBe(60 - 1 - 3);
    expect(await call("backfill")).toBeGreaterThan(0);
    expect(await countFree("person")).toBe(3);
  });

  test("finds a call left at the end of a day", async () => {
    const { call, countFree } = await aSharedBudget({ minuteLimit: 1000, dayLimit: 300 });
    await call("person");
    expect(await countFree("live")).toBe(300 - 1 - 3);
    expect(await countFree("person")).toBe(3);
  });

  test("who left five minutes ago keeps nothing from the others", async () => {
    const { call, countFree } = await aSharedBudget({ minuteLimit: 60 });
    await call("person");
    await world.letPass(6 * MINUTE);
    expect(await countFree("backfill")).toBe(60);
  });
});

describe("a live change", () => {
  test("finds its place at once in a minute that back-fill would have used up", async () => {
    const { call, countFree } = await aSharedBudget({ minuteLimit: 60 });
    await call("live");
    for (let calls = 1; calls <= 80; calls += 1) {
      await world.letPass(900);
      await call("backfill");
      if (calls % 10 === 0) expect(await call("live")).toBe(0);
    }
    expect(await countFree("backfill")).toBeLessThanOrEqual(3);
  });

  test("that waits for a place gets the next one, though back-fill asks first", async () => {
    const { ask, call } = await aSharedBudget({ concurrencyLimit: 1 });
    const busy = granted(await ask("backfill"));
    expect((await ask("live")).granted).toBe(false);
    await busy.observe(ANSWER);
    expect(await call("backfill")).toBeGreaterThan(0);
    expect(await call("live")).toBe(0);
  });

  test("that waited and never came back holds back-fill up for a moment alone", async () => {
    const { ask, call } = await aSharedBudget({ concurrencyLimit: 1 });
    const busy = granted(await ask("backfill"));
    await ask("live");
    await busy.observe(ANSWER);
    await world.letPass(SECOND);
    expect(await call("backfill")).toBe(0);
  });

  test("yields to a person who waits", async () => {
    const { ask, call } = await aSharedBudget({ concurrencyLimit: 1 });
    const busy = granted(await ask("backfill"));
    await ask("person");
    await busy.observe(ANSWER);
    expect(await call("live")).toBeGreaterThan(0);
    expect(await call("person")).toBe(0);
  });

  test("makes back-fill keep an even pace, so that no minute comes free in one lump", async () => {
    const { call, countFree } = await aSharedBudget({ minuteLimit: 60 });
    await call("live");
    let calls = await countFree("backfill");
    expect(calls).toBe(4);
    for (let seconds = 2; seconds < 60; seconds += 2) {
      await world.letPass(2 * SECOND);
      const inTwoSeconds = await countFree("backfill");
      expect(inTwoSeconds).toBeLessThanOrEqual(3);
      calls += inTwoSeconds;
    }
    expect(calls).toBeGreaterThanOrEqual(57);
  });
});

describe("the app's own limit over all tenants", () => {
  test("that runs low stops back-fill of every connection first, then live changes, and a person never", async () => {
    const [first, second] = [await aSharedBudget(), await aSharedBudget()];
    await world.shareApp([first.connectionId, second.connectionId], 1000);
    await first.call("backfill", { "x-appminlimit-remaining": "90" });
    expect(await second.call("backfill")).toBeGreaterThan(0);
    expect(await second.call("live", { "x-appminlimit-remaining": "15" })).toBe(0);
    expect(await first.call("live")).toBeGreaterThan(0);
    expect(await first.call("person")).toBe(0);
  });

  test("is asked about again after a while, and believed anew", async () => {
    const one = await aSharedBudget();
    await world.shareApp([one.connectionId], 1000);
    await one.call("backfill", { "x-appminlimit-remaining": "5" });
    expect(await one.call("backfill")).toBeGreaterThan(0);
    await world.letPass(11 * SECOND);
    expect(await one.call("backfill", { "x-appminlimit-remaining": "900" })).toBe(0);
    expect(await one.call("backfill")).toBe(0);
  });
});

test("the meter counts calls, what one record a call would have taken, and bytes, each call once", async () => {
  const { ask, connectionId } = await aSharedBudget();
  const permit = granted(await ask("backfill"));
  await permit.observe({ ...ANSWER, records: 50, bytesReceived: 7000 });
  await permit.observe({ ...ANSWER, records: 50, bytesReceived: 7000 });
  await granted(await ask("live")).observe(null);
  expect(await world.meterOf(connectionId)).toEqual({ calls: 2, singleCalls: 51, bytesReceived: 7000n });
});
