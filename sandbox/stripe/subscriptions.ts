/**
 * The life of a subscription, in every status that Stripe has: incomplete until the first payment and expired after
 * 23 hours without it, trialing, active, past due while a renewal is tried again, then canceled, unpaid or left past
 * due as the account says (switch stripe.after-retries), paused after a trial without a card.
 * https://docs.stripe.com/billing/subscriptions/overview (checked 2026-11-21)
 */
import { changeRow, newestFirst, rowOf, type StripeBooks } from "./books";
import { addIntervals, prorated } from "./calendar";
import { declined, invalid } from "./errors";
import { emit } from "./events";
import { cardOf, collectInvoice, draftInvoice, finalizeInvoice, voidInvoice } from "./invoices";
import { presentSubscription } from "./present";
import type { Invoice, InvoiceLine, Metadata, Price, ProrationBehavior, Subscription } from "./wire";

const DAY_SECONDS = 86_400;

export interface NewSubscription {
  readonly customer: string;
  readonly price: string;
  readonly quantity: number;
  readonly trialDays: number | null;
  readonly missingPaymentMethod: Subscription["missing_payment_method"];
  readonly defaultPaymentMethod: string | null;
  readonly paymentBehavior: "allow_incomplete" | "default_incomplete" | "error_if_incomplete";
  readonly automaticTax: boolean;
  readonly metadata: Metadata;
}

/** Begins a subscription and collects its first invoice; a declined card leaves it incomplete. */
export function createSubscription(books: StripeBooks, request: NewSubscription): Subscription {
  const customer = rowOf(books.customers, request.customer);
  const price = rowOf(books.prices, request.price);
  const { recurring } = price;
  if (recurring === null) throw invalid("The price specified is set to `type=one_time`.", "items");
  const now = books.now(customer.test_clock);
  const trialEnd = request.trialDays === null ? null : now + request.trialDays * DAY_SECONDS;
  const subscription: Subscription = {
    id: books.newId("sub"),
    created: now,
    customer: customer.id,
    status: trialEnd === null ? "incomplete" : "trialing",
    currency: price.currency,
    item: books.newId("si"),
    price: price.id,
    quantity: request.quantity,
    billing_cycle_anchor: trialEnd ?? now,
    current_period_start: now,
    current_period_end: trialEnd ?? addIntervals(now, recurring.interval, recurring.interval_count),
    cancel_at_period_end: false,
    canceled_at: null,
    ended_at: null,
    cancellation_reason: null,
    default_payment_method: request.defaultPaymentMethod,
    latest_invoice: null,
    trial_start: trialEnd === null ? null : now,
    trial_end: trialEnd,
    missing_payment_method: request.missingPaymentMethod,
    automatic_tax: request.automaticTax,
    metadata: request.metadata,
    test_clock: customer.test_clock,
  };
  const card = cardOf(books, subscription);
  if (request.paymentBehavior === "error_if_incomplete" && trialEnd === null && card?.conduct !== "pays")
    throw declined();
  books.subscriptions.put(subscription.id, subscription);
  tellSubscription(books, "customer.subscription.created", subscription);
  if (trialEnd !== null) return subscription;
  const invoice = draftInvoice(books, subscription, {
    reason: "subscription_create",
    lines: [lineOf(books, subscription, price)],
    isFinalAtOnce: true,
  });
  if (request.paymentBehavior !== "default_incomplete") settle(books, invoice);
  return rowOf(books.subscriptions, subscription.id);
}

/** Tries to collect an invoice, and moves its subscription by what came of it. True once it is paid. */
export function settle(books: StripeBooks, invoice: Invoice): boolean {
  const subscription = rowOf(books.subscriptions, invoice.subscription);
  const isPaid = collectInvoice(books, invoice, cardOf(books, subscription));
  if (isPaid) {
    const mayRevive = ["incomplete", "past_due", "unpaid", "paused"].includes(subscription.status);
    if (mayRevive && !owesMore(books, invoice)) update(books, subscription.id, { status: "active" });
    return true;
  }
  if (invoice.billing_reason !== "subscription_cycle" || subscription.status === "canceled") return false;
  const after = rowOf(books.invoices, invoice.id);
  if (after.next_payment_attempt === null && after.attempt_count > 1) giveUp(books, subscription);
  else if (subscription.status !== "past_due" && subscription.status !== "unpaid")
    update(books, subscription.id, { status: "past_due" });
  return false;
}

