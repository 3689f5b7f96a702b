/**
 * Faults that a test, the chaos bench or a person orders ahead of time: each waits for matching calls and
 * strikes so many of them, or each with a chance that a seed makes repeatable. They stand between the network
 * and the service; what a vendor's own refusal or a person's edit looks like is asked of the service.
 */
import { z } from "zod";

const effect = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("status"),
    status: z.number().int().min(100).max(599),
    body: z.string().default(""),
    headers: z.record(z.string(), z.string()).default({}),
    /** True: the service handles the call first (committed), and only its answer is replaced. */
    afterHandling: z.boolean().default(false),
  }),
  /** The vendor's own 429 of a kind: Xero minute, day, concurrent, appminute; Zoho 44, 45, 1070, crm. */
  z.object({ type: z.literal("rate-limit"), problem: z.string() }),
  /** A gateway's page where JSON was due. */
  z.object({
    type: z.literal("html"),
    status: z.number().int().min(100).max(599).default(502),
    afterHandling: z.boolean().default(false),
  }),
  z.object({ type: z.literal("drop-before") }),
  z.object({ type: z.literal("drop-after") }),
  /** The call is held and never answered, until the client hangs up: before the work, or after it. */
  z.object({ type: z.literal("timeout-before") }),
  z.object({ type: z.literal("timeout-after") }),
  /** The connection is reset (RST): before the work, after it, or after so many bytes of the answer's body. */
  z.object({
    type: z.literal("reset"),
    when: z.enum(["before", "after", "body"]).default("before"),
    bytes: z.number().int().min(0).default(20),
  }),
  z.object({
    type: z.literal("delay"),
    milliseconds: z.number().min(0),
    /** False: wait before handling; true: handle, then wait with the answer. */
    afterHandling: z.boolean().default(false),
  }),
  /** The answer announces its whole length, then the connection closes after this many bytes. */
  z.object({ type: z.literal("truncate"), bytes: z.number().int().min(0) }),
  /** A whole answer over HTTP whose text is cut: half of it unless told. */
  z.object({ type: z.literal("truncated-json"), bytes: z.number().int().min(0).optional() }),
  /** The body comes so many bytes at a time, with so much sandbox time between. */
  z.object({
    type: z.literal("drip"),
    bytes: z.number().int().min(1).default(64),
    everyMs: z.number().min(1).default(1_000),
  }),
  /** The call's access token has expired from now on; refreshing helps. */
  z.object({ type: z.literal("expired-token") }),
  /** The call's whole grant is revoked from now on; only a new consent helps. */
  z.object({ type: z.literal("revoked-token") }),
  /** The Date header and every time that this call reads or writes are off by so many seconds. */
  z.object({ type: z.literal("clock-skew"), seconds: z.number().int() }),
  /** What this call writes is not seen by reads for so many seconds of sandbox time. */
  z.object({ type: z.literal("stale-reads"), seconds: z.number().positive() }),
  /** A person's edit, by the vendor's own rules, just before the call is handled; see the service. */
  z.object({ type: z.literal("edit"), edit: z.record(z.string(), z.unknown()) }),
]);

export const faultOrder = z.object({
  service: z.string(),
  /** As in the call log ("/Invoices", "/connect/token"); a final "*" matches any ending; absent matches all. */
  operation: z.string().optional(),
  method: z.string().optional(),
  /** Tenant or organisation id. */
  tenant: z.string().optional(),
  /** Matching calls that pass unharmed first. */
  skip: z.number().int().min(0).default(0),
  /** Calls to strike; 1 unless told, and without end for a fault by chance. */
  times: z.number().int().min(1).optional(),
  /** Strikes each matching call with this probability; absent strikes the next ones. */
  chance: z.number().min(0).max(1).optional(),
  /** Makes the same calls be struck again. */
  seed: z.number().int().default(1),
  effect,
});

export type FaultOrder = z.infer<typeof faultOrder>;
export type FaultEffect = FaultOrder["effect"];

/** A call as faults know it. */
export interface FaultTarget {
  readonly service: string;
  readonly operation: string;
  readonly method: string;
  readonly tenant?: string | null;
}

export interface Faults {
  order(fault: z.input<typeof faultOrder>): void;
  /** The effect that strikes this call, using it up; null when none waits for it. */
  strike(call: FaultTarget): FaultEffect | null;
  readonly waiting: number;
  /** The orders that still wait, with what is left of them. */
  list(): readonly object[];
  clear(): void;
}

interface Waiting {
  readonly order: FaultOrder;
  skip: number;
  times: number;
  readonly random: () => number;
}

/** An empty queue of faults. */
export function createFaults(): Faults {
  let queue: Waiting[] = [];
  return {
    order(asked) {
      const order = faultOrder.parse(asked);
      const times = order.times ?? (order.chance === undefined ? 1 : Number.POSITIVE_INFINITY);
      queue.push({ order, skip: order.skip, times, random: seededRandom(order.seed) });
    },
    strike(call) {
      for (const fault of queue) {
        if (!matches(fault.order, call)) continue;
        if (fault.skip > 0) {
          fault.skip -= 1;
          return null;
        }
        // A fault by chance that spares a call leaves it to those ordered after it.
        if (fault.order.chance !== undefined && fault.random() >= fault.order.chance) continue;
        fault.times -= 1;
        if (fault.times === 0) queue = queue.filter((waiting) => waiting !== fault);
        return fault.order.effect;
      }
      return null;
    },
    get waiting() {
      return queue.length;
    },
    list: () =>
      queue.map(({ order, skip, times }) => ({
        ...order,
        skip,
        times: Number.isFinite(times) ? times : null,
      })),
    clear() {
      queue = [];
    },
  };
}

function matches(fault: FaultOrder, call: FaultTarget): boolean {
  if (fault.service !== call.service) return false;
  if (fault.method !== undefined && fault.method.toUpperCase() !== call.method) return false;
  if (fault.tenant !== undefined && fault.tenant.toLowerCase() !== (call.tenant ?? "").toLowerCase())
    return false;
  if (fault.operation === undefined) return true;
  const pattern = fault.operation.toLowerCase();
  const operation = call.operation.toLowerCase();
  return pattern.endsWith("*") ? operation.startsWith(pattern.slice(0, -1)) : operation === pattern;
}

/** Numbers from 0 to below 1, the same for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
