import Stripe from "stripe";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { STRIPE_SECRET_KEY } from "@/sandbox/addresses";
import { sendPlain } from "@/sandbox/kit/plain-request";
import { type RunningSandbox, startSandbox } from "@/sandbox/server";
import { press } from "./testing";

/** The simulated Stripe as Stripe's own package meets it: over HTTP, pointed there by host, port and protocol. */
const START = Date.UTC(2026, 0, 31, 12) / 1000;
const DAY = 86_400;
const YEARLY = 718_800;

let sandbox: RunningSandbox;
let stripe: Stripe;
let price: Stripe.Price;

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0 });
  stripe = clientOf(STRIPE_SECRET_KEY);
});
afterAll(() => sandbox.stop());

beforeEach(async () => {
  await sandbox.reset();
  price = await aPrice();
});

function clientOf(key: string): Stripe {
  const { hostname, port } = new URL(sandbox.origin);
  return new Stripe(key, { host: hostname, port, protocol: "http", maxNetworkRetries: 0, telemetry: false });
}

async function aPrice(more: Partial<Stripe.PriceCreateParams> = {}): Promise<Stripe.Price> {
  const product = await stripe.products.create({ name: "Connect" });
  return stripe.prices.create({
    product: product.id,
    currency: "usd",
    unit_amount: YEARLY,
    recurring: { interval: "year" },
    lookup_key: "yearly",
    ...more,
  });
}

/** A customer on a test clock, with a card that pays unless told. */
async function aCustomer(card: string | null = "pm_card_visa") {
  const clock = await stripe.testHelpers.testClocks.create({ frozen_time: START });
  const customer = await stripe.customers.create({
    email: "olivia@tidewatergifts.test",
    test_clock: clock.id,
    ...(card === null ? {} : { payment_method: card }),
  });
  return {
    customer: customer.id,
    to: (days: number) =>
      stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: START + days * DAY }),
  };
}

async function subscribe(customer: string, more: Partial<Stripe.SubscriptionCreateParams> = {}) {
  return stripe.subscriptions.create({ customer, items: [{ price: price.id }], ...more });
}

async function expectFault(work: Promise<unknown>): Promise<Record<string, unknown>> {
  const thrown = await work.then(
    () => null,
    (fault: unknown) => fault,
  );
  if (!(thrown instanceof Stripe.errors.StripeError)) throw new Error("Stripe did not refuse");
  const { type, code, param, statusCode, message } = thrown;
  return { type, code, param, statusCode, message };
}

const statusOf = async (id: string): Promise<string> => (await stripe.subscriptions.retrieve(id)).status;
const typesTold = async (): Promise<string[]> =>
  (await stripe.events.list({ limit: 100 })).data.map((event) => event.type).reverse();

describe("a call", () => {
  it("without the account's key is 401", async () => {
    const fault = await expectFault(clientOf("sk_test_wrong").customers.list());
    expect(fault).toMatchObject({ type: "StripeAuthenticationError", statusCode: 401 });
  });

  it("with a parameter that the address does not take names it", async () => {
    const wish = { name: "Connect", colour: "blue" } as Stripe.ProductCreateParams;
    expect(await expectFault(stripe.products.create(wish))).toMatchObject({
      type: "StripeInvalidRequestError",
      code: "parameter_unknown",
      param: "colour",
    });
  });

  it("that leaves out what is needed, or names what is not there, says which", async () => {
    const nameless = stripe.products.create({} as Stripe.ProductCreateParams);
    expect(await expectFault(nameless)).toMatchObject({ code: "parameter_missing", param: "name" });
    expect(await expectFault(stripe.customers.retrieve("cus_none"))).toMatchObject({
      statusCode: 404,
      code: "resource_missing",
      message: "No such customer: 'cus_none'",
    });
    expect(await expectFault(subscribe("cus_none"))).toMatchObject({ statusCode: 400, param: "customer" });
  });

  it("to an address that is not simulated says so", async () => {
    expect(await expectFault(stripe.coupons.list())).toMatchObject({
      statusCode: 404,
      message: "Unrecognized request URL (GET: /v1/coupons).",
    });
  });

  it("is filed in the call log under stripe, with its id left out", async () => {
    const { customer } = await aCustomer();
    const since = sandbox.callLog.seq;
    await stripe.customers.retrieve(customer);
    expect(sandbox.callLog.entries(since)).toMatchObject([
      { service: "stripe", operation: "/customers/{id}", kind: "read", status: 200 },
    ]);
  });
});

