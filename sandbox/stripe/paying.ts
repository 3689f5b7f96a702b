/** Checkout, subscriptions, invoices, refunds and the portal, as the API's addresses. */
import { z } from "zod";
import { newestFirst, rowOf, type StripeBooks } from "./books";
import { cancelSession, createSession } from "./checkout";
import { invalid, missing, StripeRefusal } from "./errors";
import { emit } from "./events";
import { finalizeInvoice, refundInvoice } from "./invoices";
import {
  creditNoteWish,
  flag,
  nothing,
  page,
  portalConfigurationWish,
  portalSessionWish,
  previewWish,
  sessionWish,
  subscriptionChange,
  subscriptionWish,
  text,
} from "./parameters";
import { createPortalConfiguration, createPortalSession } from "./portal";
import { presentRefund, presentSubscription } from "./present";
import {
  presentInvoice,
  presentPayment,
  presentPortalConfiguration,
  presentSession,
} from "./present-payments";
import { previewInvoice } from "./preview";
import { listed, type Route, route } from "./route";
import { cancelNow, changeQuantity, createSubscription, resumePaused, settle, update } from "./subscriptions";
import type { Invoice, Subscription } from "./wire";

function findSubscription(books: StripeBooks, id: string): Subscription {
  const found = books.subscriptions.get(id);
  if (found === undefined) throw missing("subscription", id, "address");
  return found;
}

function findInvoice(books: StripeBooks, id: string): Invoice {
  const found = books.invoices.get(id);
  if (found === undefined) throw missing("invoice", id, "address");
  return found;
}

/** Subscriptions of a status; "all" shows the ended ones too, which a list leaves out otherwise. */
function hasStatus(subscription: Subscription, status: string | undefined): boolean {
  if (status === "all") return true;
  if (status === "ended") return ["canceled", "incomplete_expired"].includes(subscription.status);
  return status === undefined ? subscription.status !== "canceled" : subscription.status === status;
}

const SUBSCRIPTION_ROUTES: readonly Route[] = [
  route("POST /subscriptions", subscriptionWish, (books, wish) => {
    const [item] = wish.items;
    if (books.customers.get(wish.customer) === undefined)
      throw missing("customer", wish.customer, "parameter", "customer");
    if (item === undefined || books.prices.get(item.price) === undefined)
      throw missing("price", item?.price ?? "", "parameter", "items[0][price]");
    return presentSubscription(
      books,
      createSubscription(books, {
        customer: wish.customer,
        price: item.price,
        quantity: item.quantity ?? 1,
        trialDays: wish.trial_period_days ?? null,
        missingPaymentMethod: wish.trial_settings?.end_behavior.missing_payment_method ?? "create_invoice",
        defaultPaymentMethod: wish.default_payment_method ?? null,
        paymentBehavior: wish.payment_behavior ?? "allow_incomplete",
        automaticTax: wish.automatic_tax?.enabled ?? false,
        metadata: wish.metadata ?? {},
      }),
    );
  }),
  route(
    "GET /subscriptions",
    z.strictObject({ ...page, customer: text.optional(), price: text.optional(), status: text.optional() }),
    (books, wish) =>
      listed(
        "/v1/subscriptions",
        newestFirst(books.subscriptions).filter(
          (one) =>
            (wish.customer === undefined || one.customer === wish.customer) &&
            (wish.price === undefined || one.price === wish.price) &&
            hasStatus(one, wish.status),
        ),
        wish,
        (one) => presentSubscription(books, one),
      ),
  ),
  route("GET /subscriptions/{id}", nothing, (books, _wish, id) =>
    presentSubscription(books, findSubscription(books, id)),
  ),
  route("POST /subscriptions/{id}", subscriptionChange, (books, wish, id) => {
    const before = findSubscription(books, id);
    if (before.status === "canceled")
      throw invalid("A canceled subscription can only update its cancellation_details and metadata.");
    const cancelAtEnd = wish.cancel_at_period_end;
    update(books, id, {
      ...(cancelAtEnd === undefined
        ? {}
        : {
            cancel_at_period_end: cancelAtEnd,
            canceled_at: cancelAtEnd ? books.now(before.test_clock) : null,
            cancellation_reason: cancelAtEnd ? "cancellation_requested" : null,
          }),
      ...(wish.default_payment_method === undefined
        ? {}
        : { default_payment_method: wish.default_payment_method }),
      ...(wish.metadata === undefined ? {} : { metadata: { ...before.metadata, ...wish.metadata } }),
    });
    const [item] = wish.items ?? [];
    if (item !== undefined) {
      if (item.id !== before.item) throw missing("subscription item", item.id, "parameter", "items[0][id]");
      changeQuantity(books, id, item.quantity, wish.proration_behavior ?? "create_prorations");
    }
    return presentSubscription(books, rowOf(books.subscriptions, id));
  }),
  route("DELETE /subscriptions/{id}", nothing, (books, _wish, id) => {
    if (findSubscription(books, id).status === "canceled") throw missing("subscription", id, "address");
    return presentSubscription(books, cancelNow(books, id, "cancellation_requested"));
  }),
  route("POST /subscriptions/{id}/resume", nothing, (books, _wish, id) =>
    presentSubscription(books, resumePaused(books, findSubscription(books, id))),
  ),
];

