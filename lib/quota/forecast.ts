/**
 * How long a number of calls takes at a vendor's own pace: what is free at once goes at once, the rest at the pace of the
 * minute limit less what others use of it, and what no longer fits into the day waits for the next. Pure. Calls overlap, so
 * that their own time is not added; but each holds its place for that much longer than a minute.
 */
export interface Pace {
  readonly perMinute: number;
  readonly perDay: number;
  /** Calls that may still go in the present minute. */
  readonly freeNow: number;
  readonly leftToday: number;
  readonly secondsToNextDay: number;
  /** Calls a minute that live changes are using, and go on using. */
  readonly othersPerMinute: number;
  /** How long a call takes; 0 where that is not known. */
  readonly callSeconds: number;
}

const SECONDS_A_MINUTE = 60;
const SECONDS_A_DAY = 86_400;

/** Seconds until the last of the calls may go; infinite where nothing is left for them. */
export function forecastSeconds(calls: number, pace: Pace): number {
  const whole = paceSeconds(calls, pace.freeNow, pace);
  if (calls <= pace.leftToday && whole <= pace.secondsToNextDay) return whole;
  const untilNextDay = Math.floor(pace.freeNow + (pace.secondsToNextDay * rateOf(pace)) / SECONDS_A_MINUTE);
  const today = Math.min(pace.leftToday, untilNextDay);
  // Whoever had to wait for the day finds a whole minute free; whoever worked up to it does not.
  const freeThen = today < untilNextDay ? pace.perMinute : 0;
  return pace.secondsToNextDay + laterSeconds(calls - today, freeThen, pace);
}

const rateOf = ({ perMinute, othersPerMinute, callSeconds }: Pace): number =>
  Math.max(0, (perMinute * SECONDS_A_MINUTE) / (SECONDS_A_MINUTE + callSeconds) - othersPerMinute);

/** From the beginning of a day on. */
function laterSeconds(calls: number, freeAtOnce: number, pace: Pace): number {
  const aDay = Math.min(pace.perDay, (SECONDS_A_DAY * rateOf(pace)) / SECONDS_A_MINUTE);
  if (aDay === 0) return Number.POSITIVE_INFINITY;
  const wholeDays = Math.ceil(calls / aDay) - 1;
  const free = wholeDays === 0 ? freeAtOnce : pace.perMinute;
  return wholeDays * SECONDS_A_DAY + paceSeconds(calls - wholeDays * aDay, free, pace);
}

function paceSeconds(calls: number, freeAtOnce: number, pace: Pace): number {
  const waiting = Math.max(0, calls - freeAtOnce);
  return waiting === 0 ? 0 : (waiting * SECONDS_A_MINUTE) / rateOf(pace);
}
