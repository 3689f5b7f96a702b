/**
 * Days and instants in Xero's JSON: "/Date(ms+0000)/" out, and in also plain ISO days. A document's date is
 * a day without a time zone; Xero writes it as midnight UTC.
 */

/** "/Date(1518685950940+0000)/" */
export function wireInstant(milliseconds: number): string {
  return `/Date(${milliseconds}+0000)/`;
}

/** A day (YYYY-MM-DD) as Xero's JSON instant. */
export function wireDay(day: string): string {
  return wireInstant(Date.parse(`${day}T00:00:00Z`));
}

/** "2018-02-15T00:00:00" */
export function wireDayText(day: string): string {
  return `${day}T00:00:00`;
}

/** "2018-02-15T09:12:30Z", as UpdatedDateUTCString */
export function wireInstantText(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, "Z");
}

/** "2018-02-15T09:12:30", as the DateUTCString of history */
export function wireSecondText(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 19);
}

/** A day out of YYYY-MM-DD, an ISO instant, or /Date(ms)/; null when it is none of these or no real day. */
export function parseDay(text: string): string | null {
  const wire = /^\/Date\((-?\d+)(?:[+-]\d{4})?\)\/$/.exec(text);
  if (wire?.[1] !== undefined) return dayOf(Number(wire[1]));
  const iso = /^(\d{4})-(\d{2})-(\d{2})(?:$|[T ])/.exec(text);
  if (iso === null) return null;
  const day = `${iso[1]}-${iso[2]}-${iso[3]}`;
  const instant = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(instant) || dayOf(instant) !== day ? null : day;
}

/** The UTC day of an instant. */
export function dayOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 10);
}

const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

/** "31 March 2025", as in Xero's messages. */
export function dayInWords(day: string): string {
  const [year = "", month = "", date = ""] = day.split("-");
  return `${Number(date)} ${MONTHS[Number(month) - 1] ?? ""} ${year}`;
}
