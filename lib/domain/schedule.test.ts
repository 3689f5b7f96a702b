import { describe, expect, it } from "vitest";
import { nextRunAfter, retryAfterFailure, scheduleSchema } from "./schedule";

const next = (hour: number, timeZone: string, now: string): string | undefined =>
  nextRunAfter({ mode: "dailyAt", hour, timeZone }, new Date(now))?.toISOString();

describe("nextRunAfter", () => {
  it("looks every quarter of an hour in real time, every hour when hourly, and never by hand", () => {
    const now = new Date("2026-11-21T10:00:00Z");
    expect(nextRunAfter({ mode: "realTime" }, now)?.toISOString()).toBe("2026-11-21T10:15:00.000Z");
    expect(nextRunAfter({ mode: "hourly" }, now)?.toISOString()).toBe("2026-11-21T11:00:00.000Z");
    expect(nextRunAfter({ mode: "byHand" }, now)).toBeNull();
  });

  it("takes a day's hour by the organisation's clock", () => {
    expect(next(6, "Pacific/Auckland", "2026-11-21T10:00:00Z")).toBe("2026-11-21T17:00:00.000Z");
    expect(next(6, "America/New_York", "2026-11-21T10:00:00Z")).toBe("2026-11-21T11:00:00.000Z");
    expect(next(6, "America/New_York", "2026-11-21T11:00:00Z")).toBe("2026-11-22T11:00:00.000Z");
    expect(next(0, "Asia/Kolkata", "2026-11-21T10:00:00Z")).toBe("2026-11-21T18:30:00.000Z");
  });

  it("keeps the hour when summer time begins and ends", () => {
    expect(next(7, "Europe/London", "2027-03-27T12:00:00Z")).toBe("2027-03-28T06:00:00.000Z");
    expect(next(7, "Europe/London", "2026-10-24T12:00:00Z")).toBe("2026-10-25T07:00:00.000Z");
  });

  it("runs on a day that has no such hour too", () => {
    // Clocks go from 1 to 2 that night.
    expect(next(1, "Europe/London", "2027-03-27T12:00:00Z")).toBe("2027-03-28T01:00:00.000Z");
  });

  it("is always later than now, within two days, whatever the zone and hour", () => {
    for (const timeZone of ["UTC", "Europe/London", "America/St_Johns", "Pacific/Apia", "Asia/Kathmandu"])
      for (let hour = 0; hour < 24; hour += 1)
        for (const now of ["2026-03-29T00:59:59Z", "2026-10-25T01:30:00Z", "2026-12-31T23:59:59Z"]) {
          const at = nextRunAfter({ mode: "dailyAt", hour, timeZone }, new Date(now));
          const aheadMs = (at?.getTime() ?? 0) - new Date(now).getTime();
          expect(aheadMs).toBeGreaterThan(0);
          expect(aheadMs).toBeLessThanOrEqual(26 * 3_600_000);
        }
  });
});

describe("retryAfterFailure", () => {
  it("waits twice as long after each failure, up to an hour", () => {
    const now = new Date("2026-11-21T10:00:00Z");
    const minutes = [1, 2, 3, 6, 7, 50].map(
      (failed) => (retryAfterFailure(failed, now).getTime() - now.getTime()) / 60_000,
    );
    expect(minutes).toEqual([1, 2, 4, 32, 60, 60]);
  });
});

describe("a schedule as it is stored", () => {
  it("names a real hour and a real time zone", () => {
    expect(scheduleSchema.safeParse({ mode: "dailyAt", hour: 24, timeZone: "UTC" }).success).toBe(false);
    expect(scheduleSchema.safeParse({ mode: "dailyAt", hour: 6, timeZone: "Mars/Base" }).success).toBe(false);
    expect(scheduleSchema.safeParse({ mode: "dailyAt", hour: 6, timeZone: "Europe/London" }).success).toBe(
      true,
    );
  });
});
