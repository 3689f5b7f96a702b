/**
 * Values of a vendor's answers by their path ("Contact.Name"), and the words in which a person reads them. Both
 * vendors' dates come out alike; amounts are told by their shortest decimal text and never reckoned with.
 */
export type Wire = Readonly<Record<string, unknown>>;

export function isWire(value: unknown): value is Wire {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value at a path of names; undefined where a name is missing. */
export function valueAt(record: unknown, path: string): unknown {
  let value = record;
  for (const name of path.split(".")) value = isWire(value) ? value[name] : undefined;
  return value;
}

/** The value at a path as text; "" for nothing and for what is no single value. */
export function textAt(record: unknown, path: string): string {
  const value = valueAt(record, path);
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}

/** The records in the list at a path; none where there is no list. */
export function rowsAt(record: unknown, path: string): readonly Wire[] {
  const value = valueAt(record, path);
  return Array.isArray(value) ? value.filter(isWire) : [];
}

/** YYYY-MM-DD of a date in either vendor's form; "" for none. */
export function dayOfWire(text: string): string {
  const instant = instantOfWire(text);
  if (/^\d{4}-\d{2}-\d{2}/.test(text)) return text.slice(0, 10);
  return instant === null ? "" : instant.toISOString().slice(0, 10);
}

/** The instant of "/Date(1518685950940+0000)/" or of an ISO time; null for anything else. */
export function instantOfWire(text: string): Date | null {
  const milliseconds = /^\/Date\((-?\d+)(?:[+-]\d{4})?\)\/$/.exec(text)?.[1];
  if (milliseconds === undefined && !/^\d{4}-\d{2}-\d{2}/.test(text)) return null;
  // Zoho's offsets have no colon, which Date.parse wants.
  const parsed =
    milliseconds === undefined
      ? Date.parse(text.replace(/([+-]\d{2})(\d{2})$/, "$1:$2"))
      : Number(milliseconds);
  return Number.isNaN(parsed) ? null : new Date(parsed);
}

const DAY = new Intl.DateTimeFormat("en-GB", {
  timeZone: "UTC",
  day: "numeric",
  month: "short",
  year: "numeric",
});
const INSTANT = new Intl.DateTimeFormat("en-GB", {
  timeZone: "UTC",
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
});

/** "21 Nov 2026"; what is no date stays as it is. */
export function dayInWords(text: string): string {
  const day = dayOfWire(text);
  return day === "" ? text : DAY.format(new Date(`${day}T00:00:00Z`));
}

/** "21 Nov 2026, 10:04:05" in UTC. */
export function instantInWords(instant: Date): string {
  return INSTANT.format(instant);
}

/** "1,234.50": at least the currency's decimals, no digit lost. What is no number stays as it is. */
export function amountInWords(text: string, currency: string): string {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (match === null) return text;
  const [, sign = "", whole = "", fraction = ""] = match;
  const shown = fraction.padEnd(decimalsOf(currency), "0");
  return `${sign}${whole.replaceAll(/\B(?=(\d{3})+$)/g, ",")}${shown === "" ? "" : `.${shown}`}`;
}

const USUAL_DECIMALS = 2;

function decimalsOf(currency: string): number {
  if (!/^[A-Z]{3}$/.test(currency)) return USUAL_DECIMALS;
  const options = new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions();
  return options.maximumFractionDigits ?? USUAL_DECIMALS;
}
