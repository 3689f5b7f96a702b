import { getRuntime } from "../runtime";
import { refreshBilling } from "./refresh-billing";

/** Names an event of Stripe's for a step: ids alone. */
export interface StripeEventRef {
  readonly workspaceId: string;
  readonly eventId: string;
}

/** Looks at Stripe again because of an event. Done twice, or for another workspace's event, it changes nothing more. */
export async function applyStripeEvent({
  workspaceId,
  eventId,
}: StripeEventRef): Promise<"applied" | "nothing"> {
  const runtime = await getRuntime();
  const { database, clock } = runtime;
  const event = await database.withWorkspace(workspaceId, (tx) =>
    tx.stripeEvent.findUnique({ where: { id: eventId } }),
  );
  if (!event || event.appliedAt !== null) return "nothing";
  await refreshBilling(runtime, workspaceId);
  await database.withWorkspace(workspaceId, (tx) =>
    tx.stripeEvent.updateMany({ where: { id: eventId }, data: { appliedAt: clock.now() } }),
  );
  return "applied";
}
