/** Invoices, Checkout and the portal as Stripe's API shows them; see present.ts. */
import { rowOf, type StripeBooks } from "./books";
import { presentList } from "./present";
import type { CheckoutSession, Invoice, InvoiceLine, PortalConfiguration, PortalSession } from "./wire";

function presentLine(line: InvoiceLine, invoice: Invoice, product: string) {
  const { price, subscription_item, proration, ...kept } = line;
  return {
    ...kept,
    object: "line_item",
    currency: invoice.currency,
    discount_amounts: [],
    discountable: !proration,
    discounts: [],
    invoice: invoice.id,
    livemode: false,
    metadata: {},
    parent: {
      type: "subscription_item_details",
      invoice_item_details: null,
      subscription_item_details: {
        invoice_item: null,
        proration,
        proration_details: { credited_items: null },
        subscription: invoice.subscription,
        subscription_item,
      },
    },
    pretax_credit_amounts: [],
    pricing: {
      type: "price_details",
      price_details: { price, product },
      unit_amount_decimal: String(line.quantity === 0 ? 0 : line.amount / line.quantity),
    },
    quantity_decimal: String(line.quantity),
    subscription: invoice.subscription,
    subtotal: line.amount,
    taxes: [],
  };
}

export function presentInvoice(books: StripeBooks, invoice: Invoice) {
  const customer = rowOf(books.customers, invoice.customer);
  const { finalized_at, paid_at, voided_at, lines, refunded, payment_intent, ...kept } = invoice;
  const due = Math.max(0, invoice.total);
  const open = invoice.status === "draft" ? null : `${books.context.origin}/stripe/invoice/${invoice.id}`;
  return {
    ...kept,
    object: "invoice",
    account_country: "US",
    account_name: "Sandbox account",
    account_tax_ids: null,
    amount_due: due,
    amount_overpaid: 0,
    amount_remaining: invoice.status === "paid" ? 0 : due,
    amount_shipping: 0,
    application: null,
    attempted: invoice.attempt_count > 0,
    automatic_tax: {
      enabled: false,
      disabled_reason: null,
      liability: null,
      provider: null,
      status: null,
    },
    collection_method: "charge_automatically",
    custom_fields: null,
    customer_account: null,
    customer_address: null,
    customer_email: customer.email,
    customer_name: customer.name,
    customer_phone: null,
    customer_shipping: null,
    customer_tax_exempt: "none",
    customer_tax_ids: [],
    default_payment_method: null,
    default_source: null,
    default_tax_rates: [],
    description: null,
    discounts: [],
    due_date: null,
    effective_at: finalized_at,
    ending_balance: invoice.status === "draft" ? null : 0,
    footer: null,
    from_invoice: null,
    hosted_invoice_url: open,
    invoice_pdf: open === null ? null : `${open}?print=1`,
    issuer: { type: "self" },
    last_finalization_error: null,
    latest_revision: null,
    lines: presentList(
      `/v1/invoices/${invoice.id}/lines`,
      lines.map((line) => presentLine(line, invoice, rowOf(books.prices, line.price).product)),
    ),
    livemode: false,
    metadata: {},
    on_behalf_of: null,
    parent: {
      type: "subscription_details",
      quote_details: null,
      subscription_details: {
        metadata: rowOf(books.subscriptions, invoice.subscription).metadata,
        subscription: invoice.subscription,
      },
    },
    payment_settings: {
      default_mandate: null,
      payment_method_options: null,
      payment_method_types: null,
    },
    payments: presentList(
      `/v1/invoice_payments?invoice=${invoice.id}`,
      payment_intent === null ? [] : [presentPayment(invoice, payment_intent)],
    ),
    post_payment_credit_notes_amount: refunded,
    pre_payment_credit_notes_amount: 0,
    receipt_number: null,
    rendering: null,
    shipping_cost: null,
    shipping_details: null,
    starting_balance: 0,
    statement_descriptor: null,
    status_transitions: { finalized_at, marked_uncollectible_at: null, paid_at, voided_at },
    subtotal: invoice.total,
    subtotal_excluding_tax: invoice.total,
    total_discount_amounts: [],
    total_excluding_tax: invoice.total,
    total_pretax_credit_amounts: [],
    total_taxes: [],
    webhooks_delivered_at: invoice.created,
  };
}

export function presentPayment(invoice: Invoice, paymentIntent: string) {
  const isPaid = invoice.status === "paid";
  return {
    id: `inpay_${invoice.id.slice(3)}`,
    object: "invoice_payment",
    amount_paid: isPaid ? invoice.amount_paid : null,
    amount_requested: invoice.total,
    created: invoice.created,
    currency: invoice.currency,
    invoice: invoice.id,
    is_default: true,
    livemode: false,
    payment: { type: "payment_intent", payment_intent: paymentIntent },
    status: isPaid ? "paid" : "open",
    status_transitions: { canceled_at: null, paid_at: invoice.paid_at },
  };
}