describe("an Idempotency-Key", () => {
  it("makes the same call twice one object", async () => {
    const options = { idempotencyKey: "once" };
    const first = await stripe.customers.create({ email: "a@b.test" }, options);
    const second = await stripe.customers.create({ email: "a@b.test" }, options);
    expect(second.id).toBe(first.id);
    expect(second.lastResponse.headers["idempotent-replayed"]).toBe("true");
    expect((await stripe.customers.list()).data).toHaveLength(1);
  });

  it("with other parameters is refused", async () => {
    await stripe.customers.create({ email: "a@b.test" }, { idempotencyKey: "once" });
    const other = stripe.customers.create({ email: "c@d.test" }, { idempotencyKey: "once" });
    expect(await expectFault(other)).toMatchObject({ type: "StripeIdempotencyError", statusCode: 400 });
  });

  it("is free again after a day", async () => {
    const first = await stripe.customers.create({ email: "a@b.test" }, { idempotencyKey: "once" });
    sandbox.clock.advance(DAY * 1000);
    const second = await stripe.customers.create({ email: "c@d.test" }, { idempotencyKey: "once" });
    expect(second.id).not.toBe(first.id);
  });

  it("keeps no refusal of a faulty call", async () => {
    const options = { idempotencyKey: "once" };
    await expectFault(stripe.products.create({} as Stripe.ProductCreateParams, options));
    expect((await stripe.products.create({ name: "Connect" }, options)).name).toBe("Connect");
  });
});

describe("a price", () => {
  it("is found by its lookup key, which moves only where that is asked for", async () => {
    const fault = await expectFault(aPrice());
    expect(fault).toMatchObject({ param: "lookup_key", code: "resource_already_exists" });
    const next = await aPrice({ unit_amount: 800_000, transfer_lookup_key: true });
    const found = await stripe.prices.list({ lookup_keys: ["yearly"] });
    expect(found.data.map(({ id }) => id)).toEqual([next.id]);
    expect((await stripe.prices.retrieve(price.id)).lookup_key).toBeNull();
  });

  it("comes in pages, newest first, without gap or double", async () => {
    for (let count = 0; count < 11; count += 1)
      await aPrice({ lookup_key: undefined, unit_amount: 100 + count });
    const all = await stripe.prices.list({ limit: 5 }).autoPagingToArray({ limit: 100 });
    expect(new Set(all.map(({ id }) => id)).size).toBe(12);
    expect(all[0]?.unit_amount).toBe(110);
  });
});

