import { recordEvent } from "@/lib/audit/record-event";
import { CONNECT_PLAN } from "@/lib/billing/plans";
import { mayStart } from "@/lib/billing/standing";
import { PlanMismatch, type StripeDesk } from "@/lib/billing/stripe-desk";
import { hasRole, type WorkspaceAccess } from "@/lib/domain/workspace-access";
import { err, ok, type Result } from "@/lib/kernel/result";
import { DELETION_IS_DUE, isDeletionDue } from "../privacy/deletion-due";
import { getRuntime, type Runtime } from "../runtime";
import { loadStanding } from "./load-standing";
import { refreshBilling } from "./refresh-billing";

type Started = Result<{ url: string }, { message: string }>;

export const TOO_LOW = "Only an owner or an admin of this workspace may change the plan.";
export const NO_STRIPE = "This installation has no Stripe account, and asks nobody for a plan.";

/**
 * The address of Stripe's page on which the plan is paid. Stripe is looked at first, so that nobody pays a second time;
 * pressed twice, it is one page.
 */
export async function startCheckout(
  access: WorkspaceAccess,
  { pairs }: { readonly pairs: number },
): Promise<Started> {
  const runtime = await getRuntime();
  const { stripe, database } = runtime;
  if (!hasRole(access, "admin")) return err({ message: TOO_LOW });
  if (stripe === null) return err({ message: NO_STRIPE });
  if (!Number.isInteger(pairs) || pairs < 1 || pairs > CONNECT_PLAN.pairsMax)
    return err({ message: `Choose from 1 to ${CONNECT_PLAN.pairsMax} pairs.` });
  const { workspaceId } = access;
  if (await database.withWorkspace(workspaceId, (tx) => isDeletionDue(tx, workspaceId)))
    return err({ message: DELETION_IS_DUE });
  const customerId = await ensureCustomer(runtime, stripe, access);
  await refreshBilling(runtime, workspaceId);
  const { standing, attempt } = await database.withWorkspace(workspaceId, async (tx) => ({
    standing: await loadStanding(tx, runtime.clock.now()),
    attempt: (await tx.billingCustomer.findUniqueOrThrow({ where: { workspaceId } })).checkoutAttempt,
  }));
  if (!mayStart(standing))
    return err({ message: "There is a plan already. Change it under Manage the plan." });
  const open = await stripe.findOpenCheckout(customerId, pairs);
  if (open !== null) return ok({ url: open });
  const back = `${runtime.env.APP_ORIGIN}/${access.slug}/billing`;
  try {
    const url = await stripe.createCheckout({
      ...{ customerId, workspaceId, pairs, successUrl: `${back}/return`, cancelUrl: back },
      key: `checkout:${workspaceId}:${pairs}:${attempt}`,
    });
    await database.withWorkspace(workspaceId, async (tx) => {
      await tx.billingCustomer.updateMany({
        where: { workspaceId, checkoutAttempt: attempt },
        data: { checkoutAttempt: attempt + 1 },
      });
      await recordEvent(tx, {
        ...{ workspaceId, actorUserId: access.userId, action: "billing.checkoutStarted" },
        ...{ subject: customerId, after: { pairs }, at: runtime.clock.now() },
      });
    });
    return ok({ url });
  } catch (thrown) {
    if (!(thrown instanceof PlanMismatch)) throw thrown;
    runtime.logger.error({ err: thrown }, "nobody can subscribe: run npm run stripe:prices");
    return err({ message: "The plan cannot be bought at this moment. Nothing was charged; we are on it." });
  }
}

/** The workspace as a customer at Stripe, made at its first visit. Two at once get the same one. */
async function ensureCustomer(
  runtime: Runtime,
  stripe: StripeDesk,
  access: WorkspaceAccess,
): Promise<string> {
  const { workspaceId, userId, name } = access;
  const { database, clock } = runtime;
  const { known, email } = await database.withWorkspace(workspaceId, async (tx) => ({
    known: await tx.billingCustomer.findUnique({ where: { workspaceId } }),
    email: (await tx.user.findUniqueOrThrow({ where: { id: userId } })).email,
  }));
  if (known) return known.stripeCustomerId;
  const stripeCustomerId = await stripe.createCustomer({ workspaceId, name, email });
  return database.withWorkspace(workspaceId, async (tx) => {
    await tx.billingCustomer.createMany({
      data: [{ workspaceId, stripeCustomerId, createdAt: clock.now() }],
      skipDuplicates: true,
    });
    return (await tx.billingCustomer.findUniqueOrThrow({ where: { workspaceId } })).stripeCustomerId;
  });
}
