/**
 * Xero's filter language, as far as look-ups need it. Values come from records, so text is quoted here and nowhere
 * else. A filter travels in the address, whose length is bounded, so many values are asked for in several calls.
 */

/** Characters of a filter in one call; addresses beyond 2,048 are refused by gateways on the way. */
const FILTER_CHARACTERS_MAX = 1_500;

export const text = (value: string): string => `"${value.replace(/[\\"]/g, "\\$&")}"`;
export const guid = (value: string): string => `Guid(${text(value)})`;

/** A day (YYYY-MM-DD) as the filter language writes it. */
export function day(value: string): string {
  const [year, month, date] = value.split("-").map(Number);
  return `DateTime(${year},${month},${date})`;
}

/** A run of days, both included. */
export interface Days {
  readonly from: string;
  readonly to: string;
}

export const within = ({ from, to }: Days): string => `Date>=${day(from)} AND Date<=${day(to)}`;

const DAY_MS = 86_400_000;
/** Days between two sought ones that cost less to list than a call of their own. */
const GAP_DAYS_MAX = 7;

/** The days (YYYY-MM-DD) as few runs that leave long gaps out. */
export function runsOfDays(days: readonly string[]): Days[] {
  const runs: Days[] = [];
  for (const next of [...new Set(days)].sort()) {
    const last = runs.at(-1);
    const isNear = last !== undefined && Date.parse(next) - Date.parse(last.to) <= GAP_DAYS_MAX * DAY_MS;
    if (isNear) runs.splice(-1, 1, { from: last.from, to: next });
    else runs.push({ from: next, to: next });
  }
  return runs;
}

/** `always AND (one OR other ...)`, in as many filters as the length of an address asks for. */
export function anyOf(alternatives: readonly string[], always?: string): string[] {
  return inBatches([...new Set(alternatives)], " OR ").map((batch) =>
    always === undefined ? batch.join(" OR ") : `${always} AND (${batch.join(" OR ")})`,
  );
}

/** The values in batches that fit into one address when joined and encoded. */
export function inBatches(values: readonly string[], separator: string): string[][] {
  const batches: string[][] = [];
  let room = 0;
  for (const value of values) {
    const characters = encodeURIComponent(value + separator).length;
    const last = batches.at(-1);
    if (last !== undefined && characters <= room) {
      last.push(value);
      room -= characters;
    } else {
      batches.push([value]);
      room = FILTER_CHARACTERS_MAX - characters;
    }
  }
  return batches;
}
