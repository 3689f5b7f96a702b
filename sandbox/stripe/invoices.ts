/**
 * How an invoice comes to be and is collected: draft, an hour later final, charged at once, and where the card is
 * declined tried again after 3, 5 and 7 more days. What that does to the subscription is subscriptions.ts's part.
 * https://docs.stripe.com/billing/invoices/subscription (checked 2026-11-21)
 */
import { changeRow, rowOf, type StripeBooks } from "./books";
import { emit } from "./events";
import { presentCustomer, presentRefund } from "./present";
import { presentInvoice } from "./present-payments";
import type { Invoice, InvoiceLine, PaymentMethod, Subscription } from "./wire";

const DAY_SECONDS = 86_400;
/** A renewal's invoice stays a draft so long, so that whoever wants to may still change it. */
const DRAFT_SECONDS = 3_600;
/** Seconds from one failed try of a renewal to the next. */
const RETRY_AFTER_SECONDS: readonly number[] = [3, 5, 7].map((days) => days * DAY_SECONDS);

export function tell(books: StripeBooks, type: string, invoice: Invoice): void {
  emit(books, type, presentInvoice(books, invoice), { clock: invoice.test_clock });
}

/** A draft with the subscription's waiting lines and these; `isFinalAtOnce` leaves out the hour. */
export function draftInvoice(
  books: StripeBooks,
  subscription: Subscription,
  request: {
    readonly reason: Invoice["billing_reason"];
    readonly lines: readonly InvoiceLine[];
    readonly isFinalAtOnce: boolean;
    /** False leaves it a draft for good, as for an unpaid subscription. */
    readonly auto_advance?: boolean;
  },
): Invoice {
  const now = books.now(subscription.test_clock);
  const waiting = [...books.pendingLines.heads()]
    .map(([, line]) => line)
    .filter((line) => line.subscription === subscription.id);
  for (const line of waiting) books.pendingLines.delete(line.id);
  const lines = [...waiting.map(({ subscription: _own, ...line }) => line), ...request.lines];
  const autoAdvance = request.auto_advance ?? true;
  const invoice: Invoice = {
    id: books.newId("in"),
    created: now,
    customer: subscription.customer,
    subscription: subscription.id,
    currency: subscription.currency,
    status: "draft",
    billing_reason: request.reason,
    number: null,
    lines,
    total: lines.reduce((sum, line) => sum + line.amount, 0),
    amount_paid: 0,
    attempt_count: 0,
    next_payment_attempt: null,
    automatically_finalizes_at: autoAdvance && !request.isFinalAtOnce ? now + DRAFT_SECONDS : null,
    finalized_at: null,
    paid_at: null,
    voided_at: null,
    period_start: subscription.current_period_start,
    period_end: subscription.current_period_end,
    refunded: 0,
    payment_intent: null,
    auto_advance: autoAdvance,
    test_clock: subscription.test_clock,
  };
  books.invoices.put(invoice.id, invoice);
  changeRow(books.subscriptions, subscription.id, { latest_invoice: invoice.id });
  tell(books, "invoice.created", invoice);
  return request.isFinalAtOnce ? finalizeInvoice(books, invoice) : invoice;
}

/** Gives the draft its number; from then on it is owed. */
export function finalizeInvoice(books: StripeBooks, invoice: Invoice): Invoice {
  const customer = rowOf(books.customers, invoice.customer);
  changeRow(books.customers, customer.id, { next_invoice_sequence: customer.next_invoice_sequence + 1 });
  const open = changeRow(books.invoices, invoice.id, {
    status: "open",
    number: `${customer.invoice_prefix}-${String(customer.next_invoice_sequence).padStart(4, "0")}`,
    finalized_at: books.now(invoice.test_clock),
    automatically_finalizes_at: null,
    payment_intent: books.newId("pi"),
  });
  tell(books, "invoice.finalized", open);
  return open;
}

/** The card that pays for a subscription: its own, else the customer's. */
export function cardOf(books: StripeBooks, subscription: Subscription): PaymentMethod | null {
  const id =
    subscription.default_payment_method ??
    rowOf(books.customers, subscription.customer).default_payment_method;
  return id === null ? null : (books.cards.get(id) ?? null);
}

/** One try to collect; true once it is paid. A total of nothing or less needs no card. */
export function collectInvoice(books: StripeBooks, invoice: Invoice, card: PaymentMethod | null): boolean {
  const now = books.now(invoice.test_clock);
  const isPaid = invoice.total <= 0 || card?.conduct === "pays";
  const tries = invoice.attempt_count + 1;
  if (isPaid) {
    const paid = changeRow(books.invoices, invoice.id, {
      status: "paid",
      attempt_count: tries,
      amount_paid: Math.max(0, invoice.total),
      next_payment_attempt: null,
      paid_at: now,
    });
    setDelinquent(books, paid.customer, false);
    tell(books, "invoice.paid", paid);
    tell(books, "invoice.payment_succeeded", paid);
    return true;
  }
  const isRenewal = invoice.billing_reason === "subscription_cycle";
  const wait = isRenewal ? RETRY_AFTER_SECONDS[tries - 1] : undefined;
  const failed = changeRow(books.invoices, invoice.id, {
    attempt_count: tries,
    next_payment_attempt: wait === undefined ? null : now + wait,
  });
  setDelinquent(books, failed.customer, true);
  tell(books, "invoice.payment_failed", failed);
  return false;
}

function setDelinquent(books: StripeBooks, id: string, delinquent: boolean): void {
  const customer = rowOf(books.customers, id);
  if (customer.delinquent === delinquent) return;
  const changed = changeRow(books.customers, id, { delinquent });
  emit(books, "customer.updated", presentCustomer(changed), { clock: changed.test_clock });
}

export function voidInvoice(books: StripeBooks, invoice: Invoice): void {
  const voided = changeRow(books.invoices, invoice.id, {
    status: "void",
    next_payment_attempt: null,
    voided_at: books.now(invoice.test_clock),
  });
  tell(books, "invoice.voided", voided);
}

/** Gives money of a paid invoice back, by a credit note as Stripe advises for invoices. */
export function refundInvoice(books: StripeBooks, invoice: Invoice, amount: number): Invoice {
  const refund = {
    id: books.newId("re"),
    created: books.now(invoice.test_clock),
    amount,
    currency: invoice.currency,
    customer: invoice.customer,
    invoice: invoice.id,
    payment_intent: invoice.payment_intent ?? "",
    reason: "requested_by_customer",
  };
  books.refunds.put(refund.id, refund);
  const changed = changeRow(books.invoices, invoice.id, { refunded: invoice.refunded + amount });
  emit(books, "refund.created", presentRefund(refund), { clock: invoice.test_clock });
  tell(books, "invoice.updated", changed);
  return changed;
}
