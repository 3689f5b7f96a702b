import { formatInstant } from "./format-time";

/** The day of an instant by UTC, as a date of a contract is written: "21 Nov 2026". */
export function formatDay(iso: string): string {
  return formatInstant(iso, "utc").split(",")[0] ?? "";
}