const INVOICE_ROUTES: readonly Route[] = [
  route(
    "GET /invoices",
    z.strictObject({
      ...page,
      customer: text.optional(),
      subscription: text.optional(),
      status: text.optional(),
    }),
    (books, wish) =>
      listed(
        "/v1/invoices",
        newestFirst(books.invoices).filter(
          (one) =>
            (wish.customer === undefined || one.customer === wish.customer) &&
            (wish.subscription === undefined || one.subscription === wish.subscription) &&
            (wish.status === undefined || one.status === wish.status),
        ),
        wish,
        (one) => presentInvoice(books, one),
      ),
  ),
  route("POST /invoices/create_preview", previewWish, (books, wish) => previewInvoice(books, wish)),
  route("GET /invoices/{id}", nothing, (books, _wish, id) => presentInvoice(books, findInvoice(books, id))),
  route("POST /invoices/{id}/pay", nothing, (books, _wish, id) => {
    const invoice = findInvoice(books, id);
    if (invoice.status !== "open" && invoice.status !== "draft")
      throw invalid(`Invoice is already ${invoice.status}`, undefined, "invoice_not_payable");
    const open = invoice.status === "draft" ? finalizeInvoice(books, invoice) : invoice;
    if (!settle(books, open))
      throw new StripeRefusal({
        ...{ status: 402, type: "card_error", code: "card_declined", decline_code: "generic_decline" },
        message: "Your card was declined.",
      });
    return presentInvoice(books, rowOf(books.invoices, id));
  }),
  route("GET /invoice_payments", z.strictObject({ ...page, invoice: text }), (books, wish) => {
    const invoice = findInvoice(books, wish.invoice);
    const rows = invoice.payment_intent === null ? [] : [presentPayment(invoice, invoice.payment_intent)];
    return listed("/v1/invoice_payments", rows, wish, (row) => row);
  }),
  route("POST /credit_notes", creditNoteWish, (books, wish) => {
    const invoice = findInvoice(books, wish.invoice);
    if (invoice.status !== "paid" || wish.refund_amount > invoice.amount_paid - invoice.refunded)
      throw invalid("The refund is more than what is left of the payment.", "refund_amount");
    const changed = refundInvoice(books, invoice, wish.refund_amount);
    return creditNoteOf(books, changed, wish.refund_amount);
  }),
  route("GET /refunds", z.strictObject({ ...page, payment_intent: text.optional() }), (books, wish) =>
    listed(
      "/v1/refunds",
      newestFirst(books.refunds).filter(
        (one) => wish.payment_intent === undefined || one.payment_intent === wish.payment_intent,
      ),
      wish,
      presentRefund,
    ),
  ),
];

