import { readRequestBody } from "@/app/_requests/read-request-body";
import { receiveStripeEvent, type StripeEventOutcome } from "@/lib/operations/billing/receive-stripe-event";

/**
 * Where Stripe tells of what happened to a customer. The body is read as it came and checked against its signature;
 * everything else happens later. It needs no session and says nothing but a status: 200 taken, 400 not signed by Stripe or not
 * just now, 404 no Stripe account here, 413 too long.
 */
const STATUS: Readonly<Record<StripeEventOutcome, number>> = { taken: 200, refused: 400, unknown: 404 };

export async function POST(request: Request): Promise<Response> {
  const body = await readRequestBody(request);
  const status =
    body === null ? 413 : STATUS[await receiveStripeEvent(body, request.headers.get("stripe-signature"))];
  return new Response(null, { status, headers: { "cache-control": "no-store" } });
}
