import type { Standing } from "@/lib/billing/standing";
import type { Transaction } from "@/lib/db/client";
import type { Runtime } from "../runtime";
import { loadStanding } from "./load-standing";
import { isProduction, listProductionPairs } from "./production-pairs";

/**
 * Why a pair may not post for want of a plan, in a sentence; null where it may. Previews, comparisons and everything
 * between simulated companies never ask; neither does an installation without a Stripe account.
 */
export async function whyUnpaid(runtime: Runtime, tx: Transaction, pairId: string): Promise<string | null> {
  if (runtime.stripe === null) return null;
  const pair = await tx.pair.findUnique({
    where: { id: pairId },
    include: { source: true, ledger: true },
  });
  if (!pair || !isProduction(runtime, pair)) return null;
  const standing = await loadStanding(tx, runtime.clock.now());
  if (!standing.mayPost) return refusalOf(standing);
  const others = (await listProductionPairs(runtime, tx)).filter(
    ({ id, state, billingHeldAt }) => id !== pairId && state === "live" && billingHeldAt === null,
  );
  return others.length < standing.pairs
    ? null
    : `Your plan covers ${standing.pairs === 1 ? "one pair" : `${standing.pairs} pairs`} of organisations. Add one under Billing to post this one too.`;
}

const FREE = "Previews and comparisons stay free.";

function refusalOf({ kind }: Standing): string {
  switch (kind) {
    case "starting":
      return `The first payment has not gone through yet. Finish it under Billing to post to real books. ${FREE}`;
    case "stopped":
      return `The plan is not paid, so nothing is posted. Pay what is owed under Billing. ${FREE}`;
    case "resting":
      return `The plan is paused because it has no card. Add one under Billing. ${FREE}`;
    case "ended":
      return `The plan has ended. Start it again under Billing to post. ${FREE}`;
    default:
      return `Posting to real books needs a plan. Start it under Billing. ${FREE}`;
  }
}
