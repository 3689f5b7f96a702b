import { expect, test } from "vitest";
import { parseCron } from "./cron";

const next = (cron: string, after: string) => parseCron(cron).next(new Date(after))?.toISOString();

test.each([
  ["* * * * *", "2026-11-21T12:00:00Z", "2026-11-21T12:01:00.000Z"],
  ["* * * * *", "2026-11-21T12:00:59.999Z", "2026-11-21T12:01:00.000Z"],
  ["*/15 * * * *", "2026-11-21T12:46:10Z", "2026-11-21T13:00:00.000Z"],
  ["30 6 * * 1-5", "2026-11-21T12:00:00Z", "2026-11-23T06:30:00.000Z"],
  ["0 0 1 1 *", "2026-11-21T12:00:00Z", "2027-01-01T00:00:00.000Z"],
  ["0 0 29 2 *", "2026-11-21T12:00:00Z", "2028-02-29T00:00:00.000Z"],
  ["0 0 13 * 5", "2026-11-21T12:00:00Z", "2026-11-27T00:00:00.000Z"],
])("%s after %s fires at %s", (cron, after, expected) => {
  expect(next(cron, after)).toBe(expected);
});

test("a time zone moves with its clock changes", () => {
  expect(next("TZ=Europe/London 0 6 * * *", "2026-07-01T12:00:00Z")).toBe("2026-07-02T05:00:00.000Z");
  expect(next("TZ=Europe/London 0 6 * * *", "2026-12-01T12:00:00Z")).toBe("2026-12-02T06:00:00.000Z");
});

test("a local time that the clock change leaves out does not fire that day", () => {
  expect(next("TZ=Europe/London 30 1 * * *", "2026-03-28T12:00:00Z")).toBe("2026-03-30T00:30:00.000Z");
});

test("a date that never comes has no next time", () => {
  expect(next("0 0 31 2 *", "2026-11-21T12:00:00Z")).toBeUndefined();
});

test.each(["61 * * * *", "* * * *", "@daily", "* * * * MON", "TZ=Nowhere/Land * * * * *"])(
  "%s is refused",
  (cron) => {
    expect(() => parseCron(cron)).toThrow(/cron|range|time zone/i);
  },
);
