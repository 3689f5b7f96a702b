import { z } from "zod";

/**
 * Where the next incremental reading starts. Zoho's times have whole seconds, and it does not say whether
 * `last_modified_time` gives the records of that very second too, so: a second that was still running when it was read is
 * read again, one that was over is not, and neither is ever skipped. Times are Zoho's own, never ours.
 */
export const modifiedAfterSchema = z.object({
  /** Newest second whose records were read: "2026-07-01T10:30:00Z". */
  newest: z.string(),
  /** Whether that second was over for good when it was read. */
  settled: z.boolean(),
  /** Whether the filter was seen to give the records of the very second asked for. */
  inclusive: z.boolean(),
});
export type ModifiedAfter = z.output<typeof modifiedAfterSchema>;

/** A record may become visible in lists some time after the second that it is stamped with. */
const SETTLING_SECONDS = 60;

/** The second to ask for, so that nothing is missed whichever way Zoho reads its filter. */
export function secondToAsk(after: ModifiedAfter): string {
  if (after.settled) return after.inclusive ? shifted(after.newest, 1) : after.newest;
  return after.inclusive ? after.newest : shifted(after.newest, -1);
}

/** Whether an answer shows the filter to be inclusive. Rows are the modified seconds that it gave. */
export function showsInclusive(after: ModifiedAfter, seconds: readonly (string | null)[]): boolean {
  return after.inclusive || seconds.some((second) => second === secondToAsk(after));
}

/**
 * The start of the next reading after one that began at `startedAt` and saw `newest`. What changed while it ran may lie
 * behind the place it had reached, so the start is never later than the beginning.
 */
export function nextModifiedAfter(
  previous: ModifiedAfter | null,
  seen: { readonly newest: string | null; readonly startedAt: string | null; readonly inclusive: boolean },
): ModifiedAfter | null {
  const newest = latest(previous?.newest ?? null, seen.newest);
  if (newest === null) return null;
  const begin = seen.startedAt ?? newest;
  if (newest >= begin) return { newest: begin, settled: false, inclusive: seen.inclusive };
  return {
    newest,
    settled: newest <= shifted(begin, -SETTLING_SECONDS),
    inclusive: seen.inclusive,
  };
}

export function latest(first: string | null, second: string | null): string | null {
  if (first === null || second === null) return first ?? second;
  return first > second ? first : second;
}

/** A server's clock as a second; null where it told none. */
export function secondOf(time: Date | null): string | null {
  return time === null ? null : `${time.toISOString().slice(0, 19)}Z`;
}

function shifted(second: string, seconds: number): string {
  return `${new Date(Date.parse(second) + seconds * 1000).toISOString().slice(0, 19)}Z`;
}

/** As Zoho's filter wants it. */
export const asFilter = (second: string): string => second.replace("Z", "+0000");
