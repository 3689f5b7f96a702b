import { recordEvent } from "@/lib/audit/record-event";
import type { Standing } from "@/lib/billing/standing";
import type { Transaction } from "@/lib/db/client";
import type { Runtime } from "../runtime";
import { listProductionPairs } from "./production-pairs";

/**
 * Stops the posting of pairs that no plan pays for, and lets the others go on: the oldest as many as are paid for. A pair
 * that is held keeps its set-up, its schedule and everything that was read; one that is let go looks again at once.
 */
export async function holdPairs(
  runtime: Runtime,
  tx: Transaction,
  workspaceId: string,
  standing: Standing,
): Promise<void> {
  const now = runtime.clock.now();
  const paid = standing.mayPost ? standing.pairs : 0;
  // A pair that never went live posts nothing and takes nobody's place; going live asks for itself.
  const pairs = (await listProductionPairs(runtime, tx)).filter(
    ({ state, billingHeldAt }) => state === "live" || state === "paused" || billingHeldAt !== null,
  );
  for (const [index, pair] of pairs.entries()) {
    const isHeld = pair.billingHeldAt !== null;
    const mustHold = index >= paid;
    if (isHeld === mustHold) continue;
    await tx.pair.update({
      where: { id: pair.id },
      data: mustHold
        ? { billingHeldAt: now }
        : { billingHeldAt: null, ...(pair.state === "live" ? { nextRunAt: now } : {}) },
    });
    await recordEvent(tx, {
      workspaceId,
      actorUserId: null,
      action: mustHold ? "billing.pairHeld" : "billing.pairReleased",
      subject: pair.id,
      at: now,
    });
  }
}
