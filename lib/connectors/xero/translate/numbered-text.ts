/**
 * Money and journals have no number of their own in Xero: it stands at the beginning of a text that people see, before
 * whatever else the source says.
 */
const SEPARATOR = ", ";

/** The number, then the source's own text where it says more. */
export function numberedText(number: string, text: string): string {
  const isSaid = text === number || text.startsWith(number + SEPARATOR);
  return isSaid ? text : [number, text].filter((part) => part !== "").join(SEPARATOR);
}

/** The number at the beginning of such a text; of a text that somebody typed, its first words. */
export const numberIn = (text: string): string => text.split(SEPARATOR)[0] ?? "";
