import { z } from "zod";

/**
 * When a pair looks for changes by itself. The times are pure arithmetic on an instant that is handed in; a day's hour is
 * that of the organisation's clock, summer time included. Whether a pair is paused is the pair's own state, not a
 * schedule: pausing keeps what was chosen.
 */
export const scheduleSchema = z.discriminatedUnion("mode", [
  /** At each notice of a vendor, and by a look every quarter of an hour for those that were lost. */
  z.object({ mode: z.literal("realTime") }),
  z.object({ mode: z.literal("hourly") }),
  z.object({
    mode: z.literal("dailyAt"),
    hour: z.int().min(0).max(23),
    timeZone: z.string().refine(isTimeZone, "is no time zone"),
  }),
  /** Only when a person presses. */
  z.object({ mode: z.literal("byHand") }),
]);
export type Schedule = z.output<typeof scheduleSchema>;
export type ScheduleMode = Schedule["mode"];

export const SCHEDULE_MODES = ["realTime", "hourly", "dailyAt", "byHand"] as const satisfies ScheduleMode[];

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** How long a lost notice may stay unseen. */
const SAFETY_NET_MS = 15 * MINUTE_MS;
/** After this long without success a person has been told; asking more often would only use up calls. */
const RETRY_MAX_MS = HOUR_MS;

/** The next instant, after the given one, at which the schedule starts a run; null where it never does. */
export function nextRunAfter(schedule: Schedule, now: Date): Date | null {
  switch (schedule.mode) {
    case "realTime":
      return new Date(now.getTime() + SAFETY_NET_MS);
    case "hourly":
      return new Date(now.getTime() + HOUR_MS);
    case "dailyAt":
      return nextHourOfDay(schedule.hour, schedule.timeZone, now);
    case "byHand":
      return null;
  }
}

/** When a run that failed by itself is tried again: after 1, 2, 4, ... minutes, at most an hour. */
export function retryAfterFailure(failedRuns: number, now: Date): Date {
  const waitMs = Math.min(MINUTE_MS * 2 ** Math.min(Math.max(failedRuns, 1) - 1, 10), RETRY_MAX_MS);
  return new Date(now.getTime() + waitMs);
}

function nextHourOfDay(hour: number, timeZone: string, now: Date): Date {
  for (let day = 0; ; day += 1) {
    const [year, month, date] = localParts(timeZone, new Date(now.getTime() + day * DAY_MS));
    const at = instantOf(Date.UTC(year, month - 1, date, hour), timeZone);
    if (at > now) return at;
  }
}

/** The instant at which clocks of the zone show these digits; an hour that summer time skips becomes the one after. */
function instantOf(shownMs: number, timeZone: string): Date {
  const guess = new Date(shownMs - offsetMs(timeZone, new Date(shownMs)));
  return new Date(shownMs - offsetMs(timeZone, guess));
}

function offsetMs(timeZone: string, at: Date): number {
  const [year, month, date, hour, minute, second] = localParts(timeZone, at);
  return Date.UTC(year, month - 1, date, hour, minute, second) - Math.floor(at.getTime() / 1_000) * 1_000;
}

type LocalParts = readonly [number, number, number, number, number, number];

function localParts(timeZone: string, at: Date): LocalParts {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  }).formatToParts(at);
  const read = (type: Intl.DateTimeFormatPartTypes): number =>
    Number(parts.find((part) => part.type === type)?.value);
  return [read("year"), read("month"), read("day"), read("hour"), read("minute"), read("second")];
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en-GB", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
