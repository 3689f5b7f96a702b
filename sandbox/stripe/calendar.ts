/** Billing periods: calendar months and years from an anchor, a missing day becoming the last one of its month. */
import type { Interval } from "./wire";

const DAY_SECONDS = 86_400;

/** The instant `count` intervals after another one, both in Unix seconds. */
export function addIntervals(
  seconds: number,
  interval: Interval,
  count: number,
  anchor: number = seconds,
): number {
  if (interval === "day") return seconds + count * DAY_SECONDS;
  if (interval === "week") return seconds + count * 7 * DAY_SECONDS;
  const from = new Date(seconds * 1000);
  const months = from.getUTCMonth() + count * (interval === "year" ? 12 : 1);
  const lastDay = new Date(Date.UTC(from.getUTCFullYear(), months + 1, 0)).getUTCDate();
  const day = Math.min(new Date(anchor * 1000).getUTCDate(), lastDay);
  const midnight = Date.UTC(from.getUTCFullYear(), months, day) / 1000;
  return midnight + (seconds % DAY_SECONDS);
}

/**
 * The part of an amount that falls on what is left of a period, to the second and rounded to the nearest minor
 * unit, halves up. https://docs.stripe.com/billing/subscriptions/prorations (checked 2026-11-21)
 */
export function prorated(amount: number, period: { start: number; end: number }, at: number): number {
  const whole = BigInt(period.end - period.start);
  const left = BigInt(Math.max(0, Math.min(period.end, period.end - at)));
  if (whole <= 0n) return 0;
  return Number((2n * BigInt(amount) * left + whole) / (2n * whole));
}
