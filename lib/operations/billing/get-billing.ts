import { releaseAt, type Standing } from "@/lib/billing/standing";
import type { StripeDesk } from "@/lib/billing/stripe-desk";
import type { BillingView, ChargeView, ReceiptView } from "@/lib/domain/views/billing-view";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { amountView } from "../runs/load-journal";
import { getRuntime } from "../runtime";
import { getPlan } from "./get-plan";
import { loadStanding } from "./load-standing";
import { listProductionPairs } from "./production-pairs";

/**
 * The plan of a workspace with its next charge and its receipts. Where Stripe does not answer, what was last read is
 * shown without receipts, and said so.
 */
export async function getBilling(access: WorkspaceAccess): Promise<BillingView> {
  const runtime = await getRuntime();
  const { stripe, database, clock, logger } = runtime;
  const { workspaceId } = access;
  const plan = getPlan();
  if (stripe === null)
    return { plan, isSetUp: false, ...NOTHING_YET, status: statusView("none", null), productionPairs: 0 };
  const { customer, standing, pairs } = await database.withWorkspace(workspaceId, async (tx) => ({
    customer: await tx.billingCustomer.findUnique({ where: { workspaceId } }),
    standing: await loadStanding(tx, clock.now()),
    pairs: (await listProductionPairs(runtime, tx)).length,
  }));
  const papers = customer
    ? await readPapers(stripe, customer.stripeCustomerId, standing).catch((thrown: unknown) => {
        logger.warn({ err: thrown }, "Stripe did not answer; the plan is shown as it was last read");
        return null;
      })
    : NO_PAPERS;
  return {
    plan,
    isSetUp: true,
    isCustomer: customer !== null,
    isStale: papers === null,
    status: statusView(standing.kind, standing),
    pairs: standing.pairs,
    productionPairs: pairs,
    ...(papers ?? NO_PAPERS),
  };
}

const NO_PAPERS = { next: null, receipts: [] };
const NOTHING_YET = { isCustomer: false, isStale: false, pairs: 0, next: null, receipts: [] };

export function statusView(kind: Standing["kind"], standing: Standing | null): BillingView["status"] {
  const subscription = standing?.subscription ?? null;
  return {
    kind,
    renewsAt: subscription?.endsAt === null ? subscription.periodEndsAt.toISOString() : null,
    endsAt: subscription?.endsAt?.toISOString() ?? null,
    endedAt: subscription?.endedAt?.toISOString() ?? null,
    graceUntil: standing?.graceUntil?.toISOString() ?? null,
    releaseAt: (standing === null ? null : releaseAt(standing))?.toISOString() ?? null,
  };
}

async function readPapers(
  stripe: StripeDesk,
  customerId: string,
  standing: Standing,
): Promise<{ next: ChargeView | null; receipts: ReceiptView[] }> {
  const { subscription, kind } = standing;
  const isOver = subscription === null || kind === "ended" || kind === "none" || subscription.endsAt !== null;
  const [next, invoices] = await Promise.all([
    isOver ? null : stripe.findNextCharge(subscription.subscriptionId),
    stripe.listInvoices(customerId),
  ]);
  return {
    next: next && { at: next.at.toISOString(), amount: amountView(next.totalMinor, next.currency) },
    receipts: invoices.map(({ number, status, at, currency, totalMinor, refundedMinor, url }) => ({
      ...{ number: number ?? "", status, at: at.toISOString(), url },
      amount: amountView(totalMinor, currency),
      refunded: refundedMinor === 0n ? null : amountView(refundedMinor, currency),
    })),
  };
}