describe("a subscription", () => {
  it("is active once its first invoice is paid, for a year to the day", async () => {
    const { customer } = await aCustomer();
    const made = await subscribe(customer, { items: [{ price: price.id, quantity: 2 }] });
    expect(made.status).toBe("active");
    const [item] = made.items.data;
    expect([item?.current_period_start, item?.current_period_end]).toEqual([START, START + 365 * DAY]);
    const { data } = await stripe.invoices.list({ customer });
    expect(data).toMatchObject([
      { status: "paid", total: 2 * YEARLY, amount_paid: 2 * YEARLY, billing_reason: "subscription_create" },
    ]);
    expect(made.latest_invoice).toBe(data[0]?.id);
  });

  it("whose first card is declined is incomplete, and after 23 hours over for good", async () => {
    const { customer, to } = await aCustomer("pm_card_chargeCustomerFail");
    const { id } = await subscribe(customer);
    expect(await statusOf(id)).toBe("incomplete");
    await to(22 / 24);
    expect(await statusOf(id)).toBe("incomplete");
    await to(1);
    expect(await statusOf(id)).toBe("incomplete_expired");
    expect((await stripe.invoices.list({ customer })).data[0]?.status).toBe("void");
    expect(await typesTold()).toContain("invoice.voided");
  });

  it("that is incomplete becomes active when its invoice is paid", async () => {
    const { customer } = await aCustomer("pm_card_chargeCustomerFail");
    const { id, latest_invoice } = await subscribe(customer);
    expect(await expectFault(stripe.invoices.pay(String(latest_invoice)))).toMatchObject({
      type: "StripeCardError",
      code: "card_declined",
      statusCode: 402,
    });
    await stripe.paymentMethods.attach("pm_card_visa", { customer });
    await stripe.invoices.pay(String(latest_invoice));
    expect(await statusOf(id)).toBe("active");
  });

  it("asked to be paid at once or not at all is not made with a declined card", async () => {
    const { customer } = await aCustomer("pm_card_chargeCustomerFail");
    const made = subscribe(customer, { payment_behavior: "error_if_incomplete" });
    expect(await expectFault(made)).toMatchObject({ statusCode: 402, code: "card_declined" });
    expect((await stripe.subscriptions.list({ customer, status: "all" })).data).toEqual([]);
  });

  it("renews an hour after its period has ended, and tells of each step", async () => {
    const { customer, to } = await aCustomer();
    const { id } = await subscribe(customer);
    await to(365);
    const [draft] = (await stripe.invoices.list({ customer })).data;
    expect(draft).toMatchObject({ status: "draft", billing_reason: "subscription_cycle", number: null });
    await to(365 + 1 / 24);
    const [paid] = (await stripe.invoices.list({ customer })).data;
    expect(paid).toMatchObject({ id: draft?.id, status: "paid", amount_paid: YEARLY });
    const { items, status } = await stripe.subscriptions.retrieve(id);
    expect([status, items.data[0]?.current_period_end]).toEqual(["active", START + 730 * DAY]);
    expect((await typesTold()).slice(-7)).toEqual([
      "customer.subscription.updated",
      "invoice.created",
      "test_helpers.test_clock.ready",
      "invoice.finalized",
      "invoice.paid",
      "invoice.payment_succeeded",
      "test_helpers.test_clock.ready",
    ]);
  });

  const FAILED_ENDS = [
    { position: "canceled", status: "canceled" },
    { position: "unpaid", status: "unpaid" },
    { position: "past-due", status: "past_due" },
  ] as const;
  it.each(FAILED_ENDS)(
    "whose renewal is declined is past due, tried again after 3, 5 and 7 days, then $status where stripe.after-retries is $position",
    async ({ position, status }) => {
      sandbox.context.switches.set("stripe.after-retries", position);
      const { customer, to } = await aCustomer();
      const { id } = await subscribe(customer);
      const bad = await stripe.paymentMethods.attach("pm_card_chargeCustomerFail", { customer });
      await stripe.subscriptions.update(id, { default_payment_method: bad.id });
      const seen: (string | number | undefined)[][] = [];
      for (const days of [366, 369, 374, 381]) {
        await to(days);
        const [invoice] = (await stripe.invoices.list({ customer })).data;
        seen.push([days, invoice?.attempt_count, await statusOf(id)]);
      }
      expect(seen).toEqual([
        [366, 1, "past_due"],
        [369, 2, "past_due"],
        [374, 3, "past_due"],
        [381, 4, status],
      ]);
      const [invoice] = (await stripe.invoices.list({ customer })).data;
      expect([invoice?.status, invoice?.next_payment_attempt]).toEqual(["open", null]);
    },
  );

  it("that is past due is active again once its invoice is paid with another card", async () => {
    const { customer, to } = await aCustomer();
    const { id } = await subscribe(customer);
    const bad = await stripe.paymentMethods.attach("pm_card_chargeCustomerFail", { customer });
    await stripe.subscriptions.update(id, { default_payment_method: bad.id });
    await to(366);
    const good = await stripe.paymentMethods.attach("pm_card_visa", { customer });
    await stripe.subscriptions.update(id, { default_payment_method: good.id });
    await to(369);
    expect(await statusOf(id)).toBe("active");
    expect(await stripe.customers.retrieve(customer)).toMatchObject({ delinquent: false });
  });

  it("on a trial is paused at its end without a card, and goes on when it is resumed", async () => {
    const { customer, to } = await aCustomer(null);
    const trial = { trial_settings: { end_behavior: { missing_payment_method: "pause" as const } } };
    const { id, status } = await subscribe(customer, { trial_period_days: 14, ...trial });
    expect(status).toBe("trialing");
    await to(12);
    expect(await typesTold()).toContain("customer.subscription.trial_will_end");
    await to(15);
    expect(await statusOf(id)).toBe("paused");
    await stripe.paymentMethods.attach("pm_card_visa", { customer });
    expect((await stripe.subscriptions.resume(id)).status).toBe("active");
    expect(await typesTold()).toContain("customer.subscription.resumed");
  });

  it("cancelled for the end of its period lives until then, and can be brought back before", async () => {
    const { customer, to } = await aCustomer();
    const { id } = await subscribe(customer);
    const leaving = await stripe.subscriptions.update(id, { cancel_at_period_end: true });
    expect([leaving.status, leaving.cancel_at]).toEqual(["active", START + 365 * DAY]);
    await to(100);
    expect((await stripe.subscriptions.update(id, { cancel_at_period_end: false })).cancel_at).toBeNull();
    await stripe.subscriptions.update(id, { cancel_at_period_end: true });
    await to(365);
    expect(await statusOf(id)).toBe("canceled");
    expect((await stripe.subscriptions.list({ customer })).data).toEqual([]);
    expect((await stripe.subscriptions.list({ customer, status: "all" })).data).toHaveLength(1);
  });

  it("can be ended at once, and no more changed then", async () => {
    const { customer } = await aCustomer();
    const { id } = await subscribe(customer);
    expect((await stripe.subscriptions.cancel(id)).status).toBe("canceled");
    expect(await expectFault(stripe.subscriptions.cancel(id))).toMatchObject({ statusCode: 404 });
    const change = stripe.subscriptions.update(id, { cancel_at_period_end: true });
    expect(await expectFault(change)).toMatchObject({ statusCode: 400 });
  });
});

