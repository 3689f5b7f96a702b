import { createHmac } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { XERO_WEBHOOK_KEY } from "@/sandbox/addresses";
import { createFrozenClock } from "@/sandbox/kit/clock";
import { type Received, type Receiver, startReceiver } from "@/sandbox/kit/test-receiver";
import { HARBOUR_TENANT_ID, TIDEWATER_TENANT_ID } from "@/sandbox/seed/xero-organisation";
import { type RunningSandbox, startSandbox } from "@/sandbox/server";
import { xeroRecords } from "../open-books";
import { type Answered, anInvoice, connectXero, type TestClient } from "../test-client";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

let dir: string;
let sandbox: RunningSandbox;
let xero: TestClient;
let receiver: Receiver;
const clock = createFrozenClock("2026-05-20T09:00:00.123Z");
const start = () => startSandbox({ port: 0, limitSpeed: 1_000, admin: true, dir, clock });
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "xero-webhooks-"));
  clock.set(null);
  receiver = await startReceiver();
  receiver.answerWith(verified);
  sandbox = await start();
  xero = await connectXero(sandbox.origin);
});
afterEach(async () => {
  await sandbox.stop();
  await receiver.close();
  await rm(dir, { recursive: true, force: true });
});

/** What an app must do: compare the signature with the body's own. */
const isRight = ({ headers, body }: Received): boolean =>
  headers["x-xero-signature"] === createHmac("sha256", XERO_WEBHOOK_KEY).update(body).digest("base64");
const verified = (call: Received) => ({ status: isRight(call) ? 200 : 401 });

