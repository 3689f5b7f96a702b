import Stripe from "stripe";
import { eventSchema } from "./stripe-wire";

/**
 * A webhook body that is to be believed: signed by Stripe over exactly these bytes, at most five minutes ago. Of what it
 * says only the event's id and the customer are taken, as a hint where to look again.
 * https://docs.stripe.com/webhooks#verify-events (checked 2026-11-21)
 */
export interface StripeEventRef {
  readonly id: string;
  readonly type: string;
  readonly createdAt: Date;
  /** Null where the event is about no customer. */
  readonly customerId: string | null;
}

export const TOLERANCE_SECONDS = 300;

/** "t=…,v1=…", with further signatures while a secret is being replaced. The package would read sloppier ones too. */
const HEADER = /^t=[1-9]\d{0,11}((?:,v\d+=[0-9a-f]{64})+)$/;

/** Null for any body that Stripe did not sign just now, whatever is wrong with it. Never throws for what was sent. */
export function readSignedEvent(
  stripe: Stripe,
  {
    body,
    signature,
    secret,
    now,
  }: {
    readonly body: Uint8Array;
    readonly signature: string | null;
    readonly secret: string;
    readonly now: Date;
  },
): StripeEventRef | null {
  const [, signatures] = HEADER.exec(signature ?? "") ?? [];
  if (signature === null || signatures === undefined || hasDouble(signatures.split(","))) return null;
  const text = decode(body);
  if (text === null || text === "") return null;
  try {
    stripe.webhooks.signature?.verifyHeader(
      text,
      signature,
      secret,
      TOLERANCE_SECONDS,
      undefined,
      now.getTime(),
    );
  } catch (thrown) {
    if (thrown instanceof Stripe.errors.StripeSignatureVerificationError) return null;
    throw thrown;
  }
  const parsed = eventSchema.safeParse(parseJson(text));
  if (!parsed.success) return null;
  const { id, type, created, data } = parsed.data;
  const { object } = data;
  const customerId = object.object === "customer" ? (object.id ?? null) : (object.customer ?? null);
  return { id, type, createdAt: created, customerId };
}

/** Stripe sends several signatures while a secret is being replaced, and never one twice. */
function hasDouble(parts: readonly string[]): boolean {
  return new Set(parts).size < parts.length;
}

/** The text of the very bytes that were signed: a decoder that mends or skips some would let others through. */
function decode(body: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    return null;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
