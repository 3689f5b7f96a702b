/**
 * The tables of a simulated Stripe account, and its time. A customer lives in sandbox time, or in the frozen time
 * of the test clock that it was made with. https://docs.stripe.com/billing/testing/test-clocks (checked 2026-11-21)
 */
import { invariant } from "@/lib/kernel/invariant";
import type { Collection, SandboxContext } from "@/sandbox/kit/types";
import type {
  CheckoutSession,
  Customer,
  Invoice,
  KeptAnswer,
  PaymentMethod,
  PendingLine,
  PortalConfiguration,
  PortalSession,
  Price,
  Product,
  Refund,
  StripeEvent,
  Subscription,
  TestClock,
  WebhookEndpoint,
} from "./wire";

export type Table<Row> = Collection<Row, Row>;

export interface StripeBooks {
  readonly context: SandboxContext;
  readonly products: Table<Product>;
  readonly prices: Table<Price>;
  readonly customers: Table<Customer>;
  readonly cards: Table<PaymentMethod>;
  readonly subscriptions: Table<Subscription>;
  readonly invoices: Table<Invoice>;
  readonly pendingLines: Table<PendingLine>;
  readonly refunds: Table<Refund>;
  readonly sessions: Table<CheckoutSession>;
  readonly portalConfigurations: Table<PortalConfiguration>;
  readonly portalSessions: Table<PortalSession>;
  readonly clocks: Table<TestClock>;
  readonly endpoints: Table<WebhookEndpoint>;
  readonly events: Table<StripeEvent>;
  readonly answers: Table<KeptAnswer>;
  /** A new id such as cus_4f0c…: Stripe's prefix and 24 characters. */
  newId(prefix: string): string;
  /** Unix seconds in sandbox time, or on a test clock. */
  now(clock?: string | null): number;
}

const byContext = new WeakMap<SandboxContext, StripeBooks>();

/** The account of a context; the same one at every call. */
export function openStripeBooks(context: SandboxContext): StripeBooks {
  const known = byContext.get(context);
  if (known !== undefined) return known;
  const table = <Row>(name: string): Table<Row> =>
    context.store.collection<Row, Row>(`stripe.${name}`, (row) => row);
  const clocks = table<TestClock>("test-clocks");
  const books: StripeBooks = {
    context,
    products: table("products"),
    prices: table("prices"),
    customers: table("customers"),
    cards: table("payment-methods"),
    subscriptions: table("subscriptions"),
    invoices: table("invoices"),
    pendingLines: table("pending-lines"),
    refunds: table("refunds"),
    sessions: table("checkout-sessions"),
    portalConfigurations: table("portal-configurations"),
    portalSessions: table("portal-sessions"),
    clocks,
    endpoints: table("webhook-endpoints"),
    events: table("events"),
    answers: table("idempotent-answers"),
    newId: (prefix) => `${prefix}_${context.newId().replaceAll("-", "").slice(0, 24)}`,
    now(clock = null) {
      if (clock === null) return Math.floor(context.clock.now().getTime() / 1000);
      const found = clocks.get(clock);
      invariant(found, `the test clock ${clock} of a kept object is there`);
      return found.frozen_time;
    },
  };
  byContext.set(context, books);
  return books;
}

/** The row of an id that another row names. */
export function rowOf<Row>(table: Table<Row>, id: string): Row {
  const row = table.get(id);
  invariant(row !== undefined, `${id} is there, since another object names it`);
  return row;
}

/** Puts changes over a row and answers the new one. */
export function changeRow<Row extends { readonly id: string }>(
  table: Table<Row>,
  id: string,
  changes: Partial<Row>,
): Row {
  const changed = { ...rowOf(table, id), ...changes };
  table.put(id, changed);
  return changed;
}

/** All rows, the newest first, as Stripe lists them. */
export function newestFirst<Row>(table: Table<Row>): Row[] {
  return [...table.heads()].map(([, row]) => row).reverse();
}
