import Stripe from "stripe";
import { invariant } from "@/lib/kernel/invariant";
import { CONNECT_PLAN, type Plan } from "./plans";
import { readSignedEvent, type StripeEventRef } from "./read-signed-event";
import type { SubscriptionStatus } from "./standing";
import { ensurePlan, type PlanMade, PORTAL_MARK } from "./stripe-plan";
import { invoiceSchema, priceSchema, sessionSchema, subscriptionSchema, toMinor } from "./stripe-wire";

/**
 * Everything that Tieout asks of Stripe. It keeps nothing and decides nothing: callers store what they read and say what
 * it means. Each creating call has a key, so that a repeated one makes nothing twice. No card number ever passes here:
 * people enter them on Stripe's own pages.
 */
export interface StripeDesk {
  createCustomer(request: { workspaceId: string; name: string; email: string }): Promise<string>;
  /** The address of a Checkout page that this customer has open for so many pairs; null where there is none. */
  findOpenCheckout(customerId: string, pairs: number): Promise<string | null>;
  /** The address of a page to pay on. Throws PlanMismatch where Stripe's price is not what our pages say. */
  createCheckout(request: CheckoutRequest): Promise<string>;
  createPortal(request: PortalRequest): Promise<string>;
  listSubscriptions(customerId: string): Promise<StripeSubscription[]>;
  /** The newest invoices that are no drafts. */
  listInvoices(customerId: string): Promise<StripeInvoice[]>;
  /** What will be charged next; null where nothing will. */
  findNextCharge(subscriptionId: string): Promise<NextCharge | null>;
  /** Makes product, price and portal at Stripe, or finds them as they should be. */
  ensurePlan(): Promise<PlanMade>;
  /** The event of a body that Stripe has signed within the tolerance; null for any other body. */
  readEvent(body: Uint8Array, signature: string | null, now: Date): StripeEventRef | null;
}

export interface CheckoutRequest {
  readonly customerId: string;
  readonly workspaceId: string;
  readonly pairs: number;
  /** "{CHECKOUT_SESSION_ID}" in it is replaced by Stripe. */
  readonly successUrl: string;
  readonly cancelUrl: string;
  /** Two calls with the same key get the same page. */
  readonly key: string;
}

export type PortalFlow = "home" | "card" | "cancel" | "pairs";

export interface PortalRequest {
  readonly customerId: string;
  readonly returnUrl: string;
  readonly flow: PortalFlow;
  /** Needed to go straight to cancelling or to the number of pairs. */
  readonly subscriptionId: string | null;
}

export interface StripeSubscription {
  readonly id: string;
  readonly status: SubscriptionStatus;
  readonly quantity: number;
  readonly priceId: string;
  readonly startedAt: Date;
  readonly periodStartsAt: Date;
  readonly periodEndsAt: Date;
  readonly endsAt: Date | null;
  readonly endedAt: Date | null;
}

export interface StripeInvoice {
  readonly number: string | null;
  readonly status: "open" | "paid" | "void" | "uncollectible";
  readonly at: Date;
  readonly currency: string;
  readonly totalMinor: bigint;
  readonly refundedMinor: bigint;
  /** Stripe's own page with the receipt. */
  readonly url: string | null;
}

export interface NextCharge {
  readonly at: Date;
  readonly currency: string;
  readonly totalMinor: bigint;
}

export interface StripeSettings {
  readonly secretKey: string;
  readonly webhookSecret: string;
  /** A sandbox's origin; Stripe itself by default. */
  readonly apiBase?: string;
}

/** Stripe has no price under the lookup key, or another one than our pages say. */
export class PlanMismatch extends Error {
  override readonly name = "PlanMismatch";
}

const TIMEOUT_MS = 20_000;
const RETRIES_MAX = 2;
const SUBSCRIPTIONS_MAX = 100;
const INVOICES_SHOWN = 24;

const FLOWS = {
  card: "payment_method_update",
  cancel: "subscription_cancel",
  pairs: "subscription_update",
} as const satisfies Record<Exclude<PortalFlow, "home">, string>;

