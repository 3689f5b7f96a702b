import { type Standing, SUBSCRIPTION_STATUSES, standingOf } from "@/lib/billing/standing";
import type { Transaction } from "@/lib/db/client";
import { invariant } from "@/lib/kernel/invariant";

/** How the workspace of the transaction stands, by what was last read from Stripe. */
export async function loadStanding(tx: Transaction, now: Date): Promise<Standing> {
  const rows = await tx.subscription.findMany();
  return standingOf(
    rows.map((row) => {
      const status = SUBSCRIPTION_STATUSES.find((one) => one === row.status);
      invariant(status, `no subscription status "${row.status}"`);
      const { id: subscriptionId, quantity, startedAt, periodEndsAt, endsAt, endedAt, owedSince } = row;
      return { subscriptionId, status, quantity, startedAt, periodEndsAt, endsAt, endedAt, owedSince };
    }),
    now,
  );
}