const control = async (method: string, path: string, body?: object): Promise<Answered> => {
  const response = await fetch(`${sandbox.origin}/control${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, ...(await response.json()) };
};
const subscribe = async (more: object = {}): Promise<Answered> => {
  const answer = await control("POST", "/xero/webhook", { url: `${receiver.origin}/xero`, ...more });
  receiver.received.length = 0;
  return answer;
};
const settled = () => sandbox.deliveries().settled();
const bodies = (): Answered[] => receiver.received.map(({ body }) => JSON.parse(body));
const events = (): Answered[] => bodies().flatMap((body) => body.events);
const kinds = (): string[] => events().map(({ eventType, eventCategory }) => `${eventType} ${eventCategory}`);

describe("the intent to receive", () => {
  it("enables an address that takes right signatures and refuses wrong ones", async () => {
    const { subscription } = await control("POST", "/xero/webhook", { url: `${receiver.origin}/xero` });
    expect(subscription).toMatchObject({ status: "enabled", reason: null });
    expect(receiver.received.map((call) => isRight(call))).toEqual([true, false, false, true, false]);
    for (const body of bodies())
      expect(body).toEqual({
        events: [],
        firstEventSequence: 0,
        lastEventSequence: 0,
        entropy: expect.stringMatching(/^[A-Z]{20}$/),
      });
    expect(new Set(bodies().map(({ entropy }) => entropy)).size).toBe(5);
    const { totals } = await control("GET", "/deliveries");
    expect(totals).toEqual({ "xero.webhooks": { "probe-passed": 5 } });
  });

  it("does not enable an address that takes whatever comes, and says so", async () => {
    receiver.answerWith(() => ({ status: 200 }));
    const { subscription } = await subscribe();
    expect(subscription).toMatchObject({
      status: "intent-failed",
      reason: "Intent to receive: a wrongly signed body was answered with 200 instead of 401",
    });
    await xero.create("Contacts", { Name: "Ann" });
    await settled();
    expect(receiver.received).toEqual([]);
  });

  it("does not enable an address that refuses all, redirects, sets cookies or is not there", async () => {
    receiver.answerWith(() => ({ status: 401 }));
    expect((await subscribe()).subscription.status).toBe("intent-failed");
    receiver.answerWith((call) =>
      isRight(call) ? { status: 302, headers: { location: "/other" } } : { status: 401 },
    );
    expect((await subscribe()).subscription.reason).toContain("answered with 302");
    receiver.answerWith((call) => ({ ...verified(call), headers: { "set-cookie": "a=b" } }));
    expect((await subscribe()).subscription.reason).toContain("cookie");
    await control("POST", "/switches", { name: "xero.webhook-cookies", position: "ignored" });
    expect((await subscribe()).subscription.status).toBe("enabled");
    expect((await subscribe({ url: "http://localhost:1/" })).subscription.status).toBe("intent-failed");
  });

  it("takes addresses on this machine alone", async () => {
    const { status, error } = await subscribe({ url: "https://example.com/hook" });
    expect(status).toBe(400);
    expect(error).toContain("localhost and 127.0.0.1 alone");
  });

  it("is asked again when the address changes, and not when the categories do", async () => {
    await subscribe();
    await control("POST", "/xero/webhook", { url: `${receiver.origin}/xero`, categories: ["CONTACT"] });
    expect(receiver.received).toHaveLength(0);
    await control("POST", "/xero/webhook", { url: `${receiver.origin}/other` });
    expect(receiver.received).toHaveLength(5);
  });
});

describe("events", () => {
  beforeEach(() => subscribe());

  it("tell of a contact that is made, changed and archived, signed and in Xero's form", async () => {
    const [contact] = await xero.create("Contacts", { Name: "Ann" });
    await settled();
    expect(bodies()).toEqual([
      {
        events: [
          {
            resourceUrl: `${sandbox.origin}/xero/api/api.xro/2.0/Contacts/${contact?.ContactID}`,
            resourceId: contact?.ContactID,
            tenantId: TIDEWATER_TENANT_ID,
            tenantType: "ORGANISATION",
            eventCategory: "CONTACT",
            eventType: "CREATE",
            eventDateUtc: "2026-05-20T09:00:00.123",
          },
        ],
        firstEventSequence: 1,
        lastEventSequence: 1,
        entropy: expect.stringMatching(/^[A-Z]{20}$/),
      },
    ]);
    const id = contact?.ContactID;
    await xero.call("POST", `/Contacts/${id}`, { body: { ContactID: id, EmailAddress: "ann@ann.test" } });
    await settled();
    await xero.call("POST", `/Contacts/${id}`, { body: { ContactID: id, ContactStatus: "ARCHIVED" } });
    await settled();
    expect(kinds()).toEqual(["CREATE CONTACT", "UPDATE CONTACT", "UPDATE CONTACT"]);
    expect(bodies().map(({ firstEventSequence }) => firstEventSequence)).toEqual([1, 2, 3]);
    for (const call of receiver.received) {
      expect(call.method).toBe("POST");
      expect(call.headers["content-type"]).toContain("application/json");
      expect(isRight(call)).toBe(true);
    }
  });

  it("tell of invoices of both sides and of credit notes with their type, and of a paid invoice but no payment", async () => {
    const [contact] = await xero.create("Contacts", { Name: "Ann" });
    const id = String(contact?.ContactID);
    const [invoice] = await xero.create("Invoices", anInvoice(id));
    const line = { Description: "Box", Quantity: 1, UnitAmount: 5, AccountCode: "310", TaxType: "NONE" };
    await xero.create("Invoices", anInvoice(id, { Type: "ACCPAY", LineItems: [line] }));
    await xero.create("CreditNotes", {
      ...{ Type: "ACCRECCREDIT", Contact: { ContactID: id }, Date: "2026-05-11" },
      LineItems: [{ ...line, AccountCode: "200" }],
    });
    await settled();
    expect(kinds()).toEqual(["CREATE CONTACT", "CREATE INVOICE", "CREATE INVOICE", "CREATE CREDITNOTE"]);
    expect(events()[3]?.data).toEqual({ Type: "ACCRECCREDIT", Status: "DRAFT" });
    expect(events()[1]).not.toHaveProperty("data");
    receiver.received.length = 0;
    const { status } = await xero.call("PUT", "/Payments", {
      body: {
        ...{ Invoice: { InvoiceID: invoice?.InvoiceID }, Account: { Code: "090" } },
        ...{ Date: "2026-05-12", Amount: 5 },
      },
    });
    expect(status).toBe(200);
    await settled();
    expect(kinds()).toEqual(["UPDATE INVOICE"]);
    expect(events()[0]?.resourceId).toBe(invoice?.InvoiceID);
  });

  it("tell of overpayments and prepayments, with data where the switch says so", async () => {
    const [contact] = await xero.create("Contacts", { Name: "Ann" });
    const credit = (Type: string) => ({
      ...{ Type, Contact: { ContactID: contact?.ContactID }, BankAccount: { Code: "090" } },
      Date: "2026-05-11",
      LineItems: [{ Description: "Money", Quantity: 1, UnitAmount: 5, AccountCode: "200" }],
    });
    await xero.create("BankTransactions", credit("RECEIVE-PREPAYMENT"));
    await settled();
    await control("POST", "/switches", { name: "xero.webhook-credit-data", position: "present" });
    await xero.create("BankTransactions", {
      ...credit("RECEIVE-OVERPAYMENT"),
      LineItems: [{ Description: "Money", Quantity: 1, UnitAmount: 5 }],
    });
    await settled();
    expect(kinds()).toEqual(["CREATE CONTACT", "CREATE PREPAYMENT", "CREATE OVERPAYMENT"]);
    expect(events()[1]).not.toHaveProperty("data");
    expect(events()[2]?.data).toEqual({ Type: "RECEIVE-OVERPAYMENT", Status: "AUTHORISED" });
  });

  it("tell nothing of what was taken back", async () => {
    const body = { Contacts: [{ Name: "Ann" }, { Name: "" }] };
    expect((await xero.call("PUT", "/Contacts", { body })).status).toBe(400);
    await xero.call("PUT", "/Contacts", { body, query: { summarizeErrors: "false" } });
    await settled();
    expect(kinds()).toEqual(["CREATE CONTACT"]);
  });

  it("tell nothing of an organisation that the app is not connected to, nor of other categories", async () => {
    const [contact] = await xero.create("Contacts", { Name: "Ann" });
    const rename = (name: string): void => {
      const { contacts } = xeroRecords(sandbox.context).books(TIDEWATER_TENANT_ID) ?? {};
      const kept = contacts?.get(contact?.ContactID);
      if (kept !== undefined) contacts?.put({ ...kept, name });
    };
    rename("Renamed by a person");
    await settled();
    expect(kinds()).toEqual(["CREATE CONTACT", "UPDATE CONTACT"]);
    receiver.received.length = 0;
    sandbox.disconnect("xero", TIDEWATER_TENANT_ID);
    rename("Renamed again");
    await settled();
    expect(receiver.received).toEqual([]);
    const other = await connectXero(sandbox.origin, { tenant: HARBOUR_TENANT_ID });
    await other.create("Contacts", { Name: "Ann" });
    await settled();
    expect(events().map(({ tenantId }) => tenantId)).toEqual([HARBOUR_TENANT_ID]);
    await subscribe({ categories: ["INVOICE"] });
    await other.create("Contacts", { Name: "Bob" });
    await settled();
    expect(receiver.received).toEqual([]);
  });

  it("come several in one body, or one by one where the switch says so", async () => {
    const contacts = (from: number, count: number) =>
      Array.from({ length: count }, (_, index) => ({ Name: `Contact ${from + index}` }));
    await xero.create("Contacts", ...contacts(0, 60));
    await settled();
    expect(bodies().map((body) => body.events.length)).toEqual([50, 10]);
    expect(bodies().map((body) => [body.firstEventSequence, body.lastEventSequence])).toEqual([
      [1, 50],
      [51, 60],
    ]);
    receiver.received.length = 0;
    await control("POST", "/switches", { name: "xero.webhook-batching", position: "single" });
    await xero.create("Contacts", ...contacts(60, 3));
    await settled();
    expect(bodies().map((body) => body.events.length)).toEqual([1, 1, 1]);
  });

  it("tell of the app's own plan as an application", async () => {
    await control("POST", "/xero/webhook/app-subscription", { type: "UPDATE" });
    await settled();
    expect(events()).toMatchObject([
      { eventCategory: "SUBSCRIPTION", eventType: "UPDATE", tenantType: "APPLICATION" },
    ]);
    expect(events()[0]?.tenantId).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe("a delivery that fails", () => {
  beforeEach(() => subscribe());
  const sequences = (): number[] => bodies().map(({ firstEventSequence }) => firstEventSequence);

  it("is sent again at once and then every 15 minutes, the same bytes, before any later event", async () => {
    receiver.answerWith(() => ({ status: 500 }));
    await xero.create("Contacts", { Name: "Ann" });
    await settled();
    expect(sequences()).toEqual([1, 1]);
    await xero.create("Contacts", { Name: "Bob" });
    await settled();
    clock.advance(15 * MINUTE_MS - 1);
    await settled();
    expect(receiver.received).toHaveLength(2);
    clock.advance(1);
    await settled();
    expect(sequences()).toEqual([1, 1, 1]);
    expect(new Set(receiver.received.map(({ body }) => body)).size).toBe(1);
    receiver.answerWith(verified);
    clock.advance(15 * MINUTE_MS);
    await settled();
    expect(sequences()).toEqual([1, 1, 1, 1, 2]);
  });

  it("disables the subscription after 24 hours; enabled again it gets all that it missed, in order", async () => {
    receiver.answerWith(() => ({ status: 500 }));
    await xero.create("Contacts", { Name: "Ann" });
    await settled();
    for (let attempt = 0; attempt < 96; attempt += 1) {
      expect((await control("GET", "/xero/webhook")).subscription.status).toBe("enabled");
      clock.advance(15 * MINUTE_MS);
      await settled();
    }
    const { subscription } = await control("GET", "/xero/webhook");
    expect(subscription).toMatchObject({
      status: "disabled",
      reason: "Disabled: deliveries have failed for 24 hours",
    });
    expect(receiver.received).toHaveLength(98);
    await (await connectXero(sandbox.origin)).create("Contacts", { Name: "Bob" });
    clock.advance(HOUR_MS);
    await (await connectXero(sandbox.origin)).create("Contacts", { Name: "Cleo" });
    await settled();
    expect(receiver.received).toHaveLength(98);
    receiver.answerWith(verified);
    expect((await control("POST", "/xero/webhook/enable")).subscription.status).toBe("enabled");
    await settled();
    const last = bodies().at(-1);
    expect(last).toMatchObject({ firstEventSequence: 1, lastEventSequence: 3 });
    expect(last?.events.map(({ eventDateUtc }: Answered) => eventDateUtc)).toEqual([
      "2026-05-20T09:00:00.123",
      "2026-05-21T09:00:00.123",
      "2026-05-21T10:00:00.123",
    ]);
    expect((await control("GET", "/xero/webhook")).eventsWaiting).toBe(0);
  });

  it("is forgotten after 31 days", async () => {
    await control("POST", "/xero/webhook/disable");
    await xero.create("Contacts", { Name: "Ann" });
    clock.advance(30 * 24 * HOUR_MS);
    await (await connectXero(sandbox.origin)).create("Contacts", { Name: "Bob" });
    clock.advance(24 * HOUR_MS);
    await control("POST", "/xero/webhook/enable");
    await settled();
    expect(bodies().at(-1)).toMatchObject({ firstEventSequence: 2, lastEventSequence: 2 });
  });

  it("goes on after a restart where it stood", async () => {
    receiver.answerWith(() => ({ status: 500 }));
    await xero.create("Contacts", { Name: "Ann" });
    await settled();
    await sandbox.kill();
    receiver.received.length = 0;
    receiver.answerWith(verified);
    sandbox = await start();
    await settled();
    expect(receiver.received).toEqual([]);
    clock.advance(15 * MINUTE_MS);
    await settled();
    expect(sequences()).toEqual([1]);
    expect((await control("GET", "/xero/webhook")).eventsWaiting).toBe(0);
  });
});

describe("an ordered fault", () => {
  beforeEach(async () => {
    await subscribe();
    await control("POST", "/switches", { name: "xero.webhook-batching", position: "single" });
  });
  const order = (effect: object) =>
    control("POST", "/deliveries/faults", { target: "xero.webhooks", effect });
  const sequences = (): number[] => bodies().map(({ firstEventSequence }) => firstEventSequence);

  it("sends a body twice", async () => {
    await order({ type: "duplicate" });
    await xero.create("Contacts", { Name: "Ann" });
    await settled();
    expect(sequences()).toEqual([1, 1]);
    expect(receiver.received[0]?.body).toBe(receiver.received[1]?.body);
  });

  it("sends a body after the next one", async () => {
    await order({ type: "reorder" });
    await xero.create("Contacts", { Name: "Ann" });
    await settled();
    expect(sequences()).toEqual([]);
    await xero.create("Contacts", { Name: "Bob" }, { Name: "Cleo" });
    await settled();
    expect(sequences()).toEqual([2, 1, 3]);
  });

  it("loses a body without its sender knowing", async () => {
    await order({ type: "drop" });
    await xero.create("Contacts", { Name: "Ann" });
    await xero.create("Contacts", { Name: "Bob" });
    await settled();
    expect(sequences()).toEqual([2]);
    const { totals } = await control("GET", "/deliveries");
    expect(totals["xero.webhooks"]).toEqual({ "probe-passed": 5, dropped: 1, delivered: 1 });
  });

  it("delays a body in sandbox time, and what comes after it", async () => {
    await order({ type: "delay", milliseconds: 5 * MINUTE_MS });
    await xero.create("Contacts", { Name: "Ann" });
    await xero.create("Contacts", { Name: "Bob" });
    await settled();
    expect(sequences()).toEqual([]);
    clock.advance(5 * MINUTE_MS);
    await settled();
    expect(sequences()).toEqual([1, 2]);
  });

  it("signs one attempt with another key, and the next one right", async () => {
    await order({ type: "wrong-signature" });
    await xero.create("Contacts", { Name: "Ann" });
    await settled();
    expect(sequences()).toEqual([1, 1]);
    expect(receiver.received.map(isRight)).toEqual([false, true]);
    expect(receiver.received[0]?.headers["x-xero-signature"]).toHaveLength(44);
  });

  it("is refused when it can never strike", async () => {
    const { status } = await control("POST", "/deliveries/faults", {
      target: "zoho.crm",
      effect: { type: "wrong-signature" },
    });
    expect(status).toBe(400);
    expect(
      (await control("POST", "/deliveries/faults", { target: "nobody", effect: { type: "drop" } })).status,
    ).toBe(400);
  });
});

describe("the page", () => {
  const post = (path: string, form: Record<string, string>) =>
    fetch(`${sandbox.origin}/control/webhooks${path}`, {
      method: "POST",
      body: new URLSearchParams(form),
      redirect: "manual",
    });
  const page = async () => (await fetch(`${sandbox.origin}/control/webhooks`)).text();

  it("makes a subscription, shows how the probes were answered, and lists what went out", async () => {
    const made = await post("/xero", { url: `${receiver.origin}/xero`, category: "CONTACT" });
    expect([made.status, made.headers.get("location")]).toEqual([302, "/control/webhooks"]);
    await xero.create("Contacts", { Name: "Ann" });
    await settled();
    const html = await page();
    expect(html).toContain("Enabled");
    expect(html).toContain("<td>wrong</td><td>passed</td>");
    expect(html).toContain(`${receiver.origin}/xero</td><td>1</td><td>delivered</td>`);
  });

  it("says why an address was not enabled, without believing its text", async () => {
    const refused = await post("/xero", { url: 'http://elsewhere.test/"<b>', category: "CONTACT" });
    expect(refused.status).toBe(400);
    expect(await refused.text()).toContain('role="alert"');
    receiver.answerWith(() => ({ status: 500 }));
    expect(await (await post("/xero", { url: receiver.origin, category: "CONTACT" })).text()).toContain(
      "answered with 500 instead of a success",
    );
  });
});
