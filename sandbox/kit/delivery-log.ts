/**
 * What went out: every attempt with its outcome, countable by target and outcome. It lives in memory, as the
 * log of incoming calls does, and forgets the oldest entries but never a count.
 */
const ENTRIES_MAX = 10_000;

export type DeliveryOutcome =
  | "delivered"
  /** Any answer that is no success, a redirect too. */
  | "refused"
  | "timeout"
  | "unreachable"
  | "forbidden"
  /** Lost on the way by an ordered fault; whoever sent it believes that it arrived. */
  | "dropped"
  /** A probe of the intent to receive that got the status it must get, or another one. */
  | "probe-passed"
  | "probe-failed";

export interface DeliveryEntry {
  readonly seq: number;
  /** Sandbox time. */
  readonly at: string;
  readonly target: string;
  readonly delivery: string;
  readonly url: string;
  readonly method: string;
  /** 1 for the first. */
  readonly attempt: number;
  readonly outcome: DeliveryOutcome;
  /** The status that came back, or null. */
  readonly status: number | null;
  readonly reason: string | null;
  readonly fault: string | null;
  readonly bytes: number;
}

export interface DeliveryLog {
  record(entry: Omit<DeliveryEntry, "seq">): void;
  readonly seq: number;
  /** Entries after a mark, oldest first. */
  entries(since?: number): readonly DeliveryEntry[];
  /** Attempts by target and outcome since the start. */
  totals(): Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** An empty log. */
export function createDeliveryLog(): DeliveryLog {
  let seq = 0;
  const kept: DeliveryEntry[] = [];
  const counts = new Map<string, Map<string, number>>();
  return {
    record(entry) {
      seq += 1;
      kept.push({ seq, ...entry });
      if (kept.length > ENTRIES_MAX) kept.splice(0, kept.length - ENTRIES_MAX);
      const byOutcome = counts.get(entry.target) ?? new Map<string, number>();
      counts.set(entry.target, byOutcome);
      byOutcome.set(entry.outcome, (byOutcome.get(entry.outcome) ?? 0) + 1);
    },
    get seq() {
      return seq;
    },
    entries: (since = 0) => kept.filter((entry) => entry.seq > since),
    totals: () =>
      Object.fromEntries(
        [...counts].map(([target, byOutcome]) => [target, Object.fromEntries(byOutcome)] as const),
      ),
  };
}
