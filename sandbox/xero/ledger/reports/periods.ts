/** Days as reports count them: months, quarters and years before a day, and the financial year. Days are YYYY-MM-DD. */
import { dayOf } from "../../dates";
import type { Organisation } from "../../records";

const DAY_MS = 86_400_000;

export interface Period {
  readonly from: string;
  readonly to: string;
}

export function addDays(day: string, days: number): string {
  return dayOf(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS);
}

export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
}

export function monthStart(day: string): string {
  return `${day.slice(0, 7)}-01`;
}

export function monthEnd(day: string): string {
  const [year = 0, month = 0] = day.split("-").map(Number);
  return dayOf(Date.UTC(year, month, 0));
}

/** The day some months earlier; the last day of a month stays the last. */
export function monthsBefore(day: string, months: number): string {
  const [year = 0, month = 0, date = 0] = day.split("-").map(Number);
  const last = new Date(Date.UTC(year, month - months, 0)).getUTCDate();
  const isLast = monthEnd(day) === day;
  return dayOf(Date.UTC(year, month - 1 - months, isLast ? last : Math.min(date, last)));
}

/** First day of the financial year that a day is in. */
export function financialYearStart(organisation: Organisation, day: string): string {
  const { financialYearEndMonth: month, financialYearEndDay: date } = organisation;
  const year = Number(day.slice(0, 4));
  const ends = [year - 1, year].map((endYear) => {
    const last = new Date(Date.UTC(endYear, month, 0)).getUTCDate();
    return dayOf(Date.UTC(endYear, month - 1, Math.min(date, last)));
  });
  const before = ends.filter((end) => end < day).at(-1);
  return addDays(before ?? `${year - 2}-12-31`, 1);
}

const SHORT_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** "30 Apr 2019" */
export function shortDay(day: string): string {
  const [year = "", month = "", date = ""] = day.split("-");
  return `${Number(date)} ${SHORT_MONTHS[Number(month) - 1] ?? ""} ${year}`;
}

/** "30 Apr 19" */
export function shortestDay(day: string): string {
  return shortDay(day).replace(/\d\d(\d\d)$/, "$1");
}

export const TIMEFRAME_MONTHS: Readonly<Record<string, number>> = { MONTH: 1, QUARTER: 3, YEAR: 12 };
