import type Stripe from "stripe";
import { describe, expect, expectTypeOf, it } from "vitest";
import { createMemoryContext } from "@/sandbox/kit/context";
import { hasReference, readDescription } from "@/tests/specifications/reference";
import { newestFirst, openStripeBooks, type StripeBooks } from "./books";
import { CATALOGUE_ROUTES } from "./catalogue";
import type { FormValue } from "./form";
import { PAYING_ROUTES } from "./paying";
import type * as present from "./present";
import type * as payments from "./present-payments";
import { STRIPE_SWITCHES } from "./switches";

/** Members that the package's type always has, and ours does not. */
type RequiredOf<T> = { [K in keyof T]-?: object extends Pick<T, K> ? never : K }[keyof T];
type Missing<Theirs, Ours> = Exclude<RequiredOf<Theirs>, keyof Ours>;
type Shown<F extends (...given: never[]) => object> = ReturnType<F>;

describe("what the API shows", () => {
  it("has every member that the types of Stripe's package require", () => {
    expectTypeOf<Missing<Stripe.Product, Shown<typeof present.presentProduct>>>().toBeNever();
    expectTypeOf<Missing<Stripe.Price, Shown<typeof present.presentPrice>>>().toBeNever();
    expectTypeOf<Missing<Stripe.Customer, Shown<typeof present.presentCustomer>>>().toBeNever();
    expectTypeOf<Missing<Stripe.PaymentMethod, Shown<typeof present.presentCard>>>().toBeNever();
    expectTypeOf<Missing<Stripe.Subscription, Shown<typeof present.presentSubscription>>>().toBeNever();
    expectTypeOf<Missing<Stripe.Refund, Shown<typeof present.presentRefund>>>().toBeNever();
    expectTypeOf<Missing<Stripe.TestHelpers.TestClock, Shown<typeof present.presentTestClock>>>().toBeNever();
    expectTypeOf<Missing<Stripe.WebhookEndpoint, Shown<typeof present.presentEndpoint>>>().toBeNever();
    expectTypeOf<Missing<Stripe.Invoice, Shown<typeof payments.presentInvoice>>>().toBeNever();
    expectTypeOf<Missing<Stripe.InvoicePayment, Shown<typeof payments.presentPayment>>>().toBeNever();
    expectTypeOf<Missing<Stripe.Checkout.Session, Shown<typeof payments.presentSession>>>().toBeNever();
    expectTypeOf<
      Missing<Stripe.BillingPortal.Configuration, Shown<typeof payments.presentPortalConfiguration>>
    >().toBeNever();
    expectTypeOf<
      Missing<Stripe.BillingPortal.Session, Shown<typeof payments.presentPortalSession>>
    >().toBeNever();
  });

  it.runIf(hasReference("Stripe's sample objects"))(
    "has every member of Stripe's published sample objects",
    async () => {
      const { resources } = samples(readDescription("stripe/fixtures3.json"));
      const shown = await anObjectOfEach();
      const missing = Object.entries(shown).flatMap(([kind, object]) =>
        Object.keys(resources[kind] ?? { [kind]: null })
          .filter((name) => !(name in object) && !OLD.has(`${kind}.${name}`))
          .map((name) => `${kind}.${name}`),
      );
      expect(missing).toEqual([]);
    },
  );
});

/** In the samples, and no longer in the types of version 2026-10-28. */
const OLD: ReadonlySet<string> = new Set(["invoice.shipping_details", "invoice.subscription"]);

function samples(description: unknown): { resources: Record<string, object> } {
  return description as { resources: Record<string, object> };
}

async function anObjectOfEach(): Promise<Record<string, object>> {
  const books: StripeBooks = openStripeBooks(await createMemoryContext(STRIPE_SWITCHES));
  const call = (address: string, given: Record<string, FormValue>, id = ""): Record<string, unknown> => {
    const [method, path] = address.split(" ");
    const found = [...CATALOGUE_ROUTES, ...PAYING_ROUTES].find(
      (one) => one.method === method && one.path === path,
    );
    return { ...found?.answer(books, given, id) };
  };
  const product = call("POST /products", { name: "Connect" });
  const price = call("POST /prices", {
    ...{ product: String(product.id), currency: "usd", unit_amount: "100", recurring: { interval: "year" } },
  });
  const customer = call("POST /customers", { payment_method: "pm_card_visa" });
  const items = [{ price: String(price.id) }];
  const ours = { customer: String(customer.id) };
  const subscription = call("POST /subscriptions", { ...ours, items });
  const invoice = call("GET /invoices/{id}", {}, String(subscription.latest_invoice));
  const session = call("POST /checkout/sessions", {
    ...{ ...ours, mode: "subscription", line_items: items, success_url: "http://localhost/" },
  });
  const configuration = call("POST /billing_portal/configurations", { features: {} });
  const portal = call("POST /billing_portal/sessions", ours);
  const [card] = newestFirst(books.cards);
  return {
    ...{ product, price, customer, subscription, invoice, "checkout.session": session },
    ...{ "billing_portal.configuration": configuration, "billing_portal.session": portal },
    payment_method: call("GET /payment_methods/{id}", {}, card?.id ?? ""),
  };
}
