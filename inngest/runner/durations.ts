/*
 * The spans and instants of the Inngest protocol: "1d2h30s" for sleeps and periods, RFC 3339 for instants, seconds or
 * an instant in retry-after. Anything else is undefined: the caller says what it was and refuses it.
 */

const UNITS_MS: Readonly<Record<string, number>> = {
  w: 604_800_000,
  d: 86_400_000,
  h: 3_600_000,
  m: 60_000,
  s: 1_000,
  ms: 1,
};
const SPAN = /^(?:\d+(?:w|d|h|ms|m|s))+$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T/;
/** Inngest's own longest sleep. */
export const SPAN_MAX_MS = 366 * 86_400_000;

/** Milliseconds of "1d2h30m10s"; undefined where it is no such span. */
export function parseSpan(text: string): number | undefined {
  const compact = text.replaceAll(" ", "");
  if (!SPAN.test(compact)) return undefined;
  const parts = [...compact.matchAll(/(\d+)(w|d|h|ms|m|s)/g)];
  const total = parts.reduce((sum, [, count, unit]) => sum + Number(count) * (UNITS_MS[unit ?? ""] ?? 0), 0);
  return Math.min(total, SPAN_MAX_MS);
}

/** The instant that a sleep or a timeout names: a span from now, or an instant of its own. */
export function parseDue(text: string, now: Date): Date | undefined {
  if (text === "") return now;
  const span = parseSpan(text);
  if (span !== undefined) return new Date(now.getTime() + span);
  return parseInstant(text);
}

/** What retry-after asks for: seconds, or an instant. */
export function parseRetryAfter(header: string, now: Date): Date | undefined {
  if (/^\d+(\.\d+)?$/.test(header))
    return new Date(now.getTime() + Math.min(Number(header) * 1000, SPAN_MAX_MS));
  return parseInstant(header);
}

function parseInstant(text: string): Date | undefined {
  if (!INSTANT.test(text)) return undefined;
  const instant = new Date(text);
  return Number.isNaN(instant.getTime()) ? undefined : instant;
}
