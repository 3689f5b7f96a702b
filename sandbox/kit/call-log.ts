/**
 * What reached the sandbox, as the independent witness of a client's own counting. Counts are exact for the
 * whole life of the log; entries are kept for the newest calls only. A call that was refused for a limit
 * counts in `total` and `rateLimited` and in nothing else.
 */
import { type CallGroup, countInto } from "./call-groups";
import type { CallDescription } from "./types";

const ENTRIES_MAX = 200_000;
const PATH_CHARACTERS_MAX = 160;

export interface CallEntry {
  readonly seq: number;
  /** Sandbox time, ISO. */
  readonly at: string;
  readonly service: string;
  readonly tenant: string | null;
  /** Client id of the app, where the call told. */
  readonly caller: string | null;
  readonly userAgent: string | null;
  readonly operation: string;
  readonly method: string;
  readonly path: string;
  /** 0 when the connection was dropped without an answer. */
  readonly status: number;
  readonly kind: CallDescription["kind"];
  readonly bytesIn: number;
  readonly bytesOut: number;
  /** Records in a write, where the service told. */
  readonly elements?: number;
  /** The injected fault that shaped the answer, if any. */
  readonly fault?: string;
}

export interface ServiceTotals {
  total: number;
  writes: number;
  reads: number;
  auth: number;
  pages: number;
  rateLimited: number;
  bytesIn: number;
  bytesOut: number;
  elementsWritten: number;
  /** "GET /Invoices" to the number of calls. */
  byOperation: Record<string, number>;
  byTenant: Record<string, number>;
  byStatus: Record<string, number>;
}

export interface CallLog {
  record(entry: Omit<CallEntry, "seq">): void;
  /** The newest sequence number; 0 before the first call. */
  readonly seq: number;
  /** Totals of the calls after `since`, or null when entries that old are no longer kept. */
  totals(since?: number): Record<string, ServiceTotals> | null;
  entries(since?: number): CallEntry[];
  /** Counts by caller, path and outcome; of the whole life of the log, or of the kept calls after `since`. */
  groups(since?: number): CallGroup[];
  reset(): void;
}

/** An empty log. */
export function createCallLog(): CallLog {
  let seq = 0;
  let all: Record<string, ServiceTotals> = {};
  let kept: CallEntry[] = [];
  const groups = new Map<string, CallGroup>();
  const after = (since: number): CallEntry[] => kept.filter((entry) => entry.seq > since);
  return {
    record(entry) {
      seq += 1;
      const made: CallEntry = { seq, ...entry, path: entry.path.slice(0, PATH_CHARACTERS_MAX) };
      kept.push(made);
      // Dropping a quarter at a time keeps the cost of a full log constant for each call.
      if (kept.length > ENTRIES_MAX) kept = kept.slice(ENTRIES_MAX / 4);
      count(all, made);
      countInto(groups, made);
    },
    get seq() {
      return seq;
    },
    totals(since = 0) {
      if (since <= 0) return structuredClone(all);
      if ((kept[0]?.seq ?? seq + 1) > since + 1 && since < seq) return null;
      const restricted: Record<string, ServiceTotals> = {};
      for (const entry of after(since)) count(restricted, entry);
      return restricted;
    },
    entries: (since = 0) => after(since),
    groups(since = 0) {
      if (since <= 0) return [...groups.values()];
      const restricted = new Map<string, CallGroup>();
      for (const entry of after(since)) countInto(restricted, entry);
      return [...restricted.values()];
    },
    reset() {
      all = {};
      kept = [];
      groups.clear();
    },
  };
}

/** Totals of a service that was never called. */
export function emptyTotals(): ServiceTotals {
  return {
    total: 0,
    writes: 0,
    reads: 0,
    auth: 0,
    pages: 0,
    rateLimited: 0,
    bytesIn: 0,
    bytesOut: 0,
    elementsWritten: 0,
    byOperation: {},
    byTenant: {},
    byStatus: {},
  };
}

const TOTAL_BY_KIND = { read: "reads", write: "writes", auth: "auth", page: "pages" } as const;

function count(totals: Record<string, ServiceTotals>, entry: CallEntry): void {
  const service = totals[entry.service] ?? emptyTotals();
  totals[entry.service] = service;
  service.total += 1;
  service.bytesIn += entry.bytesIn;
  service.bytesOut += entry.bytesOut;
  increase(service.byStatus, String(entry.status));
  if (entry.status === 429) {
    service.rateLimited += 1;
    return;
  }
  service[TOTAL_BY_KIND[entry.kind]] += 1;
  service.elementsWritten += entry.kind === "write" ? (entry.elements ?? 0) : 0;
  increase(service.byOperation, `${entry.method} ${entry.operation}`);
  if (entry.tenant !== null) increase(service.byTenant, entry.tenant);
}

function increase(counts: Record<string, number>, key: string): void {
  counts[key] = (counts[key] ?? 0) + 1;
}
