/**
 * Objects as Stripe's API shows them in version 2026-10-28: what is kept, and every other member that Stripe always
 * sends, empty. Each has the members of the npm package's types and of Stripe's published sample objects; present.test.ts
 * holds them to both.
 */
import type { StripeBooks } from "./books";
import { rowOf } from "./books";
import type {
  Customer,
  PaymentMethod,
  Price,
  Product,
  Refund,
  StripeEvent,
  Subscription,
  TestClock,
  WebhookEndpoint,
} from "./wire";

export const API_VERSION = "2026-10-28.endive";

const BLANK_ADDRESS = { city: null, country: null, line1: null, line2: null, postal_code: null, state: null };

export function presentList(url: string, data: readonly object[], hasMore = false) {
  return { object: "list", url, has_more: hasMore, data };
}

export function presentProduct(product: Product) {
  return {
    ...product,
    object: "product",
    default_price: null,
    images: [],
    livemode: false,
    marketing_features: [],
    package_dimensions: null,
    shippable: null,
    statement_descriptor: null,
    tax_details: null,
    type: "service",
    unit_label: null,
    updated: product.created,
    url: null,
  };
}

export function presentPrice(price: Price) {
  return {
    ...price,
    object: "price",
    billing_scheme: "per_unit",
    custom_unit_amount: null,
    livemode: false,
    recurring:
      price.recurring === null
        ? null
        : { ...price.recurring, meter: null, trial_period_days: null, usage_type: "licensed" },
    tiers_mode: null,
    transform_quantity: null,
    type: price.recurring === null ? "one_time" : "recurring",
    unit_amount_decimal: String(price.unit_amount),
  };
}

/** The older name of a price, which every subscription item still bears. */
function presentPlan(price: Price) {
  const { id, active, created, currency, nickname, product, recurring, unit_amount, metadata } = price;
  return {
    ...{ id, object: "plan", active, created, currency, nickname, product, metadata, livemode: false },
    ...{ amount: unit_amount, amount_decimal: String(unit_amount), billing_scheme: "per_unit" },
    ...{ interval: recurring?.interval ?? "month", interval_count: recurring?.interval_count ?? 1 },
    ...{ meter: null, tiers_mode: null, transform_usage: null, trial_period_days: null },
    usage_type: "licensed",
  };
}

export function presentCustomer(customer: Customer) {
  const { default_payment_method, ...kept } = customer;
  return {
    ...kept,
    object: "customer",
    address: null,
    balance: 0,
    currency: null,
    default_source: null,
    description: null,
    discount: null,
    invoice_settings: {
      custom_fields: null,
      default_payment_method,
      footer: null,
      rendering_options: null,
    },
    livemode: false,
    phone: null,
    preferred_locales: [],
    shipping: null,
    tax_exempt: "none",
  };
}

export function presentCard(card: PaymentMethod) {
  const { conduct: _hidden, last4, ...kept } = card;
  return {
    ...kept,
    object: "payment_method",
    allow_redisplay: "always",
    billing_details: { address: BLANK_ADDRESS, email: null, name: null, phone: null, tax_id: null },
    card: {
      brand: "visa",
      checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: "pass" },
      country: "US",
      display_brand: "visa",
      exp_month: 12,
      exp_year: 2034,
      fingerprint: `sandbox${last4}`,
      funding: "credit",
      generated_from: null,
      last4,
      networks: { available: ["visa"], preferred: null },
      regulated_status: "unregulated",
      three_d_secure_usage: { supported: true },
      wallet: null,
    },
    customer_account: null,
    livemode: false,
    metadata: {},
    type: "card",
  };
}

export function presentSubscription(books: StripeBooks, subscription: Subscription) {
  const { item, price, quantity, missing_payment_method, automatic_tax, cancellation_reason, ...rest } =
    subscription;
  const { current_period_start, current_period_end, ...kept } = rest;
  const priceRow = rowOf(books.prices, price);
  return {
    ...kept,
    object: "subscription",
    application: null,
    application_fee_percent: null,
    automatic_tax: {
      enabled: automatic_tax,
      disabled_reason: null,
      liability: automatic_tax ? { type: "self" } : null,
    },
    billing_cycle_anchor_config: null,
    billing_mode: { type: "flexible", flexible: null },
    billing_schedules: [],
    billing_thresholds: null,
    cancel_at: subscription.cancel_at_period_end ? current_period_end : null,
    cancellation_details: { comment: null, feedback: null, reason: cancellation_reason },
    collection_method: "charge_automatically",
    customer_account: null,
    days_until_due: null,
    default_source: null,
    default_tax_rates: [],
    description: null,
    discounts: [],
    invoice_settings: { account_tax_ids: null, issuer: { type: "self" } },
    items: presentList(`/v1/subscription_items?subscription=${subscription.id}`, [
      {
        ...{ id: item, object: "subscription_item", billing_thresholds: null },
        ...{ created: subscription.created, current_period_start, current_period_end, current_trial: null },
        ...{ discounts: [], metadata: {}, plan: presentPlan(priceRow), price: presentPrice(priceRow) },
        ...{ quantity, subscription: subscription.id, tax_rates: [] },
      },
    ]),
    livemode: false,
    managed_payments: { enabled: false },
    next_pending_invoice_item_invoice: null,
    on_behalf_of: null,
    pause_collection: null,
    payment_settings: {
      payment_method_options: null,
      payment_method_types: null,
      save_default_payment_method: "off",
    },
    pending_invoice_item_interval: null,
    pending_setup_intent: null,
    pending_update: null,
    plan: presentPlan(priceRow),
    quantity,
    schedule: null,
    start_date: subscription.created,
    transfer_data: null,
    trial_settings: { end_behavior: { missing_payment_method } },
  };
}

export function presentRefund(refund: Refund) {
  const { invoice: _kept, ...shown } = refund;
  return {
    ...shown,
    object: "refund",
    balance_transaction: null,
    charge: null,
    customer_account: null,
    destination_details: { type: "card", card: { type: "refund" } },
    metadata: {},
    payment_method: null,
    receipt_number: null,
    source_transfer_reversal: null,
    status: "succeeded",
    transfer_reversal: null,
  };
}

export function presentTestClock(clock: TestClock) {
  return {
    ...clock,
    object: "test_helpers.test_clock",
    deletes_after: clock.created + 30 * 86_400,
    livemode: false,
    status: "ready",
    status_details: {},
  };
}

export function presentEndpoint(endpoint: WebhookEndpoint, options: { readonly isNew: boolean }) {
  const { secret, ...shown } = endpoint;
  return {
    ...shown,
    object: "webhook_endpoint",
    api_version: API_VERSION,
    application: null,
    description: null,
    livemode: false,
    metadata: {},
    status: "enabled",
    ...(options.isNew ? { secret } : {}),
  };
}

export function presentEvent(event: StripeEvent) {
  const { id, created, type, object, previous, pending } = event;
  return {
    ...{ id, object: "event", api_version: API_VERSION, created, type, livemode: false },
    data: previous === null ? { object } : { object, previous_attributes: previous },
    pending_webhooks: pending,
    request: { id: null, idempotency_key: null },
  };
}
