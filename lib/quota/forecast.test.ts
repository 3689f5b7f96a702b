import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { forecastSeconds, type Pace } from "./forecast";

const PACE: Pace = {
  perMinute: 60,
  perDay: 5000,
  freeNow: 60,
  leftToday: 5000,
  secondsToNextDay: 3600,
  othersPerMinute: 0,
  callSeconds: 0,
};

describe("so many calls", () => {
  test("take no time while they fit into the present minute", () => {
    expect(forecastSeconds(60, PACE)).toBe(0);
    expect(forecastSeconds(0, { ...PACE, freeNow: 0 })).toBe(0);
  });

  test("go at the pace of the minute beyond that", () => {
    expect(forecastSeconds(660, PACE)).toBe(600);
    expect(forecastSeconds(660, { ...PACE, freeNow: 0 })).toBe(660);
  });

  test("take longer by what others use", () => {
    expect(forecastSeconds(660, { ...PACE, othersPerMinute: 20 })).toBe(900);
  });

  test("take longer by the time for which each holds its place beyond the minute", () => {
    expect(forecastSeconds(660, { ...PACE, callSeconds: 3 })).toBeCloseTo(630);
  });

  test("wait for the next day with what no longer fits into this one", () => {
    expect(forecastSeconds(110, { ...PACE, leftToday: 10 })).toBe(3600 + 40);
    expect(forecastSeconds(10_060, { ...PACE, leftToday: 0 })).toBe(3600 + 2 * 86_400);
  });

  test("never end where others use everything", () => {
    expect(forecastSeconds(61, { ...PACE, othersPerMinute: 60 })).toBe(Number.POSITIVE_INFINITY);
  });
});

test("more calls never take less time", () => {
  fc.assert(
    fc.property(fc.nat(20_000), fc.nat(500), fc.nat(60), fc.nat(5000), (calls, more, freeNow, leftToday) => {
      const pace = { ...PACE, freeNow, leftToday };
      expect(forecastSeconds(calls + more, pace)).toBeGreaterThanOrEqual(forecastSeconds(calls, pace));
    }),
  );
});
