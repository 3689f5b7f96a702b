import { createHmac } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Receiver, startReceiver } from "@/sandbox/kit/test-receiver";
import { type Outgoing, openOutgoing } from "@/sandbox/outgoing";
import { CRM_SCOPES } from "../crm/testing";
import { ALL_SCOPES, type LooseJson, startZohoAlone, type ZohoAlone } from "../testing";

const SECRET = "SandboxZohoWebhookSecret2026";
const MINUTE_MS = 60_000;

let zoho: ZohoAlone;
let outgoing: Outgoing;
let receiver: Receiver;
let token: string;
beforeEach(async () => {
  receiver = await startReceiver();
  zoho = await startZohoAlone();
  outgoing = openOutgoing(zoho.context, { xero: "no-xero-here" });
  token = await zoho.connect({ scope: `${ALL_SCOPES},${CRM_SCOPES}` });
});
afterEach(async () => {
  await outgoing.deliveries.stop();
  await receiver.close();
});

const settled = () => outgoing.deliveries.settled();
const control = async (method: string, path: string, body: object = {}) => {
  const { pathname, searchParams: query } = new URL(path, "http://localhost");
  const request = { method, path: pathname, query, headers: {}, body: Buffer.from(JSON.stringify(body)) };
  const answer = await outgoing.control(request);
  const json: LooseJson = JSON.parse(String(answer?.body ?? "{}"));
  return { status: answer?.status, json };
};
const makeRule = async (rule: object): Promise<string> => {
  const { status, json } = await control("POST", "/zoho/webhooks", {
    url: `${receiver.origin}/zoho`,
    ...rule,
  });
  expect(status, JSON.stringify(json)).toBe(201);
  return String(json.id);
};
const makeContact = async (name: string): Promise<string> => {
  const { json } = await zoho.call("POST", "/contacts", {
    json: { contact_name: name, contact_type: "customer" },
  });
  return String(json.contact?.contact_id);
};
const bodies = (): LooseJson[] => receiver.received.map(({ body }) => JSON.parse(body));
const hmac = (text: string) => createHmac("sha256", SECRET).update(text);

describe("a workflow rule", () => {
  it("sends the module's fields under its key when a record is made, as the API shows them", async () => {
    await makeRule({ module: "contact", event: "created" });
    const id = await makeContact("Ann");
    await settled();
    const shown = await zoho.call("GET", `/contacts/${id}`);
    expect(bodies()).toEqual([{ contact: shown.json.contact }]);
    const [call] = receiver.received;
    expect([call?.method, call?.url]).toEqual(["POST", "/zoho"]);
    expect(call?.headers["content-type"]).toContain("application/json");
    expect(call?.headers).not.toHaveProperty("x-zoho-webhook-signature");
    await zoho.call("PUT", `/contacts/${id}`, { json: { contact_name: "Anna" } });
    await settled();
    expect(receiver.received).toHaveLength(1);
  });

  it("tells of edits, or only of those of the fields that it names", async () => {
    await makeRule({ module: "contact", event: "edited", fields: ["contact_name"] });
    await makeRule({ module: "contact", event: "edited", url: `${receiver.origin}/any` });
    const id = await makeContact("Ann");
    await zoho.call("PUT", `/contacts/${id}`, { json: { notes: "Prefers mail" } });
    await settled();
    expect(receiver.received.map(({ url }) => url)).toEqual(["/any"]);
    await zoho.call("PUT", `/contacts/${id}`, { json: { contact_name: "Anna" } });
    await settled();
    expect(receiver.received.map(({ url }) => url).sort()).toEqual(["/any", "/any", "/zoho"]);
  });

  it("tells of a deleted record as it was", async () => {
    await makeRule({ module: "contact", event: "deleted" });
    const id = await makeContact("Ann");
    expect((await zoho.call("DELETE", `/contacts/${id}`)).status).toBe(200);
    await settled();
    expect(bodies()).toMatchObject([{ contact: { contact_id: id, contact_name: "Ann" } }]);
  });

  it("tells nothing of a refused call, nor while it is off or after it is gone", async () => {
    const id = await makeRule({ module: "contact" });
    expect((await zoho.call("POST", "/contacts", { json: {} })).status).toBe(400);
    await control("POST", "/zoho/webhooks/active", { id, active: false });
    await makeContact("Ann");
    await control("POST", "/zoho/webhooks/active", { id, active: true });
    await control("DELETE", `/zoho/webhooks?id=${id}`);
    await makeContact("Bob");
    await settled();
    expect(receiver.received).toEqual([]);
    expect((await control("GET", "/zoho/webhooks")).json.rules).toEqual([]);
  });

  it("watches invoices and items, a new invoice once", async () => {
    await makeRule({ module: "invoice", event: "created-or-edited", method: "PUT" });
    await makeRule({ module: "item" });
    const item = await zoho.call("POST", "/items", { json: { name: "Box", rate: 10 } });
    const { json } = await zoho.call("POST", "/invoices", {
      json: {
        customer_id: await makeContact("Ann"),
        date: "2026-11-20",
        line_items: [{ item_id: String(item.json.item?.item_id), quantity: 2 }],
      },
    });
    await settled();
    expect(receiver.received.map(({ method }) => method).sort()).toEqual(["POST", "PUT"]);
    const told = bodies().find((body) => body.invoice !== undefined);
    expect(told?.invoice).toMatchObject({ invoice_id: json.invoice?.invoice_id, total: 20 });
  });

  it("is refused with an address elsewhere, a bad secret or a header that is the call's own", async () => {
    const refused = async (rule: object) => {
      const url = `${receiver.origin}/zoho`;
      const { status, json } = await control("POST", "/zoho/webhooks", { module: "contact", url, ...rule });
      expect(status).toBe(400);
      return String(json.error);
    };
    expect(await refused({ url: "https://example.com/" })).toContain("localhost and 127.0.0.1 alone");
    expect(await refused({ secret: "short" })).toContain("12 to 50");
    expect(await refused({ headers: [{ name: "Content-Length", value: "1" }] })).toContain("no header");
    expect(await refused({ module: "payslip" })).toContain("module");
    expect(await refused({ organizationId: "1" })).toContain("organisation");
    expect(await refused({ body: "raw" })).toContain("raw");
  });
});

