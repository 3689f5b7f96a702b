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
