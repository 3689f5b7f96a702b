/**
 * How a person or a test steers the simulated Stripe: where its events go, how much time passes for a customer, and
 * what its card does. JSON calls, and forms on the page of webhooks.
 */
import { z } from "zod";
import { escapeHtml, jsonAnswer } from "@/sandbox/kit/answers";
import { addressProblem } from "@/sandbox/kit/delivery-call";
import { type ControlRoutes, type FormRoutes, readOrder } from "@/sandbox/kit/delivery-control";
import type { SandboxResponse } from "@/sandbox/kit/types";
import { newestFirst, rowOf, type StripeBooks } from "./books";
import { attachCard } from "./catalogue";
import { resend } from "./events";
import { refundInvoice } from "./invoices";
import { presentEndpoint } from "./present";
import { update } from "./subscriptions";
import { advanceClock, catchUp, clockOf } from "./time";

const DAY_SECONDS = 86_400;
const YEARS_MAX_DAYS = 4_000;

const endpointOrder = z.object({
  url: z.string().superRefine((address, check) => {
    const problem = addressProblem(address);
    if (problem !== null) check.addIssue({ code: "custom", message: problem });
  }),
  events: z.array(z.string().min(1)).min(1).default(["*"]),
  secret: z.string().min(1).max(200).optional(),
});
const customerOrder = z.object({
  /** The newest one unless told. */
  customer: z.string().optional(),
});
const advanceOrder = customerOrder.extend({ days: z.coerce.number().int().min(1).max(YEARS_MAX_DAYS) });
const cardOrder = customerOrder.extend({ card: z.enum(["pays", "isDeclined"]) });
const refundOrder = z.object({ invoice: z.string(), amount: z.number().int().min(1).optional() });

export interface StripeControl {
  readonly books: StripeBooks;
  /** What events are signed with unless an endpoint brings its own. */
  readonly defaultSecret: string;
}

/** Makes the address the one that all events go to. */
export function setEndpoint(
  { books, defaultSecret }: StripeControl,
  order: { readonly url: string; readonly events?: readonly string[]; readonly secret?: string },
): void {
  for (const { id } of newestFirst(books.endpoints)) books.endpoints.delete(id);
  const id = books.newId("we");
  books.endpoints.put(id, {
    ...{ id, created: books.now(), url: order.url, enabled_events: order.events ?? ["*"] },
    secret: order.secret ?? defaultSecret,
  });
}

/** Lets days pass for one customer alone. */
export function passDays(books: StripeBooks, customer: string, days: number): void {
  catchUp(books);
  const clock = clockOf(books, customer);
  advanceClock(books, clock.id, clock.frozen_time + days * DAY_SECONDS);
}

/** Changes what the customer's card does when it is next charged. */
export function setCard(books: StripeBooks, customer: string, conduct: "pays" | "isDeclined"): void {
  const name = conduct === "pays" ? "pm_card_visa" : "pm_card_chargeCustomerFail";
  const card = attachCard(books, customer, name);
  for (const one of newestFirst(books.subscriptions))
    if (one.customer === customer && one.status !== "canceled")
      update(books, one.id, { default_payment_method: card.id });
}