describe("what a rule sends", () => {
  const first = () => {
    const [call] = receiver.received;
    return { url: call?.url ?? "", body: call?.body ?? "", headers: call?.headers ?? {} };
  };

  it("is signed over the sorted pairs of its query and its JSON", async () => {
    await makeRule({
      ...{ module: "contact", secret: SECRET, url: `${receiver.origin}/zoho?z=last` },
      parameters: [{ name: "a", value: "first & only" }],
      headers: [{ name: "X-Tieout", value: "yes" }],
    });
    await makeContact("Ann");
    await settled();
    const { url, body, headers } = first();
    expect(url).toBe("/zoho?z=last&a=first+%26+only");
    expect(headers["x-tieout"]).toBe("yes");
    expect(headers["x-zoho-webhook-signature"]).toBe(hmac(`afirst & onlyzlast${body}`).digest("hex"));
  });

  it("is signed in the other ways that the documents leave open", async () => {
    await makeRule({ module: "contact", secret: SECRET, url: `${receiver.origin}/zoho?a=b` });
    zoho.context.switches.set("zoho.webhook-signature", "base64");
    zoho.context.switches.set("zoho.webhook-signed-text", "body");
    await makeContact("Ann");
    await settled();
    const { body, headers } = first();
    expect(headers["x-zoho-webhook-signature"]).toBe(hmac(body).digest("base64"));
  });

  it("may be a form, with the payload or with its parameters alone", async () => {
    await makeRule({
      ...{ module: "contact", body: "form", secret: SECRET },
      parameters: [{ name: "from", value: "books" }],
    });
    const id = await makeContact("Ann");
    await settled();
    const { body, headers } = first();
    const form = new URLSearchParams(body);
    expect(headers["content-type"]).toBe("application/x-www-form-urlencoded");
    const json = form.get("JSONString") ?? "";
    expect(JSON.parse(json).contact.contact_id).toBe(id);
    expect(headers["x-zoho-webhook-signature"]).toBe(hmac(`JSONString${json}frombooks`).digest("hex"));
    receiver.received.length = 0;
    zoho.context.switches.set("zoho.webhook-form-body", "parameters-alone");
    await makeContact("Bob");
    await settled();
    expect(first().body).toBe("from=books");
  });

  it("may be a person's own JSON with fields of the record", async () => {
    await makeRule({
      ...{ module: "contact", body: "raw" },
      raw: `{"id":"\${CONTACT.CONTACT_ID}","name":"\${CONTACT.CONTACT_NAME}","none":"\${CONTACT.NOTHING}"}`,
    });
    const id = await makeContact('Ann "A" Smith');
    await settled();
    expect(JSON.parse(first().body)).toEqual({ id, name: 'Ann "A" Smith', none: "" });
  });
});

