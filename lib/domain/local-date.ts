/** A calendar date without time or zone, as ISO text ("2011-01-31"). The tenant's zone decided it already. */
export type LocalDate = string & { readonly __brand: "LocalDate" };

/** Parses ISO calendar text; throws a RangeError on anything that is not a real date. */
export function parseLocalDate(text: string): LocalDate {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) throw new RangeError(`not a date: "${text.slice(0, 40)}"`);
  const instant = new Date(`${text}T00:00:00Z`);
  if (Number.isNaN(instant.getTime()) || instant.toISOString().slice(0, 10) !== text)
    throw new RangeError(`not a date: "${text}"`);
  return text as LocalDate;
}

/** "2011-01" of "2011-01-31". */
export const monthOf = (date: LocalDate): string => date.slice(0, 7);

const DAY_MS = 86_400_000;

/** Whole days from the first date to the second; negative where the second comes before it. */
export const daysBetween = (first: LocalDate, second: LocalDate): number =>
  Math.round((Date.parse(`${second}T00:00:00Z`) - Date.parse(`${first}T00:00:00Z`)) / DAY_MS);

/** "2011-02-01" of "2011-01-31". */
export function dayAfter(date: LocalDate): LocalDate {
  const next = new Date(`${date}T00:00:00Z`);
  next.setUTCDate(next.getUTCDate() + 1);
  return parseLocalDate(next.toISOString().slice(0, 10));
}

const MONTHS = [
  ...["January", "February", "March", "April", "May", "June", "July"],
  ...["August", "September", "October", "November", "December"],
];

/** "1 April 2026" of "2026-04-01", as sentences say it. */
export function dayInWords(date: LocalDate): string {
  const [year = "", month = "", day = ""] = date.split("-");
  return `${Number(day)} ${MONTHS[Number(month) - 1] ?? month} ${year}`;
}
