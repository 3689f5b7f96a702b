import { parseCronItem } from "graphile-worker";

/*
 * When a cron trigger fires next. The five fields are read by graphile-worker's parser (numbers, lists, ranges, steps
 * of *); the time zone is UTC, or the one that Inngest's form `TZ=Europe/London 0 6 * * *` names. A local time that a
 * clock change leaves out does not fire that day; one that occurs twice fires twice.
 */

const MINUTE_MS = 60_000;
/** Longer than the rarest date, 29 February. */
const SEARCH_DAYS_MAX = 4 * 366 + 1;

export interface Schedule {
  /** The first matching minute after the instant; undefined where there is none in four years. */
  next(after: Date): Date | undefined;
}

interface Digest {
  readonly min: number;
  readonly hour: number;
  readonly date: number;
  readonly month: number;
  readonly dow: number;
}

/** Parses a cron text; throws with its words where the runner does not know them. */
export function parseCron(text: string): Schedule {
  const zoned = /^TZ=(\S+)\s+(.+)$/.exec(text.trim());
  const digestOf = digestIn(zoned?.[1] ?? "UTC", text);
  const fields = (zoned?.[2] ?? text).trim();
  const { match } = parseCronItem({ task: "cron", match: fields }, `cron trigger "${text}"`);
  return { next: (after) => nextMatch(after, digestOf, match) };
}

function nextMatch(
  after: Date,
  digestOf: (instant: Date) => Digest,
  matches: (digest: Digest) => boolean,
): Date | undefined {
  let instant = (Math.floor(after.getTime() / MINUTE_MS) + 1) * MINUTE_MS;
  const end = instant + SEARCH_DAYS_MAX * 24 * 60 * MINUTE_MS;
  while (instant < end) {
    const digest = digestOf(new Date(instant));
    if (matches(digest)) return new Date(instant);
    // An hour without a match is left at once: years are searched in milliseconds.
    const hasMatch = minutesLeft(digest).some((min) => matches({ ...digest, min }));
    instant += hasMatch ? MINUTE_MS : (60 - digest.min) * MINUTE_MS;
  }
  return undefined;
}

function minutesLeft({ min }: Digest): number[] {
  return Array.from({ length: 60 - min }, (_, offset) => min + offset);
}

function digestIn(timeZone: string, source: string): (instant: Date) => Digest {
  if (timeZone === "UTC")
    return (instant) => ({
      min: instant.getUTCMinutes(),
      hour: instant.getUTCHours(),
      date: instant.getUTCDate(),
      month: instant.getUTCMonth() + 1,
      dow: instant.getUTCDay(),
    });
  const format = zoneFormat(timeZone, source);
  return (instant) => {
    const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, value]));
    const numberOf = (type: Intl.DateTimeFormatPartTypes) => Number(parts.get(type));
    const [year, month, date] = [numberOf("year"), numberOf("month"), numberOf("day")];
    const dow = new Date(Date.UTC(year, month - 1, date)).getUTCDay();
    return { min: numberOf("minute"), hour: numberOf("hour"), date, month, dow };
  };
}

function zoneFormat(timeZone: string, source: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat("en-GB", {
      timeZone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
    });
  } catch (cause) {
    throw new Error(`cron trigger "${source}" names no time zone that is known`, { cause });
  }
}
