import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type BudgetWorld, createBudgetWorld, granted, type Limits } from "@/tests/builders/budget";
import { type BudgetOptions, requestPermit } from "./budget";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;
const DEADLINE = 2 * MINUTE;
const ANSWER = { status: 200, headers: {}, bytesReceived: 0, records: 1 };

let world: BudgetWorld;
beforeAll(async () => {
  world = await createBudgetWorld();
});
afterAll(() => world.end());

const optionsFor = (connectionId: string, changes: Partial<BudgetOptions> = {}): BudgetOptions => ({
  database: world.database,
  connectionId,
  lane: "backfill",
  dayRemainingHeader: "x-daylimit-remaining",
  appRemainingHeader: "x-appminlimit-remaining",
  retryAfterHeader: "retry-after",
  isSandbox: false,
  waitMaxMs: 0,
  callDeadlineMs: DEADLINE,
  ...changes,
});

/** A connection with a budget of its own, asked without waiting. */
async function aBudget(limits: Partial<Limits> = {}, changes: Partial<BudgetOptions> = {}) {
  const options = optionsFor(await world.addConnection(limits), changes);
  const ask = (cost = 1) => requestPermit(options, cost);
  return {
    options,
    ask,
    /** One whole call, and what the vendor answered. */
    async call(status = 200, headers: Readonly<Record<string, string>> = {}) {
      await granted(await ask()).observe({ ...ANSWER, status, headers });
    },
    async isFree() {
      const answer = await ask();
      if (answer.granted) await answer.permit.observe(null);
      return answer.granted;
    },
    async waitMs() {
      const answer = await ask();
      return answer.granted ? 0 : answer.retryAfterMs;
    },
  };
}

describe("calls at once", () => {
  test("of twenty that ask together no more than the limit go, in one process or in several", async () => {
    const { options } = await aBudget({ concurrencyLimit: 3 });
    const answers = await Promise.all(Array.from({ length: 20 }, () => requestPermit(options, 1)));
    expect(answers.filter((one) => one.granted).length).toBe(3);
  });

  test("an answer frees its place, whatever the answer was", async () => {
    const { ask, isFree } = await aBudget({ concurrencyLimit: 1 });
    for (const answer of [ANSWER, { ...ANSWER, status: 500 }, null]) {
      const permit = granted(await ask());
      expect(await isFree()).toBe(false);
      await permit.observe(answer);
      expect(await isFree()).toBe(true);
    }
  });

  test("a caller that may wait gets the place of the one before it", async () => {
    const { options, ask } = await aBudget({ concurrencyLimit: 1 });
    const first = granted(await ask());
    const waiting = requestPermit({ ...options, waitMaxMs: 30 * SECOND }, 1);
    await first.observe(null);
    expect((await waiting).granted).toBe(true);
  });

  test("a call that never ended frees its place at its deadline, not before", async () => {
    const { ask, isFree } = await aBudget({ concurrencyLimit: 1 });
    await ask();
    await world.letPass(DEADLINE - MINUTE);
    expect(await isFree()).toBe(false);
    await world.letPass(MINUTE);
    expect(await isFree()).toBe(true);
  });
});

describe("calls in a minute", () => {
  test("the one over the limit waits until the first is a minute old, and no longer", async () => {
    const { call, isFree, waitMs } = await aBudget({ minuteLimit: 2 });
    await call();
    await world.letPass(20 * SECOND);
    await call();
    const wait = await waitMs();
    expect(wait).toBeGreaterThan(30 * SECOND);
    expect(wait).toBeLessThanOrEqual(40 * SECOND);
    await world.letPass(wait);
    expect(await isFree()).toBe(true);
    expect(await isFree()).toBe(false);
  });

  test("an answer that took almost a minute counts for the minute after it: the vendor may have counted it late", async () => {
    const { ask, isFree } = await aBudget({ minuteLimit: 1 });
    const permit = granted(await ask());
    await world.letPass(50 * SECOND);
    await permit.observe(null);
    await world.letPass(30 * SECOND);
    expect(await isFree()).toBe(false);
    await world.letPass(30 * SECOND);
    expect(await isFree()).toBe(true);
  });

  test("a call that never ended counts for a minute after its deadline, and the wait says so", async () => {
    const { ask, isFree, waitMs } = await aBudget({ minuteLimit: 1 });
    await ask();
    await world.letPass(DEADLINE);
    const wait = await waitMs();
    expect(wait).toBeGreaterThan(30 * SECOND);
    await world.letPass(wait);
    expect(await isFree()).toBe(true);
  });

  test("a call of several counts as several, and one that never fits is refused by name", async () => {
    const { ask, options } = await aBudget({ minuteLimit: 5, concurrencyLimit: 3 });
    await granted(await ask(3)).observe(null);
    expect((await ask(3)).granted).toBe(false);
    await granted(await ask(2)).observe(null);
    expect((await ask(1)).granted).toBe(false);
    await expect(requestPermit(options, 4)).rejects.toThrow("more than the budget ever allows");
  });
});

