/**
 * Faults of outgoing deliveries that a person or a test orders ahead: each waits for deliveries of its target
 * and strikes so many of them, or each with a chance that a seed makes repeatable.
 */
import { z } from "zod";
import { seededRandom } from "./faults";

/** Whom the sandbox delivers to. */
export const DELIVERY_TARGETS = ["xero.webhooks", "zoho.webhooks", "zoho.crm", "stripe.webhooks"] as const;

const effect = z.discriminatedUnion("type", [
  /** Delivered, and then delivered again so many times. */
  z.object({ type: z.literal("duplicate"), copies: z.number().int().min(1).max(20).default(1) }),
  /** Waits until the next one of its lane was delivered. */
  z.object({ type: z.literal("reorder") }),
  /** Never arrives, and its sender does not know. */
  z.object({ type: z.literal("drop") }),
  /** Waits so long in sandbox time, and so do those after it. */
  z.object({ type: z.literal("delay"), milliseconds: z.number().int().min(1) }),
  /** This attempt bears a signature of the right form made with another key. */
  z.object({ type: z.literal("wrong-signature") }),
]);

export const deliveryFaultOrder = z.object({
  target: z.enum(DELIVERY_TARGETS),
  /** Matching deliveries that pass unharmed first. */
  skip: z.number().int().min(0).default(0),
  /** Deliveries to strike; 1 unless told, and without end for a fault by chance. */
  times: z.number().int().min(1).optional(),
  chance: z.number().min(0).max(1).optional(),
  seed: z.number().int().default(1),
  effect,
});
export type DeliveryFaultOrder = z.infer<typeof deliveryFaultOrder>;
export type DeliveryEffect = DeliveryFaultOrder["effect"];

export interface DeliveryFaults {
  order(fault: DeliveryFaultOrder): void;
  /** The effect that strikes a delivery to this target, using it up; null when none waits for it. */
  strike(target: string): DeliveryEffect | null;
  list(): readonly object[];
  clear(): void;
}

/** An empty queue of faults. */
export function createDeliveryFaults(): DeliveryFaults {
  let queue: { order: DeliveryFaultOrder; skip: number; times: number; random: () => number }[] = [];
  return {
    order(order) {
      const times = order.times ?? (order.chance === undefined ? 1 : Number.POSITIVE_INFINITY);
      queue.push({ order, skip: order.skip, times, random: seededRandom(order.seed) });
    },
    strike(target) {
      for (const fault of queue) {
        if (fault.order.target !== target) continue;
        if (fault.skip > 0) {
          fault.skip -= 1;
          return null;
        }
        if (fault.order.chance !== undefined && fault.random() >= fault.order.chance) continue;
        fault.times -= 1;
        if (fault.times === 0) queue = queue.filter((waiting) => waiting !== fault);
        return fault.order.effect;
      }
      return null;
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
