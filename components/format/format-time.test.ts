import { describe, expect, it } from "vitest";
import { formatClock, formatInstant, formatMonth, formatSecondsLeft } from "./format-time";

describe("times in words", () => {
  it("spells a month with its year", () => {
    expect(formatMonth("2026-07")).toBe("Jul 2026");
  });

  it("writes an instant in UTC with a 24-hour clock", () => {
    expect(formatInstant("2026-11-21T09:04:59.000Z", "utc")).toBe("21 Nov 2026, 09:04");
    expect(formatClock("2026-11-21T09:04:59.000Z", "utc")).toBe("09:04:59");
  });

  it("rounds the time left up and never shows seconds", () => {
    expect([0, 59, 60, 61, 3600, 7800].map(formatSecondsLeft)).toEqual([
      "less than a minute",
      "less than a minute",
      "about 1 minute",
      "about 2 minutes",
      "about 1 hour",
      "about 2 hours 10 minutes",
    ]);
  });
});
