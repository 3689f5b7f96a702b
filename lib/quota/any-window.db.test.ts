import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type BudgetWorld, createBudgetWorld } from "@/tests/builders/budget";
import { type CallPermit, requestPermit } from "./budget";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const DEADLINE = 40 * SECOND;
const ANSWER = { status: 200, headers: {}, bytesReceived: 0, records: 1 };
const LIMITS = { minuteLimit: 4, concurrencyLimit: 3, dayLimit: 1000 };

let world: BudgetWorld;
beforeAll(async () => {
  world = await createBudgetWorld();
});
afterAll(() => world.end());

interface Call {
  readonly cost: number;
  readonly permit: CallPermit;
  readonly grantedAt: number;
  /** Latest instant at which the vendor can have counted it; infinite while it is in the air. */
  endedAt: number;
}

const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant("ask" as const), cost: fc.constantFrom(1, 1, 2) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("answer" as const), which: fc.nat({ max: 5 }) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("pass" as const),
      seconds: fc.constantFrom(0.5, 5, 20, 39, 41, 59, 60, 61),
    }),
  },
);

/*
 * The vendor counts a call somewhere between its permit and its end. Calls can fall into one window of a minute when
 * the last permit came less than a minute after the first end: if even those never exceed the limit, no window does.
 */
test("no minute holds more calls than the limit, wherever in their time the vendor counts them", async () => {
  let grants = 0;
  let refusals = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 40 }), async (steps) => {
      const connectionId = await world.addConnection(LIMITS);
      const options = {
        database: world.database,
        connectionId,
        lane: "backfill" as const,
        dayRemainingHeader: null,
        appRemainingHeader: null,
        retryAfterHeader: null,
        isSandbox: false,
        waitMaxMs: 0,
        callDeadlineMs: DEADLINE,
      };
      const calls: Call[] = [];
      const inAir = (at: number): Call[] => calls.filter((call) => call.endedAt > at);
      for (const one of steps) {
        if (one.kind === "pass") await world.letPass(one.seconds * SECOND);
        if (one.kind === "answer") {
          const open = inAir(await world.now());
          const call = open[one.which % Math.max(1, open.length)];
          if (!call) continue;
          call.endedAt = await world.now();
          await call.permit.observe(null);
        }
        if (one.kind !== "ask") continue;
        const before = await world.now();
        const answer = await requestPermit(options, one.cost);
        const at = await world.now();
        if (!answer.granted) {
          refusals += 1;
          continue;
        }
        grants += 1;
        // Its own time-out ends a call at its deadline at the latest.
        calls.push({ cost: one.cost, permit: answer.permit, grantedAt: at, endedAt: before + DEADLINE });
        const cost = (some: readonly Call[]): number => some.reduce((total, call) => total + call.cost, 0);
        expect(cost(calls.filter((call) => call.endedAt > at - MINUTE))).toBeLessThanOrEqual(
          LIMITS.minuteLimit,
        );
        expect(cost(inAir(at))).toBeLessThanOrEqual(LIMITS.concurrencyLimit);
      }
    }),
    { numRuns: 25, seed: 11 },
  );
  expect(grants).toBeGreaterThan(20);
  expect(refusals).toBeGreaterThan(20);
});

test("many that work at once through a short window together stay within it, and all get through", async () => {
  const windowMs = 200;
  const connectionId = await world.addConnection({ minuteLimit: 6, concurrencyLimit: 3 });
  const options = {
    database: world.database,
    connectionId,
    lane: "backfill" as const,
    dayRemainingHeader: null,
    appRemainingHeader: null,
    retryAfterHeader: null,
    isSandbox: true,
    waitMaxMs: 30 * SECOND,
    callDeadlineMs: DEADLINE,
  };
  const announced = { ...ANSWER, headers: { "x-sandbox-limit-speed": String(MINUTE / windowMs) } };
  const arrivals: number[] = [];
  const work = async (): Promise<void> => {
    for (let count = 0; count < 4; count += 1) {
      const answer = await requestPermit(options, 1);
      if (!answer.granted) throw new Error("a worker gave up");
      arrivals.push(performance.now());
      await answer.permit.observe(announced);
    }
  };
  await Promise.all(Array.from({ length: 8 }, work));
  expect(arrivals.length).toBe(32);
  const sorted = arrivals.sort((first, second) => first - second);
  for (const [index, at] of sorted.entries()) {
    const seventh = sorted[index + 6];
    // The database keeps whole milliseconds.
    if (seventh !== undefined) expect(seventh - at).toBeGreaterThan(windowMs - 1);
  }
});
