/**
 * What the simulated Stripe keeps: of each object the members that its rules read or change, in Stripe's own
 * spelling. The many members that are always empty here are added by present.ts. Amounts are whole minor units
 * and instants are Unix seconds, as on Stripe's wire.
 */
export type Metadata = Readonly<Record<string, string>>;

export interface Product {
  readonly id: string;
  readonly active: boolean;
  readonly created: number;
  readonly name: string;
  readonly description: string | null;
  readonly tax_code: string | null;
  readonly metadata: Metadata;
}

export type Interval = "day" | "week" | "month" | "year";

export interface Price {
  readonly id: string;
  readonly active: boolean;
  readonly created: number;
  readonly currency: string;
  readonly lookup_key: string | null;
  readonly nickname: string | null;
  readonly product: string;
  readonly recurring: { readonly interval: Interval; readonly interval_count: number } | null;
  readonly tax_behavior: string;
  readonly unit_amount: number;
  readonly metadata: Metadata;
}

export interface Customer {
  readonly id: string;
  readonly created: number;
  readonly email: string | null;
  readonly name: string | null;
  readonly default_payment_method: string | null;
  readonly delinquent: boolean;
  readonly invoice_prefix: string;
  readonly next_invoice_sequence: number;
  readonly metadata: Metadata;
  readonly test_clock: string | null;
}

/** What a card does when it is charged. */
export type CardConduct = "pays" | "isDeclined";

export interface PaymentMethod {
  readonly id: string;
  readonly created: number;
  readonly customer: string;
  readonly last4: string;
  readonly conduct: CardConduct;
}

export type SubscriptionStatus =
  | "incomplete"
  | "incomplete_expired"
  | "trialing"
  | "active"
  | "past_due"
  | "canceled"
  | "unpaid"
  | "paused";

export interface Subscription {
  readonly id: string;
  readonly created: number;
  readonly customer: string;
  readonly status: SubscriptionStatus;
  readonly currency: string;
  readonly item: string;
  readonly price: string;
  readonly quantity: number;
  readonly billing_cycle_anchor: number;
  readonly current_period_start: number;
  readonly current_period_end: number;
  readonly cancel_at_period_end: boolean;
  readonly canceled_at: number | null;
  readonly ended_at: number | null;
  readonly cancellation_reason: string | null;
  readonly default_payment_method: string | null;
  readonly latest_invoice: string | null;
  readonly trial_start: number | null;
  readonly trial_end: number | null;
  readonly missing_payment_method: "cancel" | "create_invoice" | "pause";
  readonly automatic_tax: boolean;
  readonly metadata: Metadata;
  readonly test_clock: string | null;
}

export interface InvoiceLine {
  readonly id: string;
  readonly amount: number;
  readonly description: string;
  readonly quantity: number;
  readonly price: string;
  readonly subscription_item: string;
  readonly proration: boolean;
  readonly period: { readonly start: number; readonly end: number };
}

/** A line that waits for the next invoice of its subscription. */
export interface PendingLine extends InvoiceLine {
  readonly subscription: string;
}

export interface Invoice {
  readonly id: string;
  readonly created: number;
  readonly customer: string;
  readonly subscription: string;
  readonly currency: string;
  readonly status: "draft" | "open" | "paid" | "void" | "uncollectible";
  readonly billing_reason: "subscription_create" | "subscription_cycle" | "subscription_update";
  readonly number: string | null;
  readonly lines: readonly InvoiceLine[];
  readonly total: number;
  readonly amount_paid: number;
  readonly attempt_count: number;
  readonly next_payment_attempt: number | null;
  readonly automatically_finalizes_at: number | null;
  readonly finalized_at: number | null;
  readonly paid_at: number | null;
  readonly voided_at: number | null;
  readonly period_start: number;
  readonly period_end: number;
  readonly refunded: number;
  readonly payment_intent: string | null;
  readonly auto_advance: boolean;
  readonly test_clock: string | null;
}

export interface Refund {
  readonly id: string;
  readonly created: number;
  readonly amount: number;
  readonly currency: string;
  readonly customer: string;
  readonly invoice: string;
  readonly payment_intent: string;
  readonly reason: string | null;
}

export interface CheckoutSession {
  readonly id: string;
  readonly created: number;
  readonly expires_at: number;
  readonly customer: string | null;
  readonly customer_email: string | null;
  readonly client_reference_id: string | null;
  readonly status: "open" | "complete" | "expired";
  readonly payment_status: "paid" | "unpaid" | "no_payment_required";
  readonly success_url: string;
  readonly cancel_url: string | null;
  readonly price: string;
  readonly quantity: number;
  readonly currency: string;
  readonly amount_total: number;
  readonly automatic_tax: boolean;
  readonly tax_id_collection: boolean;
  readonly billing_address_collection: string | null;
  readonly trial_period_days: number | null;
  readonly subscription: string | null;
  readonly invoice: string | null;
  readonly metadata: Metadata;
  readonly subscription_metadata: Metadata;
}

export interface PortalConfiguration {
  readonly id: string;
  readonly created: number;
  readonly active: boolean;
  readonly is_default: boolean;
  readonly metadata: Metadata;
  readonly headline: string | null;
  readonly mayUpdateCard: boolean;
  readonly mayCancel: boolean;
  readonly mayChangeQuantity: boolean;
  readonly prorationBehavior: ProrationBehavior;
  readonly products: readonly { readonly product: string; readonly prices: readonly string[] }[];
}

export type ProrationBehavior = "always_invoice" | "create_prorations" | "none";
export type PortalFlow = "payment_method_update" | "subscription_cancel" | "subscription_update";

export interface PortalSession {
  readonly id: string;
  readonly created: number;
  readonly customer: string;
  readonly configuration: string;
  readonly return_url: string | null;
  readonly secret: string;
  readonly flow: { readonly type: PortalFlow; readonly subscription: string | null } | null;
}

export interface TestClock {
  readonly id: string;
  readonly created: number;
  readonly frozen_time: number;
  readonly name: string | null;
}

export interface WebhookEndpoint {
  readonly id: string;
  readonly created: number;
  readonly url: string;
  readonly enabled_events: readonly string[];
  readonly secret: string;
}

export interface StripeEvent {
  readonly id: string;
  readonly created: number;
  readonly type: string;
  readonly object: object;
  readonly previous: object | null;
  readonly pending: number;
}

export interface KeptAnswer {
  readonly key: string;
  readonly atMs: number;
  /** Hash of what was asked under the key. */
  readonly asked: string;
  readonly status: number;
  readonly body: string;
}
