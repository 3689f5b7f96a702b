/** Times and spans in words. Months are spelled here, so that server and browser can never disagree on a locale. */
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** "2026-07" as "Jul 2026". */
export function formatMonth(month: string): string {
  const [year = "", number = ""] = month.split("-");
  return `${MONTHS[Number(number) - 1] ?? number} ${year}`;
}

/** "21 Nov 2026, 09:41" in the given zone: UTC, or where the browser is. */
export function formatInstant(iso: string, zone: "utc" | "local"): string {
  const at = new Date(iso);
  const [year, month, day, hour, minute] =
    zone === "utc"
      ? [at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate(), at.getUTCHours(), at.getUTCMinutes()]
      : [at.getFullYear(), at.getMonth(), at.getDate(), at.getHours(), at.getMinutes()];
  return `${day} ${MONTHS[month]} ${year}, ${twoDigits(hour)}:${twoDigits(minute)}`;
}

/** "09:41:07", where the browser is or in UTC. */
export function formatClock(iso: string, zone: "utc" | "local"): string {
  const at = new Date(iso);
  const parts =
    zone === "utc"
      ? [at.getUTCHours(), at.getUTCMinutes(), at.getUTCSeconds()]
      : [at.getHours(), at.getMinutes(), at.getSeconds()];
  return parts.map(twoDigits).join(":");
}

/** Whole seconds as "less than a minute", "about 4 minutes", "about 2 hours 10 minutes". */
export function formatSecondsLeft(seconds: number): string {
  if (seconds < 60) return "less than a minute";
  const minutes = Math.ceil(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  const parts = [hours > 0 ? plural(hours, "hour") : "", rest > 0 ? plural(rest, "minute") : ""];
  return `about ${parts.filter(Boolean).join(" ")}`;
}

const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? "" : "s"}`;
const twoDigits = (value: number): string => String(value).padStart(2, "0");