/** The calls below /control/stripe. */
export function stripeRoutes(parts: StripeControl): ControlRoutes {
  const { books } = parts;
  const state = (): SandboxResponse => {
    catchUp(books);
    return jsonAnswer(200, {
      endpoints: newestFirst(books.endpoints).map((one) => presentEndpoint(one, { isNew: false })),
      customers: newestFirst(books.customers),
      subscriptions: newestFirst(books.subscriptions),
      invoices: newestFirst(books.invoices),
    });
  };
  const withCustomer = (wish: string | undefined, run: (customer: string) => void): SandboxResponse => {
    const customer = findCustomer(books, wish);
    if (customer === null) return jsonAnswer(404, { error: "there is no such customer" });
    run(customer);
    return state();
  };
  return {
    "GET /stripe": state,
    "POST /stripe/webhook": (request) => {
      const read = readOrder(request, endpointOrder);
      if ("refused" in read) return read.refused;
      setEndpoint(parts, read.order);
      return state();
    },
    "POST /stripe/advance": (request) => {
      const read = readOrder(request, advanceOrder);
      if ("refused" in read) return read.refused;
      return withCustomer(read.order.customer, (id) => passDays(books, id, read.order.days));
    },
    "POST /stripe/card": (request) => {
      const read = readOrder(request, cardOrder);
      if ("refused" in read) return read.refused;
      return withCustomer(read.order.customer, (id) => setCard(books, id, read.order.card));
    },
    "POST /stripe/refund": (request) => {
      const read = readOrder(request, refundOrder);
      if ("refused" in read) return read.refused;
      const invoice = books.invoices.get(read.order.invoice);
      const left = invoice === undefined ? 0 : invoice.amount_paid - invoice.refunded;
      const amount = read.order.amount ?? left;
      if (invoice === undefined || amount < 1 || amount > left)
        return jsonAnswer(400, { error: "there is nothing so large to give back" });
      refundInvoice(books, invoice, amount);
      return state();
    },
    "POST /stripe/resend": (request) => {
      const read = readOrder(request, z.object({ event: z.string() }));
      if ("refused" in read) return read.refused;
      if (books.events.get(read.order.event) === undefined)
        return jsonAnswer(404, { error: "there is no such event" });
      resend(books, read.order.event);
      return state();
    },
  };
}

function findCustomer(books: StripeBooks, wish: string | undefined): string | null {
  if (wish !== undefined && wish !== "") return books.customers.get(wish)?.id ?? null;
  return newestFirst(books.customers)[0]?.id ?? null;
}

/** The forms of the section below. */
export function stripeForms(parts: StripeControl): FormRoutes {
  const { books } = parts;
  const order = <T>(schema: z.ZodType<T>, form: URLSearchParams, run: (order: T) => string | null) => {
    const read = schema.safeParse(Object.fromEntries(form));
    return read.success ? run(read.data) : z.prettifyError(read.error);
  };
  const forCustomer = (wish: string | undefined, run: (customer: string) => void): string | null => {
    const customer = findCustomer(books, wish);
    if (customer === null) return "there is no such customer";
    run(customer);
    return null;
  };
  return {
    "POST /webhooks/stripe": (form) =>
      order(z.object({ url: endpointOrder.shape.url }), form, ({ url }) => {
        setEndpoint(parts, { url });
        return null;
      }),
    "POST /webhooks/stripe/advance": (form) =>
      order(advanceOrder, form, ({ customer, days }) =>
        forCustomer(customer, (id) => passDays(books, id, days)),
      ),
    "POST /webhooks/stripe/card": (form) =>
      order(cardOrder, form, ({ customer, card }) => forCustomer(customer, (id) => setCard(books, id, card))),
  };
}

/** Where events go, and each customer with its subscriptions and what can be done to it. */
export function stripeSection({ books }: StripeControl): string {
  catchUp(books);
  const [endpoint] = newestFirst(books.endpoints);
  const customers = newestFirst(books.customers).map((customer) => {
    const own = newestFirst(books.subscriptions).filter((one) => one.customer === customer.id);
    const words = own.map((one) => `${one.status} (${one.quantity} × ${rowOf(books.prices, one.price).id})`);
    const hidden = `<input type="hidden" name="customer" value="${customer.id}">`;
    return `<li>${escapeHtml(customer.email ?? customer.id)}: ${escapeHtml(words.join(", ") || "no subscription")}
<form method="post" action="/control/webhooks/stripe/advance" class="row">${hidden}<label>Days <input name="days" inputmode="numeric" size="5" value="366"></label> <button>Let them pass</button></form>
<form method="post" action="/control/webhooks/stripe/card" class="row">${hidden}<label>The card <select name="card"><option value="isDeclined">is declined</option><option value="pays">pays</option></select></label> <button>From now on</button></form></li>`;
  });
  return `<section aria-labelledby="stripe"><h2 id="stripe">Stripe</h2>
<p>Events go to ${endpoint === undefined ? "nobody" : escapeHtml(endpoint.url)}.</p>
<form method="post" action="/control/webhooks/stripe" class="row"><label>Address <input name="url" size="40" value="${escapeHtml(endpoint?.url ?? "")}"></label> <button>Send events there</button></form>
<ul>${customers.join("")}</ul></section>`;
}