export function presentSession(books: StripeBooks, session: CheckoutSession) {
  const { price: _price, quantity: _quantity, subscription_metadata: _own, ...rest } = session;
  const { trial_period_days: _days, automatic_tax, tax_id_collection, ...kept } = rest;
  const email = session.customer_email ?? customerEmail(books, session.customer);
  return {
    ...kept,
    object: "checkout.session",
    adaptive_pricing: null,
    after_expiration: null,
    allow_promotion_codes: null,
    allowed_payment_method_types: null,
    amount_subtotal: session.amount_total,
    automatic_tax: {
      enabled: automatic_tax,
      liability: automatic_tax ? { type: "self" } : null,
      provider: automatic_tax ? "stripe" : null,
      status: automatic_tax ? "complete" : null,
    },
    client_secret: null,
    collected_information: null,
    consent: null,
    consent_collection: null,
    currency_conversion: null,
    custom_fields: [],
    custom_text: {
      after_submit: null,
      shipping_address: null,
      submit: null,
      terms_of_service_acceptance: null,
    },
    customer_account: null,
    customer_creation: session.customer === null ? "always" : null,
    customer_details:
      email === null
        ? null
        : {
            ...{ address: null, business_name: null, email, individual_name: null, name: null },
            ...{ phone: null, tax_exempt: "none", tax_ids: [] },
          },
    discounts: [],
    integration_identifier: null,
    invoice_creation: null,
    livemode: false,
    locale: null,
    managed_payments: { enabled: false },
    mode: "subscription",
    origin_context: null,
    payment_intent: null,
    payment_link: null,
    payment_method_collection: "always",
    payment_method_configuration_details: null,
    payment_method_options: { card: { request_three_d_secure: "automatic" } },
    payment_method_types: ["card"],
    permissions: null,
    phone_number_collection: { enabled: false },
    recovered_from: null,
    saved_payment_method_options: {
      allow_redisplay_filters: ["always"],
      payment_method_remove: "disabled",
      payment_method_save: null,
    },
    setup_intent: null,
    shipping_address_collection: null,
    shipping_cost: null,
    shipping_options: [],
    submit_type: null,
    tax_id_collection: { enabled: tax_id_collection, required: "never" },
    total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
    ui_mode: "hosted_page",
    url: session.status === "open" ? `${books.context.origin}/stripe/checkout/${session.id}` : null,
    wallet_options: null,
  };
}

function customerEmail(books: StripeBooks, customer: string | null): string | null {
  return customer === null ? null : (books.customers.get(customer)?.email ?? null);
}

export function presentPortalConfiguration(configuration: PortalConfiguration) {
  const { id, active, created, is_default, metadata, headline } = configuration;
  return {
    ...{ id, object: "billing_portal.configuration", active, application: null },
    business_profile: { headline, privacy_policy_url: null, terms_of_service_url: null },
    ...{ created, default_return_url: null },
    features: {
      customer_update: { allowed_updates: ["address", "email", "name", "tax_id"], enabled: true },
      invoice_history: { enabled: true },
      payment_method_update: {
        enabled: configuration.mayUpdateCard,
        payment_method_configuration: null,
      },
      subscription_cancel: {
        cancellation_reason: { enabled: false, options: [] },
        enabled: configuration.mayCancel,
        mode: "at_period_end",
        proration_behavior: "none",
      },
      subscription_update: {
        billing_cycle_anchor: null,
        default_allowed_updates: configuration.mayChangeQuantity ? ["quantity"] : [],
        enabled: configuration.mayChangeQuantity,
        products: configuration.products,
        proration_behavior: configuration.prorationBehavior,
        schedule_at_period_end: { conditions: [] },
        trial_update_behavior: "end_trial",
      },
    },
    ...{ is_default, livemode: false, login_page: { enabled: false, url: null } },
    ...{ metadata, name: null, updated: created },
  };
}

export function presentPortalSession(books: StripeBooks, session: PortalSession) {
  const { id, created, customer, configuration, return_url, flow } = session;
  return {
    ...{ id, object: "billing_portal.session", configuration, created, customer, customer_account: null },
    flow:
      flow === null
        ? null
        : {
            type: flow.type,
            after_completion: { type: "portal_homepage", hosted_confirmation: null, redirect: null },
            subscription_cancel: null,
            subscription_update: null,
            subscription_update_confirm: null,
            ...(flow.subscription === null
              ? {}
              : flow.type === "subscription_cancel"
                ? { subscription_cancel: { retention: null, subscription: flow.subscription } }
                : { subscription_update: { subscription: flow.subscription } }),
          },
    ...{ livemode: false, locale: null, on_behalf_of: null, return_url },
    url: `${books.context.origin}/stripe/portal/${session.secret}`,
  };
}
