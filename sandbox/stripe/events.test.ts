import Stripe from "stripe";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET } from "@/sandbox/addresses";
import { type Received, type Receiver, startReceiver } from "@/sandbox/kit/test-receiver";
import { type RunningSandbox, startSandbox } from "@/sandbox/server";

/** Events on their way to an address, checked there with Stripe's own package. */
const HOUR_MS = 3_600_000;

let sandbox: RunningSandbox;
let stripe: Stripe;
let receiver: Receiver;

beforeEach(async () => {
  sandbox = await startSandbox({ port: 0, admin: true });
  receiver = await startReceiver();
  const { hostname, port } = new URL(sandbox.origin);
  stripe = new Stripe(STRIPE_SECRET_KEY, { host: hostname, port, protocol: "http", telemetry: false });
});
afterEach(async () => {
  await receiver.close();
  await sandbox.stop();
});

const control = async (path: string, body: object): Promise<number> =>
  (await fetch(`${sandbox.origin}/control${path}`, { method: "POST", body: JSON.stringify(body) })).status;
const listen = () => control("/stripe/webhook", { url: `${receiver.origin}/hook` });
const settled = () => sandbox.deliveries().settled();
const open = ({ body, headers }: Received, secret = STRIPE_WEBHOOK_SECRET) =>
  stripe.webhooks.constructEvent(body, headers["stripe-signature"] ?? "", secret);
const aCustomer = () => stripe.customers.create({ email: "olivia@tidewatergifts.test" });

describe("an event", () => {
  it("arrives signed as Stripe signs, with the object as the API shows it", async () => {
    await listen();
    const customer = await aCustomer();
    await settled();
    const [event] = receiver.received.map((call) => open(call));
    expect(event).toMatchObject({ type: "customer.created", livemode: false, object: "event" });
    expect(event?.data.object).toEqual(JSON.parse(JSON.stringify(customer)));
    expect(await stripe.events.retrieve(event?.id ?? "")).toMatchObject({ pending_webhooks: 0 });
  });

  it("of an endpoint made by the API bears that endpoint's secret, and comes for its types alone", async () => {
    const { secret = "" } = await stripe.webhookEndpoints.create({
      url: `${receiver.origin}/hook`,
      enabled_events: ["product.created"],
    });
    await aCustomer();
    await stripe.products.create({ name: "Connect" });
    await settled();
    expect(receiver.received.map((call) => open(call, secret).type)).toEqual(["product.created"]);
  });

  it("that was refused is sent again an hour later, under a new signature", async () => {
    receiver.answerWith(() => ({ status: 500 }));
    await listen();
    await aCustomer();
    await settled();
    receiver.answerWith(() => ({ status: 200 }));
    sandbox.clock.advance(HOUR_MS);
    await settled();
    const [first, second] = receiver.received.map((call) => open(call));
    expect([receiver.received.length, second?.id]).toEqual([2, first?.id]);
  });

  it("comes twice, late or wrongly signed where a fault says so", async () => {
    await listen();
    const fault = (effect: object) =>
      control("/deliveries/faults", { target: "stripe.webhooks", times: 1, effect });
    await fault({ type: "reorder" });
    await stripe.products.create({ name: "First" });
    await stripe.products.create({ name: "Second" });
    await settled();
    const names = receiver.received.map((call) => open(call).data.object);
    expect(names).toMatchObject([{ name: "Second" }, { name: "First" }]);
    await fault({ type: "duplicate" });
    await aCustomer();
    await settled();
    expect(receiver.received).toHaveLength(4);
    await fault({ type: "wrong-signature" });
    await aCustomer();
    await settled();
    const spoiled = receiver.received.at(-1);
    expect(spoiled?.headers["stripe-signature"]).toMatch(/^t=\d+,v1=[0-9a-f]{64}$/);
    expect(() => spoiled && open(spoiled)).toThrow(/No signatures found/);
  });

  it("can be sent once more by hand", async () => {
    await listen();
    await aCustomer();
    await settled();
    const [first] = receiver.received.map((call) => open(call));
    expect(await control("/stripe/resend", { event: first?.id })).toBe(200);
    await settled();
    expect(receiver.received.map((call) => open(call).id)).toEqual([first?.id, first?.id]);
  });
});

describe("the control page", () => {
  async function aSubscriber(): Promise<string> {
    const product = await stripe.products.create({ name: "Connect" });
    const price = await stripe.prices.create({
      ...{ product: product.id, currency: "usd", unit_amount: 100, recurring: { interval: "year" as const } },
    });
    const { id } = await stripe.customers.create({ payment_method: "pm_card_visa" });
    return (await stripe.subscriptions.create({ customer: id, items: [{ price: price.id }] })).id;
  }

  it("lets time pass for one customer, and has its card declined", async () => {
    const id = await aSubscriber();
    const other = await aSubscriber();
    expect(await control("/stripe/card", { card: "isDeclined" })).toBe(200);
    expect(await control("/stripe/advance", { days: 366 })).toBe(200);
    expect((await stripe.subscriptions.retrieve(other)).status).toBe("past_due");
    expect((await stripe.subscriptions.retrieve(id)).status).toBe("active");
    const { latest_invoice } = await stripe.subscriptions.retrieve(id);
    expect(await control("/stripe/refund", { invoice: latest_invoice })).toBe(200);
    const refunded = await stripe.invoices.retrieve(String(latest_invoice));
    expect(refunded.post_payment_credit_notes_amount).toBe(100);
  });

  it("shows customers without a script, and takes its forms", async () => {
    await aSubscriber();
    const page = await fetch(`${sandbox.origin}/control/webhooks`);
    expect(await page.text()).toContain("Let them pass");
    const form = new URLSearchParams({ url: `${receiver.origin}/hook` });
    const sent = await fetch(`${sandbox.origin}/control/webhooks/stripe`, { method: "POST", body: form });
    expect(sent.status).toBe(200);
    expect(await control("/stripe/webhook", { url: "https://example.com/" })).toBe(400);
  });
});