function creditNoteOf(books: StripeBooks, invoice: Invoice, amount: number): object {
  const id = books.newId("cn");
  const [refund] = newestFirst(books.refunds);
  return {
    ...{ id, object: "credit_note", amount, amount_shipping: 0, created: books.now(invoice.test_clock) },
    ...{ currency: invoice.currency, customer: invoice.customer, customer_account: null },
    ...{ customer_balance_transaction: null, discount_amount: 0, discount_amounts: [], effective_at: null },
    invoice: invoice.id,
    lines: { object: "list", url: `/v1/credit_notes/${id}/lines`, has_more: false, data: [] },
    ...{ livemode: false, memo: null, metadata: {}, number: `${invoice.number}-CN-01` },
    ...{ out_of_band_amount: null, pdf: "", post_payment_amount: amount, pre_payment_amount: 0 },
    ...{ pretax_credit_amounts: [], reason: null, shipping_cost: null, status: "issued", subtotal: amount },
    refunds: refund === undefined ? [] : [{ amount_refunded: amount, refund: refund.id, type: "refund" }],
    ...{ subtotal_excluding_tax: amount, total: amount, total_excluding_tax: amount, total_taxes: [] },
    ...{ type: "post_payment", voided_at: null },
  };
}

const HOSTED_ROUTES: readonly Route[] = [
  route("POST /checkout/sessions", sessionWish, (books, wish) =>
    presentSession(books, createSession(books, wish)),
  ),
  route(
    "GET /checkout/sessions",
    z.strictObject({ ...page, customer: text.optional(), status: text.optional() }),
    (books, wish) =>
      listed(
        "/v1/checkout/sessions",
        newestFirst(books.sessions).filter(
          (one) =>
            (wish.customer === undefined || one.customer === wish.customer) &&
            (wish.status === undefined || one.status === wish.status),
        ),
        wish,
        (one) => presentSession(books, one),
      ),
  ),
  route("GET /checkout/sessions/{id}", nothing, (books, _wish, id) => {
    const session = books.sessions.get(id);
    if (session === undefined) throw missing("checkout.session", id, "address");
    return presentSession(books, session);
  }),
  route("POST /checkout/sessions/{id}/expire", nothing, (books, _wish, id) => {
    const session = books.sessions.get(id);
    if (session === undefined) throw missing("checkout.session", id, "address");
    if (session.status !== "open")
      throw invalid('Only Checkout Sessions with a status in ["open"] can be expired.');
    const expired = presentSession(books, cancelSession(books, session));
    emit(books, "checkout.session.expired", expired);
    return expired;
  }),
  route("POST /billing_portal/configurations", portalConfigurationWish, (books, wish) =>
    presentPortalConfiguration(createPortalConfiguration(books, wish)),
  ),
  route("POST /billing_portal/configurations/{id}", portalConfigurationWish, (books, wish, id) => {
    const before = books.portalConfigurations.get(id);
    if (before === undefined) throw missing("configuration", id, "address");
    return presentPortalConfiguration(createPortalConfiguration(books, wish, before));
  }),
  route(
    "GET /billing_portal/configurations",
    z.strictObject({ ...page, active: flag.optional(), is_default: flag.optional() }),
    (books, wish) =>
      listed(
        "/v1/billing_portal/configurations",
        newestFirst(books.portalConfigurations).filter(
          (one) =>
            (wish.active === undefined || one.active === wish.active) &&
            (wish.is_default === undefined || one.is_default === wish.is_default),
        ),
        wish,
        presentPortalConfiguration,
      ),
  ),
  route("POST /billing_portal/sessions", portalSessionWish, (books, wish) =>
    createPortalSession(books, wish),
  ),
];

export const PAYING_ROUTES: readonly Route[] = [...SUBSCRIPTION_ROUTES, ...INVOICE_ROUTES, ...HOSTED_ROUTES];
