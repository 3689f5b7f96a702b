import fc from "fast-check";
import { expect, test } from "vitest";
import { dayAfter, daysBetween, monthOf, parseLocalDate } from "./local-date";

test("every day of the calendar is a date, and stays the text that it was", () => {
  const days = fc.date({ min: new Date("1900-01-01"), max: new Date("2199-12-31"), noInvalidDate: true });
  fc.assert(
    fc.property(days, (day) => {
      const text = day.toISOString().slice(0, 10);
      expect(parseLocalDate(text)).toBe(text);
      expect(monthOf(parseLocalDate(text))).toBe(text.slice(0, 7));
    }),
  );
});

test.each([
  "2026-02-29",
  "2026-02-30",
  "2026-13-01",
  "2026-00-10",
  "2026-04-31",
  "2026-1-1",
  "26-01-01",
  "2026-01-01T00:00:00Z",
  " 2026-01-01",
  "2026-01-01\n",
  "01/02/2026",
  "",
])("%j is no date", (text) => {
  expect(() => parseLocalDate(text)).toThrow(RangeError);
});

test("the leap day of a leap year is a date", () => {
  expect(parseLocalDate("2028-02-29")).toBe("2028-02-29");
});

test("the day after is found over the ends of months and years", () => {
  const after = (text: string) => dayAfter(parseLocalDate(text));
  expect([after("2026-06-30"), after("2026-12-31"), after("2028-02-28")]).toEqual([
    "2026-07-01",
    "2027-01-01",
    "2028-02-29",
  ]);
});

test("days between two dates are counted over the ends of months, years and summer time", () => {
  const days = (first: string, second: string) => daysBetween(parseLocalDate(first), parseLocalDate(second));
  expect(days("2026-03-28", "2026-03-30")).toBe(2);
  expect(days("2026-01-01", "2025-12-31")).toBe(-1);
  expect(days("2028-02-28", "2028-03-01")).toBe(2);
  expect(days("2026-05-10", "2026-05-10")).toBe(0);
});
