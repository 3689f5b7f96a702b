import { wakeOutbox } from "../outbox/send-outbox";
import { getRuntime } from "../runtime";

/** `unknown`: no Stripe account is set up here. `refused`: Stripe did not sign it, or not just now. */
export type StripeEventOutcome = "taken" | "refused" | "unknown";

/**
 * Takes an event of Stripe's: checked against its signature, stored by its id with the order to look again in one
 * transaction. One that came before, or that is about somebody who is no customer of ours, changes nothing.
 */
export async function receiveStripeEvent(
  body: Uint8Array,
  signature: string | null,
): Promise<StripeEventOutcome> {
  const runtime = await getRuntime();
  const { stripe, database, clock } = runtime;
  if (stripe === null) return "unknown";
  const event = stripe.readEvent(body, signature, clock.now());
  if (event === null) return "refused";
  if (event.customerId === null) return "taken";
  const workspaceId = await database.system.findWorkspaceOfStripeCustomer(event.customerId);
  if (workspaceId === undefined) return "taken";
  const isNew = await database.withWorkspace(workspaceId, async (tx) => {
    const { id, type, createdAt } = event;
    const { count } = await tx.stripeEvent.createMany({
      data: [{ id, workspaceId, type, createdAt, receivedAt: clock.now() }],
      skipDuplicates: true,
    });
    if (count > 0)
      await tx.outboxEvent.create({
        data: { workspaceId, name: "billing/event.received", data: { workspaceId, eventId: id } },
      });
    return count > 0;
  });
  if (isNew) wakeOutbox(runtime);
  return "taken";
}
