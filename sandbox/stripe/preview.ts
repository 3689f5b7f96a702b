/** What the next invoice will be, or would be with another quantity; nothing is kept of it. */
import type { z } from "zod";
import { rowOf, type StripeBooks } from "./books";
import { addIntervals } from "./calendar";
import { missing, StripeRefusal } from "./errors";
import type { previewWish } from "./parameters";
import { presentInvoice } from "./present-payments";
import { lineOf, prorationLines } from "./subscriptions";
import type { Invoice } from "./wire";

export function previewInvoice(books: StripeBooks, wish: z.infer<typeof previewWish>): object {
  const subscription = books.subscriptions.get(wish.subscription);
  if (subscription === undefined)
    throw missing("subscription", wish.subscription, "parameter", "subscription");
  const hasNext = !["canceled", "incomplete_expired", "paused"].includes(subscription.status);
  const details = wish.subscription_details;
  const quantity = details?.items[0]?.quantity ?? subscription.quantity;
  const isNow = details?.proration_behavior === "always_invoice" && quantity !== subscription.quantity;
  if (!hasNext || (subscription.cancel_at_period_end && !isNow))
    throw new StripeRefusal({
      ...{ status: 404, type: "invalid_request_error", code: "invoice_upcoming_none" },
      message: `No upcoming invoices for customer: ${subscription.customer}`,
    });
  const price = rowOf(books.prices, subscription.price);
  const { interval, interval_count } = price.recurring ?? { interval: "month", interval_count: 1 };
  const start = subscription.current_period_end;
  const next = {
    ...subscription,
    quantity,
    current_period_start: start,
    current_period_end: addIntervals(start, interval, interval_count, subscription.billing_cycle_anchor),
  };
  const changes = quantity === subscription.quantity ? [] : prorationLines(books, subscription, quantity);
  const waiting = [...books.pendingLines.heads()]
    .map(([, line]) => line)
    .filter((line) => line.subscription === subscription.id)
    .map(({ subscription: _own, ...line }) => line);
  const lines = isNow ? changes : [...waiting, ...changes, lineOf(books, next, price)];
  const invoice: Invoice = {
    ...{ id: books.newId("upcoming_in"), customer: subscription.customer, subscription: subscription.id },
    ...{ currency: subscription.currency, status: "draft", number: null, lines },
    billing_reason: isNow ? "subscription_update" : "subscription_cycle",
    created: isNow ? books.now(subscription.test_clock) : start,
    total: lines.reduce((sum, line) => sum + line.amount, 0),
    ...{ amount_paid: 0, attempt_count: 0, automatically_finalizes_at: null },
    next_payment_attempt: isNow ? books.now(subscription.test_clock) : start + 3_600,
    ...{ finalized_at: null, paid_at: null, voided_at: null, refunded: 0, payment_intent: null },
    ...{ period_start: subscription.current_period_start, period_end: start, auto_advance: true },
    test_clock: subscription.test_clock,
  };
  return presentInvoice(books, invoice);
}
