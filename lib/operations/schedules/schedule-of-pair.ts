import { type Schedule, scheduleSchema } from "@/lib/domain/schedule";

/**
 * The schedule that a pair goes by. Until a person has chosen one, a pair that is live follows changes as they come,
 * and one that has never posted waits for its owner.
 */
export function scheduleOf(pair: { readonly schedule: unknown; readonly state: string }): Schedule {
  if (pair.schedule !== null && pair.schedule !== undefined) return scheduleSchema.parse(pair.schedule);
  return { mode: pair.state === "live" || pair.state === "paused" ? "realTime" : "byHand" };
}