describe("calls in a day", () => {
  test("the day's last call is the last, until a day has passed since it began", async () => {
    const { call, isFree, waitMs } = await aBudget({ dayLimit: 3 });
    for (let count = 0; count < 3; count += 1) await call();
    expect(await waitMs()).toBeGreaterThan(23 * 60 * MINUTE);
    await world.letPass(DAY - MINUTE);
    expect(await isFree()).toBe(false);
    await world.letPass(MINUTE);
    expect(await isFree()).toBe(true);
  });

  test("the vendor's count of what is left is believed where it is the smaller", async () => {
    const { call, isFree } = await aBudget({ dayLimit: 1000 });
    await call(200, { "x-daylimit-remaining": "1" });
    await call(429, { "x-daylimit-remaining": "900", "retry-after": "1" });
    await world.letPass(2 * SECOND);
    expect(await isFree()).toBe(false);
  });

  test("a header that is no whole number teaches nothing", async () => {
    const { call, isFree } = await aBudget({ dayLimit: 1000 });
    for (const text of ["", "-5", "none", "1.5", "99999999999999"])
      await call(200, { "x-daylimit-remaining": text });
    expect(await isFree()).toBe(true);
  });
});

describe("after a 429", () => {
  test("nobody calls for as long as the vendor said", async () => {
    const { call, isFree, waitMs } = await aBudget();
    await call(429, { "retry-after": "17" });
    expect(await waitMs()).toBeGreaterThan(5 * SECOND);
    expect(await waitMs()).toBeLessThanOrEqual(17 * SECOND);
    await world.letPass(17 * SECOND);
    expect(await isFree()).toBe(true);
  });

  test("without a time nobody calls for a minute", async () => {
    const { call, waitMs } = await aBudget();
    await call(429, { "retry-after": "soon" });
    expect(await waitMs()).toBeGreaterThan(30 * SECOND);
  });

  test("an earlier end does not shorten a later one", async () => {
    const { ask, waitMs } = await aBudget();
    const [first, second] = [granted(await ask()), granted(await ask())];
    await first.observe({ ...ANSWER, status: 429, headers: { "retry-after": "50" } });
    await second.observe({ ...ANSWER, status: 429, headers: { "retry-after": "1" } });
    expect(await waitMs()).toBeGreaterThan(30 * SECOND);
  });

  test("a time beyond all reason is a long wait, not a failure", async () => {
    const { call, waitMs } = await aBudget();
    await call(429, { "retry-after": "999999999" });
    expect(await waitMs()).toBeGreaterThan(23 * 60 * MINUTE);
  });

  test("the same header on another answer blocks nobody", async () => {
    const { call, isFree } = await aBudget();
    await call(503, { "retry-after": "60" });
    expect(await isFree()).toBe(true);
  });
});

describe("the sandbox's limit speed", () => {
  const announced = { "x-sandbox-limit-speed": "60" };

  test("shortens minute and day for the sandbox", async () => {
    const { call, isFree } = await aBudget({ minuteLimit: 1, dayLimit: 2 }, { isSandbox: true });
    await call(200, announced);
    expect(await isFree()).toBe(false);
    await world.letPass(SECOND);
    expect(await isFree()).toBe(true);
    await world.letPass(DAY / 60);
    expect(await isFree()).toBe(true);
  });

  test("is not obeyed from anybody else", async () => {
    const { call, isFree } = await aBudget({ minuteLimit: 1 });
    await call(200, announced);
    await world.letPass(30 * SECOND);
    expect(await isFree()).toBe(false);
  });

  test("of nothing or nonsense changes nothing", async () => {
    const { call, isFree } = await aBudget({ minuteLimit: 3 }, { isSandbox: true });
    for (const speed of ["0", "fast", "-1"]) await call(200, { "x-sandbox-limit-speed": speed });
    await world.letPass(30 * SECOND);
    expect(await isFree()).toBe(false);
  });
});

test("what one connection used, or is blocked from, does not touch another", async () => {
  const limits = { minuteLimit: 1, dayLimit: 1, concurrencyLimit: 1 };
  const [first, second] = [await aBudget(limits), await aBudget(limits)];
  await first.call(429, { "retry-after": "60", "x-daylimit-remaining": "0" });
  expect(await first.isFree()).toBe(false);
  expect(await second.isFree()).toBe(true);
});

test("an answer that is observed twice counts once", async () => {
  const { ask } = await aBudget({ minuteLimit: 2, concurrencyLimit: 2 });
  const permit = granted(await ask());
  await permit.observe(null);
  await permit.observe(null);
  expect([(await ask()).granted, (await ask()).granted]).toEqual([true, false]);
});

test("a connection without a budget gets no permit", async () => {
  const unknown = optionsFor("00000000-0000-4000-8000-00000000dead");
  await expect(requestPermit(unknown, 1)).rejects.toThrow("has no budget");
});