describe("another quantity", () => {
  async function halfway() {
    const { customer, to } = await aCustomer();
    const made = await subscribe(customer);
    await to(365 / 2);
    return { customer, to, id: made.id, item: made.items.data[0]?.id ?? "" };
  }
  const cents = (invoice: Stripe.Invoice | undefined) => invoice?.lines.data.map(({ amount }) => amount);

  it("is charged at once for what is left of the year, to the second, as its preview said", async () => {
    const { customer, id, item } = await halfway();
    const items = [{ id: item, quantity: 3 }];
    const said = await stripe.invoices.createPreview({
      subscription: id,
      subscription_details: { items, proration_behavior: "always_invoice" },
    });
    await stripe.subscriptions.update(id, { items, proration_behavior: "always_invoice" });
    const [invoice] = (await stripe.invoices.list({ customer })).data;
    expect(cents(said)).toEqual([-YEARLY / 2, (3 * YEARLY) / 2]);
    expect(cents(invoice)).toEqual(cents(said));
    expect(invoice).toMatchObject({ status: "paid", total: YEARLY, billing_reason: "subscription_update" });
    expect(invoice?.lines.data[0]?.parent?.subscription_item_details?.proration).toBe(true);
  });

  it("waits for the next invoice where nobody asked for one now", async () => {
    const { customer, to, id, item } = await halfway();
    await stripe.subscriptions.update(id, { items: [{ id: item, quantity: 2 }] });
    expect((await stripe.invoices.list({ customer })).data).toHaveLength(1);
    const upcoming = await stripe.invoices.createPreview({ subscription: id });
    await to(366);
    const [invoice] = (await stripe.invoices.list({ customer })).data;
    expect(cents(invoice)).toEqual([-YEARLY / 2, YEARLY, 2 * YEARLY]);
    expect(upcoming.total).toBe(invoice?.total);
  });

  it("without proration costs nothing until the next period", async () => {
    const { to, customer, id, item } = await halfway();
    await stripe.subscriptions.update(id, {
      items: [{ id: item, quantity: 2 }],
      proration_behavior: "none",
    });
    await to(366);
    expect(cents((await stripe.invoices.list({ customer })).data[0])).toEqual([2 * YEARLY]);
  });

  it("of a subscription that has ended has no upcoming invoice", async () => {
    const { id } = await halfway();
    await stripe.subscriptions.cancel(id);
    const preview = stripe.invoices.createPreview({ subscription: id });
    expect(await expectFault(preview)).toMatchObject({ statusCode: 404, code: "invoice_upcoming_none" });
  });
});

