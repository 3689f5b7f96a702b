import { recordEvent } from "@/lib/audit/record-event";
import type { StripeSubscription } from "@/lib/billing/stripe-desk";
import type { Transaction } from "@/lib/db/client";
import type { Runtime } from "../runtime";
import { holdPairs } from "./hold-pairs";
import { loadStanding } from "./load-standing";

/**
 * Reads a workspace's subscriptions from Stripe again and takes them over, whatever was told before and in whatever
 * order: an event is only a hint to look. Readings overlap where events come together, so each takes a number before
 * it asks, and one that asked earlier never overwrites what a later one has stored. Does nothing for a workspace that is no
 * customer.
 */
export async function refreshBilling(runtime: Runtime, workspaceId: string): Promise<void> {
  const { stripe, database } = runtime;
  if (stripe === null) return;
  const reading = await database.withWorkspace(workspaceId, async (tx) => {
    const customer = await tx.billingCustomer.findUnique({ where: { workspaceId } });
    return (
      customer &&
      tx.billingCustomer.update({
        where: { workspaceId },
        data: { readsBegun: { increment: 1 } },
        select: { stripeCustomerId: true, readsBegun: true },
      })
    );
  });
  if (!reading) return;
  const subscriptions = await stripe.listSubscriptions(reading.stripeCustomerId);
  await database.withWorkspace(workspaceId, async (tx) => {
    const { count } = await tx.billingCustomer.updateMany({
      where: { workspaceId, readsApplied: { lt: reading.readsBegun } },
      data: { readsApplied: reading.readsBegun, readAt: runtime.clock.now() },
    });
    if (count === 0) return;
    for (const subscription of subscriptions) await store(runtime, tx, workspaceId, subscription);
    const standing = await loadStanding(tx, runtime.clock.now());
    if (standing.mayPost)
      await tx.billingCustomer.updateMany({ where: { workspaceId }, data: { releasedAt: null } });
    await holdPairs(runtime, tx, workspaceId, standing);
  });
}

async function store(
  runtime: Runtime,
  tx: Transaction,
  workspaceId: string,
  subscription: StripeSubscription,
): Promise<void> {
  const { id, status, quantity, priceId, startedAt, periodStartsAt, periodEndsAt, endsAt, endedAt } =
    subscription;
  const before = await tx.subscription.findUnique({ where: { id } });
  const isOwed = status === "past_due" || status === "unpaid";
  const content = {
    ...{ status, quantity, priceId, startedAt, periodEndsAt, endsAt, endedAt },
    // One that ended unpaid keeps it: the grace counts also where Stripe gave up early.
    owedSince: isOwed
      ? (before?.owedSince ?? periodStartsAt)
      : (status === "canceled" && before?.owedSince) || null,
  };
  await tx.subscription.upsert({
    where: { id },
    create: { id, workspaceId, ...content },
    update: content,
  });
  const isNews =
    before?.status !== status ||
    before.quantity !== quantity ||
    before.endsAt?.getTime() !== endsAt?.getTime();
  if (!isNews) return;
  await recordEvent(tx, {
    workspaceId,
    actorUserId: null,
    action: before === null ? "billing.subscribed" : "billing.changed",
    subject: id,
    ...(before === null ? {} : { before: shown(before) }),
    after: shown(content),
    at: runtime.clock.now(),
  });
}

const shown = (row: { status: string; quantity: number; endsAt: Date | null }) => ({
  status: row.status,
  quantity: row.quantity,
  endsAt: row.endsAt?.toISOString() ?? null,
});
