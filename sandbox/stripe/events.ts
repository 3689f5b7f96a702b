/**
 * Events and the webhook endpoints that they go to. Each attempt is signed anew, in the machine's own time:
 * "t=<seconds>,v1=<hex of HMAC-SHA256 over t.body>", of which a receiver refuses what is older than five minutes.
 * Stripe promises no order and may send an event twice; here they go in order unless a fault is ordered.
 * https://docs.stripe.com/webhooks (checked 2026-11-21)
 */
import { createHmac } from "node:crypto";
import type { Deliveries, RetryPlan } from "@/sandbox/kit/deliveries";
import type { SandboxContext } from "@/sandbox/kit/types";
import { changeRow, newestFirst, rowOf, type StripeBooks } from "./books";
import { presentEvent } from "./present";
import type { StripeEvent, WebhookEndpoint } from "./wire";

export const STRIPE_TARGET = "stripe.webhooks";
export const SIGNATURE_HEADER = "stripe-signature";
const HOUR_MS = 3_600_000;
const RETRY: RetryPlan = { atOnce: 0, everyMs: HOUR_MS, forMs: 72 * HOUR_MS };

const deliveriesOf = new WeakMap<SandboxContext, Deliveries>();

/** Has the account of these books send its events through these deliveries. */
export function connectStripeWebhooks(books: StripeBooks, deliveries: Deliveries): void {
  deliveriesOf.set(books.context, deliveries);
  deliveries.watch(STRIPE_TARGET, {
    delivered: (reference) => arrived(books, reference),
    gaveUp: (reference) => arrived(books, reference),
    sign(delivery) {
      const [, endpointId = ""] = delivery.reference.split(" ");
      const endpoint = books.endpoints.get(endpointId);
      if (endpoint === undefined) return delivery.headers;
      const seconds = Math.floor(Date.now() / 1000);
      return {
        ...delivery.headers,
        [SIGNATURE_HEADER]: signatureOf(delivery.body, endpoint.secret, seconds),
      };
    },
  });
}

export function signatureOf(body: string, secret: string, seconds: number): string {
  return `t=${seconds},v1=${createHmac("sha256", secret).update(`${seconds}.${body}`).digest("hex")}`;
}

function arrived(books: StripeBooks, reference: string): void {
  const [eventId = ""] = reference.split(" ");
  const event = books.events.get(eventId);
  if (event !== undefined) changeRow(books.events, eventId, { pending: Math.max(0, event.pending - 1) });
}

/** Keeps an event and sends it to every endpoint that listens to its type. `object` is as the API would show it. */
export function emit(
  books: StripeBooks,
  type: string,
  object: object,
  options: { readonly clock?: string | null; readonly previous?: object | null } = {},
): void {
  const endpoints = newestFirst(books.endpoints).filter((one) => listens(one, type));
  const event = {
    id: books.newId("evt"),
    created: books.now(options.clock),
    type,
    object,
    previous: options.previous ?? null,
    pending: endpoints.length,
  };
  books.events.put(event.id, event);
  send(books, event, endpoints);
}

/** Sends an event once more, as the button in Stripe's dashboard does. */
export function resend(books: StripeBooks, eventId: string): void {
  send(books, rowOf(books.events, eventId), newestFirst(books.endpoints));
}

function send(books: StripeBooks, event: StripeEvent, endpoints: readonly WebhookEndpoint[]): void {
  for (const endpoint of endpoints)
    deliveriesOf.get(books.context)?.enqueue({
      target: STRIPE_TARGET,
      lane: `${STRIPE_TARGET} ${endpoint.id}`,
      reference: `${event.id} ${endpoint.id}`,
      url: endpoint.url,
      method: "POST",
      headers: {
        "content-type": "application/json; charset=utf-8",
        "user-agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
      },
      body: JSON.stringify(presentEvent(event), null, 2),
      signatureHeader: SIGNATURE_HEADER,
      refusesCookies: false,
      retry: RETRY,
    });
}

function listens(endpoint: WebhookEndpoint, type: string): boolean {
  return endpoint.enabled_events.includes("*") || endpoint.enabled_events.includes(type);
}