export function createStripeDesk(settings: StripeSettings): StripeDesk {
  const stripe = openStripe(settings);
  return {
    async createCustomer({ workspaceId, name, email }) {
      const customer = await stripe.customers.create(
        { name, email, metadata: { workspace: workspaceId } },
        { idempotencyKey: `customer:${workspaceId}` },
      );
      return customer.id;
    },
    async findOpenCheckout(customer, pairs) {
      const open = await stripe.checkout.sessions.list({ customer, status: "open", limit: 10 });
      const found = open.data.find(({ metadata }) => metadata?.pairs === String(pairs));
      return found === undefined ? null : sessionSchema.parse(found).url;
    },
    async createCheckout({ customerId, workspaceId, pairs, successUrl, cancelUrl, key }) {
      const price = await findPlanPrice(stripe, CONNECT_PLAN);
      const session = await stripe.checkout.sessions.create(
        {
          mode: "subscription",
          customer: customerId,
          client_reference_id: workspaceId,
          line_items: [{ price, quantity: pairs }],
          success_url: successUrl,
          cancel_url: cancelUrl,
          automatic_tax: { enabled: true },
          tax_id_collection: { enabled: true },
          billing_address_collection: "required",
          customer_update: { address: "auto", name: "auto" },
          metadata: { workspace: workspaceId, pairs: String(pairs) },
          subscription_data: { metadata: { workspace: workspaceId } },
        },
        { idempotencyKey: key },
      );
      const { url } = sessionSchema.parse(session);
      invariant(url !== null, "a Checkout page that was just made has an address");
      return url;
    },
    async createPortal({ customerId, returnUrl, flow, subscriptionId }) {
      const { url } = await stripe.billingPortal.sessions.create({
        customer: customerId,
        return_url: returnUrl,
        ...(await findPortal(stripe)),
        ...flowOf(flow, subscriptionId),
      });
      return url;
    },
    async listSubscriptions(customer) {
      const { data } = await stripe.subscriptions.list({ customer, status: "all", limit: SUBSCRIPTIONS_MAX });
      return data.map((one) => toSubscription(subscriptionSchema.parse(one)));
    },
    async listInvoices(customer) {
      const { data } = await stripe.invoices.list({ customer, limit: INVOICES_SHOWN });
      return data.flatMap((one) => {
        const invoice = invoiceSchema.parse(one);
        const { status } = invoice;
        if (status === null || status === "draft") return [];
        return [
          {
            number: invoice.number,
            status,
            at: invoice.created,
            currency: invoice.currency,
            totalMinor: toMinor(invoice.total, invoice.currency),
            refundedMinor: toMinor(invoice.post_payment_credit_notes_amount, invoice.currency),
            url: invoice.hosted_invoice_url ?? null,
          },
        ];
      });
    },
    async findNextCharge(subscription) {
      const upcoming = await stripe.invoices.createPreview({ subscription }).catch((thrown: unknown) => {
        const isNone =
          thrown instanceof Stripe.errors.StripeInvalidRequestError &&
          thrown.code === "invoice_upcoming_none";
        if (isNone) return null;
        throw thrown;
      });
      if (upcoming === null) return null;
      const { created, next_payment_attempt, currency, amount_due } = invoiceSchema.parse(upcoming);
      return { at: next_payment_attempt ?? created, currency, totalMinor: toMinor(amount_due, currency) };
    },
    ensurePlan: () => ensurePlan(stripe, CONNECT_PLAN),
    readEvent: (body, signature, now) =>
      readSignedEvent(stripe, { body, signature, secret: settings.webhookSecret, now }),
  };
}

function openStripe({ secretKey, apiBase }: StripeSettings): Stripe {
  const options = { timeout: TIMEOUT_MS, maxNetworkRetries: RETRIES_MAX, telemetry: false };
  if (apiBase === undefined) return new Stripe(secretKey, options);
  const { hostname, port, protocol } = new URL(apiBase);
  const isPlain = protocol === "http:";
  return new Stripe(secretKey, {
    ...options,
    host: hostname,
    port: port === "" ? (isPlain ? 80 : 443) : port,
    protocol: isPlain ? "http" : "https",
  });
}

/** The price under the plan's key, which must be what our pages say. */
async function findPlanPrice(stripe: Stripe, plan: Plan): Promise<string> {
  const { data } = await stripe.prices.list({ lookup_keys: [plan.lookupKey], active: true, limit: 1 });
  const [found] = data.map((one) => priceSchema.parse(one));
  if (found === undefined) throw new PlanMismatch(`Stripe has no price "${plan.lookupKey}"`);
  const isOurs =
    found.currency === plan.currency &&
    found.unit_amount !== null &&
    toMinor(found.unit_amount, found.currency) === plan.yearlyMinor &&
    found.recurring?.interval === "year" &&
    found.recurring.interval_count === 1;
  if (!isOurs) throw new PlanMismatch(`Stripe's price "${plan.lookupKey}" is not what our pages say`);
  return found.id;
}

/** Our own portal configuration; Stripe's default one where the script has not made it. */
async function findPortal(stripe: Stripe): Promise<{ configuration?: string }> {
  const { data } = await stripe.billingPortal.configurations.list({ active: true, limit: 100 });
  const own = data.find(({ metadata }) => metadata?.[PORTAL_MARK.name] === PORTAL_MARK.value);
  return own === undefined ? {} : { configuration: own.id };
}

function flowOf(
  flow: PortalFlow,
  subscription: string | null,
): Pick<Stripe.BillingPortal.SessionCreateParams, "flow_data"> {
  if (flow === "home") return {};
  if (flow === "card") return { flow_data: { type: FLOWS.card } };
  if (subscription === null) return {};
  return flow === "cancel"
    ? { flow_data: { type: FLOWS.cancel, subscription_cancel: { subscription } } }
    : { flow_data: { type: FLOWS.pairs, subscription_update: { subscription } } };
}

function toSubscription(wire: ReturnType<(typeof subscriptionSchema)["parse"]>): StripeSubscription {
  const [item] = wire.items.data;
  invariant(item, "a subscription has an item");
  return {
    id: wire.id,
    status: wire.status,
    quantity: item.quantity,
    priceId: item.price.id,
    startedAt: wire.created,
    periodStartsAt: item.current_period_start,
    periodEndsAt: item.current_period_end,
    endsAt: wire.cancel_at,
    endedAt: wire.ended_at,
  };
}
