import { expect, test } from "vitest";
import { parseDue, parseRetryAfter, parseSpan, SPAN_MAX_MS } from "./durations";

const now = new Date("2026-11-21T12:00:00Z");
const later = (milliseconds: number) => new Date(now.getTime() + milliseconds);

test.each([
  ["30s", 30_000],
  ["1h30m", 5_400_000],
  ["1w2d3h4m5s", 788_645_000],
  ["1h 30m", 5_400_000],
  ["500ms", 500],
  ["9999d", SPAN_MAX_MS],
])("the span %s has %d milliseconds", (text, milliseconds) => {
  expect(parseSpan(text)).toBe(milliseconds);
});

test.each(["", "soon", "5", "1y", "-1s", "1.5h", "s"])("%j is no span", (text) => {
  expect(parseSpan(text)).toBeUndefined();
});

test("a sleep names a span, an instant, or nothing at all", () => {
  expect(parseDue("10s", now)).toEqual(later(10_000));
  expect(parseDue("2027-01-01T00:00:00.000Z", now)).toEqual(new Date("2027-01-01T00:00:00Z"));
  expect(parseDue("", now)).toEqual(now);
  expect(parseDue("tomorrow", now)).toBeUndefined();
});

test("retry-after names seconds or an instant", () => {
  expect(parseRetryAfter("2", now)).toEqual(later(2_000));
  expect(parseRetryAfter("2026-11-21T12:01:00.000Z", now)).toEqual(later(60_000));
  expect(parseRetryAfter("later", now)).toBeUndefined();
});