describe("a refund", () => {
  it("by credit note stands on the invoice, and is never more than was paid", async () => {
    const { customer } = await aCustomer();
    const { latest_invoice } = await subscribe(customer);
    const invoice = String(latest_invoice);
    await stripe.creditNotes.create({ invoice, refund_amount: YEARLY });
    const after = await stripe.invoices.retrieve(invoice);
    expect([after.status, after.post_payment_credit_notes_amount]).toEqual(["paid", YEARLY]);
    expect((await stripe.refunds.list()).data).toMatchObject([{ amount: YEARLY, status: "succeeded" }]);
    const more = stripe.creditNotes.create({ invoice, refund_amount: 1 });
    expect(await expectFault(more)).toMatchObject({ param: "refund_amount" });
  });
});

describe("Checkout", () => {
  const addresses = {
    success_url: "http://localhost:3000/paid?session={CHECKOUT_SESSION_ID}",
    cancel_url: "http://localhost:3000/back",
  };
  async function aSession() {
    const customer = await stripe.customers.create({ email: "olivia@tidewatergifts.test" });
    const session = await stripe.checkout.sessions.create({
      mode: "subscription",
      customer: customer.id,
      line_items: [{ price: price.id, quantity: 1 }],
      ...addresses,
    });
    return { session, url: session.url ?? "" };
  }

  it("shows the price before the card, and leads back with the session once it is paid", async () => {
    const { session, url } = await aSession();
    const page = await sendPlain(url, { method: "GET" });
    expect(page.text).toContain("$7,188.00");
    const paid = await press(url, { button: "pay" });
    expect(paid.location).toBe(`http://localhost:3000/paid?session=${session.id}`);
    const after = await stripe.checkout.sessions.retrieve(session.id);
    expect(after).toMatchObject({ status: "complete", payment_status: "paid", url: null });
    expect(await statusOf(String(after.subscription))).toBe("active");
    expect((await typesTold()).at(-1)).toBe("checkout.session.completed");
  });

  it("stays open after a declined card and after going back, and leaves nothing behind", async () => {
    const { session, url } = await aSession();
    expect((await press(url, { button: "fail" })).text).toContain("Your card was declined");
    expect((await press(url, { button: "cancel" })).location).toBe(addresses.cancel_url);
    expect((await stripe.checkout.sessions.retrieve(session.id)).status).toBe("open");
    expect((await stripe.subscriptions.list({ status: "all" })).data).toEqual([]);
  });

  it("cannot be paid twice, and expires after a day", async () => {
    const { url } = await aSession();
    await press(url, { button: "pay" });
    expect((await press(url, { button: "pay" })).text).toContain("This is paid already");
    const { session } = await aSession();
    sandbox.clock.advance(DAY * 1000);
    expect((await stripe.checkout.sessions.retrieve(session.id)).status).toBe("expired");
    expect((await stripe.subscriptions.list({ status: "all" })).data).toHaveLength(1);
  });

  it("wants leave to keep name and address where it is to find the tax of a known customer", async () => {
    const customer = await stripe.customers.create({});
    const wish = {
      mode: "subscription" as const,
      customer: customer.id,
      line_items: [{ price: price.id, quantity: 1 }],
      ...addresses,
    };
    const untaxed = stripe.checkout.sessions.create({ ...wish, automatic_tax: { enabled: true } });
    expect(await expectFault(untaxed)).toMatchObject({ code: "customer_tax_location_invalid" });
    const nameless = stripe.checkout.sessions.create({ ...wish, tax_id_collection: { enabled: true } });
    expect(await expectFault(nameless)).toMatchObject({ param: "customer_update[name]" });
  });
});

