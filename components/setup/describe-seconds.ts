const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A length of time as one says it: "under a minute", "12 minutes", "3 hours", "2 days". */
export function describeSeconds(seconds: number): string {
  if (seconds < MINUTE) return "under a minute";
  const [size, word] =
    seconds < 2 * HOUR ? [MINUTE, "minute"] : seconds < 2 * DAY ? [HOUR, "hour"] : [DAY, "day"];
  const count = Math.ceil(seconds / Number(size));
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}
