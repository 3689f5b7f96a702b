import type { PortalFlow } from "@/lib/billing/stripe-desk";
import { hasRole, type WorkspaceAccess } from "@/lib/domain/workspace-access";
import { err, ok, type Result } from "@/lib/kernel/result";
import { getRuntime } from "../runtime";
import { loadStanding } from "./load-standing";
import { NO_STRIPE, TOO_LOW } from "./start-checkout";

/** The address of Stripe's own pages to change the card, the number of pairs, or to cancel and come back. */
export async function openPortal(
  access: WorkspaceAccess,
  { flow }: { readonly flow: PortalFlow },
): Promise<Result<{ url: string }, { message: string }>> {
  const { stripe, database, env, clock } = await getRuntime();
  if (!hasRole(access, "admin")) return err({ message: TOO_LOW });
  if (stripe === null) return err({ message: NO_STRIPE });
  const { customer, standing } = await database.withWorkspace(access.workspaceId, async (tx) => ({
    customer: await tx.billingCustomer.findUnique({ where: { workspaceId: access.workspaceId } }),
    standing: await loadStanding(tx, clock.now()),
  }));
  if (!customer) return err({ message: "There is no plan yet." });
  const isOver = standing.kind === "none" || standing.kind === "ended";
  const url = await stripe.createPortal({
    customerId: customer.stripeCustomerId,
    returnUrl: `${env.APP_ORIGIN}/${access.slug}/billing/return`,
    flow,
    subscriptionId: isOver ? null : (standing.subscription?.subscriptionId ?? null),
  });
  return ok({ url });
}
