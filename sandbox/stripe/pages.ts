/**
 * The pages that Stripe hosts and a customer's browser is sent to: Checkout, the customer portal and an invoice with
 * its receipt. Plain forms without scripts; an address holds a secret that nobody guesses, as Stripe's do.
 */
import { htmlAnswer, readForm, redirectAnswer } from "@/sandbox/kit/answers";
import type { SandboxRequest, SandboxResponse } from "@/sandbox/kit/types";
import { newestFirst, rowOf, type StripeBooks } from "./books";
import { attachCard, TEST_CARDS } from "./catalogue";
import { payOnPage } from "./checkout";
import { finalizeInvoice } from "./invoices";
import { checkoutPage, gonePage, invoicePage, portalPage } from "./page-html";
import { changeQuantity, resumePaused, settle, update } from "./subscriptions";
import { catchUp } from "./time";
import type { CheckoutSession, PortalSession, Subscription } from "./wire";

const QUANTITY_MAX = 100;

/** Answers /stripe/checkout/{id}, /stripe/portal/{secret} and /stripe/invoice/{id}. */
export function answerPage(books: StripeBooks, request: SandboxRequest): SandboxResponse {
  catchUp(books);
  const [, kind = "", id = ""] = /^\/(checkout|portal|invoice)\/([\w-]+)$/.exec(request.path) ?? [];
  if (kind === "checkout") {
    const session = books.sessions.get(id);
    if (session !== undefined) return answerCheckout(books, session, request);
  }
  if (kind === "portal") {
    const session = newestFirst(books.portalSessions).find(({ secret }) => secret === id);
    if (session !== undefined) return answerPortal(books, session, request);
  }
  if (kind === "invoice") {
    const invoice = books.invoices.get(id);
    if (invoice !== undefined && invoice.status !== "draft")
      return htmlAnswer(200, invoicePage(books, invoice));
  }
  return htmlAnswer(404, gonePage("There is nothing at this address."));
}

function answerCheckout(
  books: StripeBooks,
  session: CheckoutSession,
  request: SandboxRequest,
): SandboxResponse {
  if (session.status !== "open")
    return htmlAnswer(
      session.status === "complete" ? 200 : 410,
      gonePage(session.status === "complete" ? "This is paid already." : "This page has expired."),
    );
  if (request.method !== "POST") return htmlAnswer(200, checkoutPage(books, session, null));
  const form = readForm(request);
  if (form.get("button") === "cancel")
    return session.cancel_url === null
      ? htmlAnswer(200, checkoutPage(books, session, null))
      : redirectAnswer(session.cancel_url);
  const card = form.get("button") === "pay" ? "pm_card_visa" : "pm_card_chargeCustomerFail";
  const paid = payOnPage(books, session, card);
  return paid === null
    ? htmlAnswer(200, checkoutPage(books, session, "Your card was declined. Try another one."))
    : redirectAnswer(paid.success_url.replaceAll("{CHECKOUT_SESSION_ID}", paid.id));
}

function answerPortal(books: StripeBooks, session: PortalSession, request: SandboxRequest): SandboxResponse {
  const problem = request.method === "POST" ? act(books, session, readForm(request)) : null;
  return problem === null && request.method === "POST"
    ? redirectAnswer(`${books.context.origin}/stripe/portal/${session.secret}`)
    : htmlAnswer(problem === null ? 200 : 400, portalPage(books, session, problem));
}

/** Does what a button says; null once it is done, else why not. */
function act(books: StripeBooks, session: PortalSession, form: URLSearchParams): string | null {
  const configuration = rowOf(books.portalConfigurations, session.configuration);
  const button = form.get("button");
  if (button === "card") {
    if (!configuration.mayUpdateCard) return "Cards cannot be changed here.";
    const name = form.get("card") ?? "";
    if (TEST_CARDS[name] === undefined) return "There is no such card.";
    const card = attachCard(books, session.customer, name);
    for (const one of ownSubscriptions(books, session))
      if (one.status !== "canceled") update(books, one.id, { default_payment_method: card.id });
    return null;
  }
  if (button === "pay") {
    const invoice = books.invoices.get(form.get("invoice") ?? "");
    const isOwed = invoice?.status === "open" || invoice?.status === "draft";
    if (invoice === undefined || !isOwed || invoice.customer !== session.customer)
      return "There is nothing to pay.";
    return settle(books, invoice.status === "draft" ? finalizeInvoice(books, invoice) : invoice)
      ? null
      : "Your card was declined.";
  }
  const subscription = ownSubscriptions(books, session).find(({ id }) => id === form.get("subscription"));
  if (subscription === undefined) return "There is no such subscription.";
  return actOn(books, configuration, subscription, form);
}

function actOn(
  books: StripeBooks,
  configuration: {
    mayCancel: boolean;
    mayChangeQuantity: boolean;
    prorationBehavior: "always_invoice" | "create_prorations" | "none";
  },
  subscription: Subscription,
  form: URLSearchParams,
): string | null {
  const button = form.get("button");
  if (button === "resume" && subscription.status === "paused") {
    resumePaused(books, subscription);
    return null;
  }
  if (button === "cancel" || button === "resume") {
    if (!configuration.mayCancel) return "A subscription cannot be cancelled here.";
    const isCancel = button === "cancel";
    update(books, subscription.id, {
      cancel_at_period_end: isCancel,
      canceled_at: isCancel ? books.now(subscription.test_clock) : null,
      cancellation_reason: isCancel ? "cancellation_requested" : null,
    });
    return null;
  }
  if (button !== "quantity") return "There is no such button.";
  if (!configuration.mayChangeQuantity) return "The quantity cannot be changed here.";
  const quantity = Number(form.get("quantity"));
  if (!Number.isInteger(quantity) || quantity < 1 || quantity > QUANTITY_MAX)
    return `The quantity is a number from 1 to ${QUANTITY_MAX}.`;
  changeQuantity(books, subscription.id, quantity, configuration.prorationBehavior);
  return null;
}

function ownSubscriptions(books: StripeBooks, session: PortalSession): Subscription[] {
  return newestFirst(books.subscriptions).filter(({ customer }) => customer === session.customer);
}