describe("a workflow webhook that is not taken", () => {
  beforeEach(() => makeRule({ module: "contact", secret: SECRET }));

  it("is not sent again, and the next one is not held up", async () => {
    receiver.answerWith(() => ({ status: 500 }));
    await makeContact("Ann");
    await makeContact("Bob");
    await settled();
    zoho.context.clock.advance(24 * 60 * MINUTE_MS);
    await settled();
    expect(receiver.received).toHaveLength(2);
    expect((await control("GET", "/deliveries")).json).toMatchObject({
      totals: { "zoho.webhooks": { refused: 2 } },
      waitingCount: 0,
    });
  });

  it("is sent again three times where the switch says so", async () => {
    zoho.context.switches.set("zoho.webhook-retries", "three");
    receiver.answerWith(() => ({ status: 500 }));
    await makeContact("Ann");
    for (let round = 0; round < 5; round += 1) {
      await settled();
      zoho.context.clock.advance(5 * MINUTE_MS);
    }
    await settled();
    expect(receiver.received).toHaveLength(4);
  });

  it("may come twice, late or wrongly signed, when a fault is ordered", async () => {
    const order = (effect: object) =>
      control("POST", "/deliveries/faults", { target: "zoho.webhooks", effect });
    await order({ type: "duplicate" });
    await order({ type: "wrong-signature" });
    await makeContact("Ann");
    await makeContact("Bob");
    await settled();
    expect(bodies().map(({ contact }) => contact?.contact_name)).toEqual(["Ann", "Ann", "Bob"]);
    const isRight = receiver.received.map(
      ({ headers, body }) => headers["x-zoho-webhook-signature"] === hmac(body).digest("hex"),
    );
    expect(isRight).toEqual([true, true, false]);
  });
});

describe("a notification of the CRM", () => {
  const crm = (method: string, path: string, json: object) =>
    zoho.send(method, `/eu/api/crm/v8${path}`, {
      headers: { authorization: `Zoho-oauthtoken ${token}` },
      json,
    });
  const watch = (url: string) =>
    crm("POST", "/actions/watch", {
      watch: [{ channel_id: "10068001", events: ["Contacts.all"], token: "our secret", notify_url: url }],
    });

  it("goes to the channel's address with its token", async () => {
    expect((await watch(`${receiver.origin}/crm?x=1`)).status).toBe(201);
    const made = await crm("POST", "/Contacts", { data: [{ Last_Name: "Shaw" }] });
    const id = made.rows("data")[0]?.details?.id;
    await settled();
    expect(receiver.received.map(({ url }) => url)).toEqual(["/crm?x=1"]);
    expect(bodies()).toMatchObject([
      {
        ...{ module: "Contacts", operation: "insert", ids: [id], channel_id: "10068001" },
        token: "our secret",
      },
    ]);
    expect((await control("GET", "/deliveries")).json.totals).toEqual({ "zoho.crm": { delivered: 1 } });
  });

  it("goes nowhere when the address is not on this machine, and that is counted", async () => {
    await watch("https://example.com/crm");
    await crm("POST", "/Contacts", { data: [{ Last_Name: "Shaw" }] });
    await settled();
    expect((await control("GET", "/deliveries")).json.totals).toEqual({ "zoho.crm": { forbidden: 1 } });
  });
});

describe("the page", () => {
  it("makes a rule from a form and shows it as text", async () => {
    const form = new URLSearchParams({
      ...{ name: "<b>Ours</b>", module: "invoice", event: "created", method: "POST", body: "default" },
      ...{ url: `${receiver.origin}/zoho`, parameters: "a=b\n", headers: "X-One: 1", secret: SECRET },
    });
    const request = { method: "POST", path: "/webhooks/zoho", query: new URLSearchParams(), headers: {} };
    const made = await outgoing.control({ ...request, body: Buffer.from(form.toString()) });
    expect(made?.status).toBe(302);
    const page = await outgoing.control({
      ...request,
      method: "GET",
      path: "/webhooks",
      body: Buffer.alloc(0),
    });
    expect(String(page?.body)).toContain("&lt;b&gt;Ours&lt;/b&gt;");
    expect((await control("GET", "/zoho/webhooks")).json).toMatchObject({
      rules: [{ module: "invoice", parameters: [{ name: "a", value: "b" }], secret: SECRET }],
    });
  });
});
