/**
 * Checkout: a page of Stripe's own on which a person pays, and what it leaves: a card, a subscription and its first
 * invoice, paid. A declined card leaves the page open and nothing else; a page that nobody pays on expires after a day.
 * https://docs.stripe.com/payments/checkout/how-checkout-works (checked 2026-11-21)
 */
import type { z } from "zod";
import { changeRow, rowOf, type StripeBooks } from "./books";
import { attachCard, TEST_CARDS } from "./catalogue";
import { invalid, missing } from "./errors";
import { emit } from "./events";
import type { sessionWish } from "./parameters";
import { presentCustomer } from "./present";
import { presentSession } from "./present-payments";
import { createSubscription } from "./subscriptions";
import type { CheckoutSession } from "./wire";

const DAY_SECONDS = 86_400;

export function createSession(books: StripeBooks, wish: z.infer<typeof sessionWish>): CheckoutSession {
  const [line] = wish.line_items;
  const price = line === undefined ? undefined : books.prices.get(line.price);
  if (line === undefined || price === undefined || !price.active)
    throw missing("price", line?.price ?? "", "parameter", "line_items[0][price]");
  if (price.recurring === null)
    throw invalid("You must provide at least one recurring price in `subscription` mode.", "line_items");
  if (wish.customer !== undefined && books.customers.get(wish.customer) === undefined)
    throw missing("customer", wish.customer, "parameter", "customer");
  if (wish.customer !== undefined && wish.customer_email !== undefined)
    throw invalid("You may only specify one of these parameters: customer, customer_email.", "customer");
  // With a customer that is there, Stripe wants to be told that it may keep what the person enters.
  if (wish.tax_id_collection?.enabled && wish.customer !== undefined && wish.customer_update?.name !== "auto")
    throw invalid(
      "Tax ID collection requires updating business name on the customer. To enable tax ID collection for an existing customer, please set `customer_update[name]` to `auto`.",
      "customer_update[name]",
    );
  if (wish.automatic_tax?.enabled && wish.customer !== undefined && wish.customer_update?.address !== "auto")
    throw invalid(
      "Automatic tax calculation in Checkout requires a valid address on the Customer. Add a valid address to the Customer or set either `customer_update[address]` to 'auto' or `customer_update[shipping]` to 'auto' to save the address entered in Checkout to the Customer.",
      "customer_update[address]",
      "customer_tax_location_invalid",
    );
  const now = books.now();
  const quantity = line.quantity ?? 1;
  const session: CheckoutSession = {
    id: books.newId("cs_test"),
    created: now,
    expires_at: now + DAY_SECONDS,
    customer: wish.customer ?? null,
    customer_email: wish.customer_email ?? null,
    client_reference_id: wish.client_reference_id ?? null,
    status: "open",
    payment_status: "unpaid",
    success_url: wish.success_url,
    cancel_url: wish.cancel_url ?? null,
    price: price.id,
    quantity,
    currency: price.currency,
    amount_total: wish.subscription_data?.trial_period_days ? 0 : price.unit_amount * quantity,
    automatic_tax: wish.automatic_tax?.enabled ?? false,
    tax_id_collection: wish.tax_id_collection?.enabled ?? false,
    billing_address_collection: wish.billing_address_collection ?? null,
    trial_period_days: wish.subscription_data?.trial_period_days ?? null,
    subscription: null,
    invoice: null,
    metadata: wish.metadata ?? {},
    subscription_metadata: wish.subscription_data?.metadata ?? {},
  };
  books.sessions.put(session.id, session);
  return session;
}

export function cancelSession(books: StripeBooks, session: CheckoutSession): CheckoutSession {
  return changeRow(books.sessions, session.id, { status: "expired" });
}

/** Pays on the page with a test card; null where the card is declined, and the page stays open. */
export function payOnPage(
  books: StripeBooks,
  session: CheckoutSession,
  card: string,
): CheckoutSession | null {
  if (TEST_CARDS[card]?.conduct !== "pays") return null;
  const customer = session.customer ?? addCustomer(books, session.customer_email);
  const attached = attachCard(books, customer, card);
  const subscription = createSubscription(books, {
    customer,
    price: session.price,
    quantity: session.quantity,
    trialDays: session.trial_period_days,
    missingPaymentMethod: "create_invoice",
    defaultPaymentMethod: attached.id,
    paymentBehavior: "allow_incomplete",
    automaticTax: session.automatic_tax,
    metadata: session.subscription_metadata,
  });
  const complete = changeRow(books.sessions, session.id, {
    status: "complete",
    payment_status: subscription.status === "trialing" ? "no_payment_required" : "paid",
    customer,
    subscription: subscription.id,
    invoice: subscription.latest_invoice,
  });
  const { test_clock: clock } = rowOf(books.customers, customer);
  emit(books, "checkout.session.completed", presentSession(books, complete), { clock });
  return complete;
}

function addCustomer(books: StripeBooks, email: string | null): string {
  const id = books.newId("cus");
  const customer = {
    ...{ id, created: books.now(), email, name: null, default_payment_method: null, delinquent: false },
    ...{ invoice_prefix: id.slice(4, 12).toUpperCase(), next_invoice_sequence: 1 },
    ...{ metadata: {}, test_clock: null },
  };
  books.customers.put(id, customer);
  emit(books, "customer.created", presentCustomer(customer));
  return id;
}