function owesMore(books: StripeBooks, paid: Invoice): boolean {
  return newestFirst(books.invoices).some(
    (one) => one.subscription === paid.subscription && one.id !== paid.id && one.status === "open",
  );
}

function giveUp(books: StripeBooks, subscription: Subscription): void {
  const after = books.context.switches.get("stripe.after-retries");
  if (after === "canceled") cancelNow(books, subscription.id, "payment_failed");
  else if (after === "unpaid") update(books, subscription.id, { status: "unpaid" });
}

/** Ends it at once. What is paid stays paid; open invoices are no longer tried. */
export function cancelNow(books: StripeBooks, id: string, reason: string): Subscription {
  const { test_clock } = rowOf(books.subscriptions, id);
  const now = books.now(test_clock);
  const canceled = changeRow(books.subscriptions, id, {
    status: "canceled",
    cancel_at_period_end: false,
    canceled_at: now,
    ended_at: now,
    cancellation_reason: reason,
  });
  for (const invoice of newestFirst(books.invoices))
    if (invoice.subscription === id && invoice.next_payment_attempt !== null)
      changeRow(books.invoices, invoice.id, { next_payment_attempt: null, auto_advance: false });
  tellSubscription(books, "customer.subscription.deleted", canceled);
  return canceled;
}

/** Changes members and tells of it, with what they were before. Nothing is told where nothing changes. */
export function update(books: StripeBooks, id: string, changes: Partial<Subscription>): Subscription {
  const before = rowOf(books.subscriptions, id);
  const after = changeRow(books.subscriptions, id, changes);
  const [shownBefore, shownAfter] = [presentSubscription(books, before), presentSubscription(books, after)];
  const now: Record<string, unknown> = shownAfter;
  const previous = Object.fromEntries(
    Object.entries(shownBefore).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(now[name]),
    ),
  );
  if (Object.keys(previous).length > 0)
    emit(books, "customer.subscription.updated", shownAfter, { clock: after.test_clock, previous });
  return after;
}

/** Another quantity from now on: what is left of the period is credited at the old one and charged at the new. */
export function changeQuantity(
  books: StripeBooks,
  id: string,
  quantity: number,
  behavior: ProrationBehavior,
): Subscription {
  const before = rowOf(books.subscriptions, id);
  if (quantity === before.quantity) return before;
  const lines = behavior === "none" ? [] : prorationLines(books, before, quantity);
  const after = update(books, id, { quantity });
  if (behavior === "always_invoice" && lines.length > 0) {
    const invoice = draftInvoice(books, after, { reason: "subscription_update", lines, isFinalAtOnce: true });
    settle(books, invoice);
  } else {
    for (const line of lines) books.pendingLines.put(line.id, { ...line, subscription: id });
  }
  return rowOf(books.subscriptions, id);
}

export function prorationLines(
  books: StripeBooks,
  subscription: Subscription,
  quantity: number,
): InvoiceLine[] {
  const price = rowOf(books.prices, subscription.price);
  const now = books.now(subscription.test_clock);
  const period = { start: subscription.current_period_start, end: subscription.current_period_end };
  if (subscription.status === "trialing" || now >= period.end) return [];
  const since = new Date(now * 1000).toISOString().slice(0, 10);
  const name = rowOf(books.products, price.product).name;
  const line = (count: number, amount: number, what: string): InvoiceLine => ({
    id: books.newId("il"),
    amount,
    description: `${what} time on ${count} × ${name} after ${since}`,
    quantity: count,
    price: price.id,
    subscription_item: subscription.item,
    proration: true,
    period: { start: now, end: period.end },
  });
  const partOf = (count: number): number => prorated(price.unit_amount * count, period, now);
  return [
    line(subscription.quantity, -partOf(subscription.quantity), "Unused"),
    line(quantity, partOf(quantity), "Remaining"),
  ];
}

