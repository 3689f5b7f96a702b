/**
 * What Xero tells an app, on the wire: events, the body that carries several of them, and its signature. Times
 * are UTC without a zone and with milliseconds, as in Xero's own examples; the signature is base64 of the
 * HMAC-SHA256 of the body's bytes. https://developer.xero.com/documentation/guides/webhooks/overview/ and
 * Xero's OpenAPI description xero-webhooks.yaml 16.1.0 (checked 2026-11-21)
 */
import { createHmac } from "node:crypto";

export const WEBHOOK_CATEGORIES = [
  "CONTACT",
  "INVOICE",
  "CREDITNOTE",
  "PREPAYMENT",
  "OVERPAYMENT",
  "SUBSCRIPTION",
] as const;
export type WebhookCategory = (typeof WEBHOOK_CATEGORIES)[number];

export const SIGNATURE_HEADER = "x-xero-signature";

/** One event as it is kept. */
export interface StoredEvent {
  readonly sequence: number;
  readonly atMs: number;
  readonly category: WebhookCategory;
  readonly type: "CREATE" | "UPDATE";
  readonly resourceUrl: string;
  readonly resourceId: string;
  /** The organisation, or the app where the event is about its subscription. */
  readonly tenantId: string;
  readonly data?: { readonly Type: string; readonly Status: string };
}

function eventWire(event: StoredEvent): object {
  return {
    resourceUrl: event.resourceUrl,
    resourceId: event.resourceId,
    tenantId: event.tenantId,
    tenantType: event.category === "SUBSCRIPTION" ? "APPLICATION" : "ORGANISATION",
    eventCategory: event.category,
    eventType: event.type,
    eventDateUtc: new Date(event.atMs).toISOString().replace(/Z$/, ""),
    ...(event.data === undefined ? {} : { data: event.data }),
  };
}

/** A body of these events; without any, that of a probe. */
export function webhookBody(events: readonly StoredEvent[], entropy: string): string {
  return JSON.stringify({
    events: events.map(eventWire),
    firstEventSequence: events[0]?.sequence ?? 0,
    lastEventSequence: events.at(-1)?.sequence ?? 0,
    entropy,
  });
}

/** Twenty capital letters out of a UUID. */
export function entropyOf(id: string): string {
  const letters = "ABCDEFGHIJKLMNOP";
  return [...id.replaceAll("-", "")]
    .slice(0, 20)
    .map((digit) => letters[Number.parseInt(digit, 16)] ?? "Z")
    .join("");
}

/** base64(HMAC-SHA256(body, key)). */
export function signBody(body: string, key: string): string {
  return createHmac("sha256", key).update(body).digest("base64");
}

export function webhookHeaders(signature: string): Record<string, string> {
  return { "content-type": "application/json; charset=utf-8", [SIGNATURE_HEADER]: signature };
}