describe("the portal", () => {
  async function aPortal() {
    await stripe.billingPortal.configurations.create({
      features: {
        payment_method_update: { enabled: true },
        subscription_cancel: { enabled: true, mode: "at_period_end" },
        subscription_update: {
          enabled: true,
          default_allowed_updates: ["quantity"],
          products: [{ product: String(price.product), prices: [price.id] }],
          proration_behavior: "always_invoice",
        },
      },
    });
    const { customer, to } = await aCustomer();
    const { id } = await subscribe(customer);
    const { url } = await stripe.billingPortal.sessions.create({ customer });
    return { customer, to, id, url };
  }

  it("is not to be had before the account has a configuration", async () => {
    const { customer } = await aCustomer();
    const session = stripe.billingPortal.sessions.create({ customer });
    expect(String((await expectFault(session)).message)).toContain("No configuration provided");
  });

  it("cancels for the end of the period, brings back, and changes the quantity with its invoice", async () => {
    const { customer, id, url } = await aPortal();
    await press(url, { button: "cancel", subscription: id });
    expect((await stripe.subscriptions.retrieve(id)).cancel_at_period_end).toBe(true);
    await press(url, { button: "resume", subscription: id });
    expect((await stripe.subscriptions.retrieve(id)).cancel_at_period_end).toBe(false);
    await press(url, { button: "quantity", subscription: id, quantity: "2" });
    expect((await stripe.invoices.list({ customer })).data[0]).toMatchObject({
      total: YEARLY,
      status: "paid",
    });
  });

  it("changes the card and pays what is owed with it", async () => {
    const { customer, to, id, url } = await aPortal();
    await press(url, { button: "card", card: "pm_card_chargeCustomerFail" });
    await to(366);
    const [owed] = (await stripe.invoices.list({ customer })).data;
    const tried = await press(url, { button: "pay", invoice: owed?.id ?? "" });
    expect([tried.status, await statusOf(id)]).toEqual([400, "past_due"]);
    await press(url, { button: "card", card: "pm_card_visa" });
    await press(url, { button: "pay", invoice: owed?.id ?? "" });
    expect(await statusOf(id)).toBe("active");
  });

  it("touches nobody else's subscription or invoice", async () => {
    const { url } = await aPortal();
    const { customer: other } = await aCustomer();
    const theirs = await subscribe(other);
    const cancelled = await press(url, { button: "cancel", subscription: theirs.id });
    expect([cancelled.status, (await stripe.subscriptions.retrieve(theirs.id)).cancel_at_period_end]).toEqual(
      [400, false],
    );
    const paid = await press(url, { button: "pay", invoice: String(theirs.latest_invoice) });
    expect(paid.status).toBe(400);
  });
});
