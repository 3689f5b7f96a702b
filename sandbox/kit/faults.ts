/**
 * Faults that a test or the chaos bench orders ahead of time: each waits for a matching call, strikes once
 * (or `times` times) and is used up. They stand between the network and the service, so a fault that
 * answers "before" leaves the service untouched, and one that drops "after" leaves its write committed.
 */
import { z } from "zod";

export const faultOrder = z.object({
  service: z.string(),
  /** As in the call log ("/Invoices", "/connect/token"); a final "*" matches any ending; absent matches all. */
  operation: z.string().optional(),
  method: z.string().optional(),
  /** Matching calls that pass unharmed first. */
  skip: z.number().int().min(0).default(0),
  times: z.number().int().min(1).default(1),
  effect: z.discriminatedUnion("type", [
    z.object({
      type: z.literal("status"),
      status: z.number().int().min(100).max(599),
      body: z.string().default(""),
      headers: z.record(z.string(), z.string()).default({}),
      /** True: the service handles the call first (committed), and only its answer is replaced. */
      afterHandling: z.boolean().default(false),
    }),
    z.object({ type: z.literal("drop-before") }),
    z.object({ type: z.literal("drop-after") }),
    z.object({
      type: z.literal("delay"),
      milliseconds: z.number().min(0),
      /** False: wait before handling; true: handle, then wait with the answer. */
      afterHandling: z.boolean().default(false),
    }),
    /** The answer announces its whole length, then the connection closes after this many bytes. */
    z.object({ type: z.literal("truncate"), bytes: z.number().int().min(0) }),
  ]),
});

export type FaultOrder = z.infer<typeof faultOrder>;
export type FaultEffect = FaultOrder["effect"];

export interface Faults {
  order(fault: FaultOrder): void;
  /** The effect that strikes this call, using it up; null when none waits for it. */
  strike(call: { service: string; operation: string; method: string }): FaultEffect | null;
  readonly waiting: number;
  clear(): void;
}

/** An empty queue of faults. */
export function createFaults(): Faults {
  let queue: FaultOrder[] = [];
  return {
    order(fault) {
      queue.push({ ...fault });
    },
    strike(call) {
      const fault = queue.find((waiting) => matches(waiting, call));
      if (fault === undefined) return null;
      if (fault.skip > 0) {
        fault.skip -= 1;
        return null;
      }
      fault.times -= 1;
      if (fault.times === 0) queue = queue.filter((waiting) => waiting !== fault);
      return fault.effect;
    },
    get waiting() {
      return queue.length;
    },
    clear() {
      queue = [];
    },
  };
}

function matches(fault: FaultOrder, call: { service: string; operation: string; method: string }): boolean {
  if (fault.service !== call.service) return false;
  if (fault.method !== undefined && fault.method.toUpperCase() !== call.method) return false;
  if (fault.operation === undefined) return true;
  const pattern = fault.operation.toLowerCase();
  const operation = call.operation.toLowerCase();
  return pattern.endsWith("*") ? operation.startsWith(pattern.slice(0, -1)) : operation === pattern;
}