export function lineOf(books: StripeBooks, subscription: Subscription, price: Price): InvoiceLine {
  return {
    id: books.newId("il"),
    amount: price.unit_amount * subscription.quantity,
    description: `${subscription.quantity} × ${rowOf(books.products, price.product).name}`,
    quantity: subscription.quantity,
    price: price.id,
    subscription_item: subscription.item,
    proration: false,
    period: { start: subscription.current_period_start, end: subscription.current_period_end },
  };
}

/** The next period, or the end where it was cancelled for then. A trial without a card goes by its own rule. */
export function renew(books: StripeBooks, subscription: Subscription): void {
  const { id } = subscription;
  if (subscription.cancel_at_period_end) {
    cancelNow(books, id, "cancellation_requested");
    return;
  }
  const isTrialOver = subscription.status === "trialing";
  const hasNoCard = isTrialOver && cardOf(books, subscription) === null;
  if (hasNoCard && subscription.missing_payment_method === "cancel") {
    cancelNow(books, id, "payment_failed");
    return;
  }
  if (hasNoCard && subscription.missing_payment_method === "pause") {
    const paused = update(books, id, { status: "paused" });
    tellSubscription(books, "customer.subscription.paused", paused);
    return;
  }
  const price = rowOf(books.prices, subscription.price);
  const { interval, interval_count } = price.recurring ?? { interval: "month", interval_count: 1 };
  const start = subscription.current_period_end;
  const renewed = update(books, id, {
    current_period_start: start,
    current_period_end: addIntervals(start, interval, interval_count, subscription.billing_cycle_anchor),
    ...(isTrialOver ? { status: "active" as const } : {}),
  });
  draftInvoice(books, renewed, {
    reason: "subscription_cycle",
    lines: [lineOf(books, renewed, price)],
    isFinalAtOnce: false,
    auto_advance: renewed.status !== "unpaid",
  });
}

/** Goes on after a pause with a period that begins now, once its invoice is paid. */
export function resumePaused(books: StripeBooks, subscription: Subscription): Subscription {
  if (subscription.status !== "paused")
    throw invalid("This subscription is not paused, so it cannot be resumed.");
  const price = rowOf(books.prices, subscription.price);
  const { interval, interval_count } = price.recurring ?? { interval: "month", interval_count: 1 };
  const now = books.now(subscription.test_clock);
  const changed = changeRow(books.subscriptions, subscription.id, {
    billing_cycle_anchor: now,
    current_period_start: now,
    current_period_end: addIntervals(now, interval, interval_count),
  });
  const invoice = draftInvoice(books, changed, {
    reason: "subscription_update",
    lines: [lineOf(books, changed, price)],
    isFinalAtOnce: true,
  });
  if (settle(books, invoice))
    tellSubscription(books, "customer.subscription.resumed", rowOf(books.subscriptions, changed.id));
  return rowOf(books.subscriptions, changed.id);
}

/** The first payment never came: over for good. */
export function expireIncomplete(books: StripeBooks, subscription: Subscription): void {
  const now = books.now(subscription.test_clock);
  for (const invoice of newestFirst(books.invoices))
    if (invoice.subscription === subscription.id && invoice.status === "open") voidInvoice(books, invoice);
  update(books, subscription.id, { status: "incomplete_expired", ended_at: now });
}

export function finalizeAndCollect(books: StripeBooks, invoice: Invoice): void {
  settle(books, finalizeInvoice(books, invoice));
}

export function tellSubscription(books: StripeBooks, type: string, subscription: Subscription): void {
  emit(books, type, presentSubscription(books, subscription), { clock: subscription.test_clock });
}
