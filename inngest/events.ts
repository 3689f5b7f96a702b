import { eventType } from "inngest";
import { z } from "zod";

/** Every event of the project and what it carries: ids alone. Operations write them to the outbox by these names. */
const runSchema = z.object({ workspaceId: z.uuid(), runId: z.uuid() });

/** A person or a schedule asked for a preview: read both systems and plan. */
export const previewRequested = eventType("sync/preview.requested", { schema: runSchema });
/** The same run goes on in a new function run, before the old one carries too many steps. */
export const previewContinued = eventType("sync/preview.continued", { schema: runSchema });
/** A person started what a preview showed. */
export const postingRequested = eventType("sync/posting.requested", { schema: runSchema });
export const postingContinued = eventType("sync/posting.continued", { schema: runSchema });

/** A vendor told that something changed in one of a pair's systems. */
export const noticeReceived = eventType("sync/notice.received", {
  schema: z.object({ workspaceId: z.uuid(), pairId: z.uuid() }),
});

/** Stripe told that something changed for a customer. */
export const billingEventReceived = eventType("billing/event.received", {
  schema: z.object({ workspaceId: z.uuid(), eventId: z.string() }),
});

/** A mail waits to be sent. */
export const mailRequested = eventType("mail/message.requested", {
  schema: z.object({ workspaceId: z.uuid(), mailId: z.uuid() }),
});

/** An alert waits to be posted to a Slack or webhook address. */
export const alertDeliveryRequested = eventType("alerts/delivery.requested", {
  schema: z.object({ workspaceId: z.uuid(), deliveryId: z.uuid() }),
});

/** A person pressed for a tie-out of both systems as they are now; the run is the last one of the pair. */
export const tieOutRequested = eventType("sync/tie-out.requested", { schema: runSchema });
export const tieOutContinued = eventType("sync/tie-out.continued", { schema: runSchema });
