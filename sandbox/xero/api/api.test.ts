import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createFrozenClock } from "@/sandbox/kit/clock";
import { HARBOUR_TENANT_ID } from "@/sandbox/seed/xero-organisation";
import { type RunningSandbox, startSandbox } from "@/sandbox/server";
import { connectXero, type TestClient } from "../test-client";

let sandbox: RunningSandbox;
let xero: TestClient;
beforeEach(async () => {
  sandbox = await startSandbox({ port: 0, clock: createFrozenClock("2026-06-01T09:00:00Z") });
  xero = await connectXero(sandbox.origin);
});
afterEach(() => sandbox.stop());

const contactNames = async (): Promise<string[]> => {
  const { json } = await xero.call("GET", "/Contacts");
  return json.Contacts.map((contact: { Name: string }) => contact.Name);
};

describe("the gateway", () => {
  it("answers 401 without a token and 403 for an organisation that is not connected", async () => {
    const none = await xero.call("GET", "/Organisation", { headers: { authorization: "" } });
    expect(none).toMatchObject({ status: 401, json: { Title: "Unauthorized" } });
    const other = await xero.call("GET", "/Organisation", { tenant: HARBOUR_TENANT_ID });
    expect(other).toMatchObject({ status: 403, json: { Detail: "AuthenticationUnsuccessful" } });
  });

  it("opens each endpoint only to its own scope, and writes not to .read", async () => {
    const reader = await connectXero(sandbox.origin, { scope: "accounting.contacts.read" });
    expect((await reader.call("GET", "/Contacts")).status).toBe(200);
    const written = await reader.call("PUT", "/Contacts", { body: { Name: "New" } });
    expect(written.status).toBe(401);
    expect(written.headers.get("www-authenticate")).toContain("insufficient_scope");
    sandbox.context.switches.set("xero.insufficient-scope", "403");
    expect((await reader.call("GET", "/Invoices")).status).toBe(403);
  });

  it("opens items to the invoices scope only where the switch says so", async () => {
    const invoicer = await connectXero(sandbox.origin, { scope: "accounting.invoices" });
    expect((await invoicer.call("GET", "/Items")).status).toBe(401);
    sandbox.context.switches.set("xero.items-scope", "settings-or-invoices");
    expect((await invoicer.call("GET", "/Items")).status).toBe(200);
  });

  it("takes paths in any case and answers XML unless JSON is asked for", async () => {
    const json = await xero.call("GET", "/organisation");
    expect(json.json.Organisations[0]).toMatchObject({ Name: "Tidewater Gifts Ltd", BaseCurrency: "GBP" });
    const xml = await xero.call("GET", "/Organisation", { headers: { accept: "*/*" } });
    expect(xml.headers.get("content-type")).toContain("xml");
    expect(xml.text).toContain("<Organisations><Organisation><OrganisationID>");
  });

  it("answers 404 for an address or record that it does not have", async () => {
    expect((await xero.call("GET", "/Bills")).status).toBe(404);
    const unknown = await xero.call("GET", `/Invoices/${randomUUID()}`);
    expect(unknown).toMatchObject({ status: 404, text: "The resource you're looking for cannot be found" });
  });

  it("refuses a body over ten million bytes, and one over 3.5 where the switch says so", async () => {
    const filler = (bytes: number): object => ({ Name: "Big", Ignored: "x".repeat(bytes) });
    expect((await xero.call("PUT", "/Contacts", { body: filler(10_100_000) })).status).toBe(413);
    sandbox.context.switches.set("xero.body-over-3.5-mb", "refuse");
    expect((await xero.call("PUT", "/Contacts", { body: filler(3_600_000) })).status).toBe(413);
    sandbox.context.switches.set("xero.body-over-3.5-mb", "accept");
    expect((await xero.call("PUT", "/Contacts", { body: filler(3_600_000) })).status).toBe(200);
  });
});

describe("limits", () => {
  it("says on every answer what is left, and answers 429 with Retry-After at the 61st call of a minute", async () => {
    const first = await xero.call("GET", "/Organisation");
    expect(first.headers.get("x-minlimit-remaining")).toBe("59");
    expect(first.headers.get("x-daylimit-remaining")).toBe("4999");
    expect(first.headers.get("x-appminlimit-remaining")).toBe("9999");
    for (let call = 2; call <= 60; call += 1) await xero.call("GET", "/Organisation");
    const refused = await xero.call("GET", "/Organisation");
    expect(refused.status).toBe(429);
    expect(refused.headers.get("x-rate-limit-problem")).toBe("minute");
    expect(refused.headers.get("retry-after")).toBe("60");
    sandbox.clock.advance(60_000);
    expect((await xero.call("GET", "/Organisation")).status).toBe(200);
  });

  it("counts each organisation for itself", async () => {
    const harbour = await connectXero(sandbox.origin, { tenant: HARBOUR_TENANT_ID });
    for (let call = 0; call < 60; call += 1) await xero.call("GET", "/Organisation");
    expect((await xero.call("GET", "/Organisation")).status).toBe(429);
    expect((await harbour.call("GET", "/Organisation")).status).toBe(200);
  });

  it("ends the day at 5000 calls, or at 1000 on the Starter tier", async () => {
    sandbox.context.switches.set("xero.day-limit", "1000");
    const { headers } = await xero.call("GET", "/Organisation");
    expect(headers.get("x-daylimit-remaining")).toBe("999");
  });

  it("shortens its windows by the limit speed, which every answer names", async () => {
    sandbox.setLimitSpeed(60);
    for (let call = 0; call < 60; call += 1) await xero.call("GET", "/Organisation");
    const refused = await xero.call("GET", "/Organisation");
    expect(refused.headers.get("retry-after")).toBe("1");
    expect(refused.headers.get("x-sandbox-limit-speed")).toBe("60");
    sandbox.clock.advance(1_000);
    expect((await xero.call("GET", "/Organisation")).status).toBe(200);
  });

  it("lets five calls of one organisation run at once and refuses the sixth", async () => {
    sandbox.context.switches.set("xero.latency-ms", "250");
    const replies = await Promise.all(Array.from({ length: 6 }, () => xero.call("GET", "/Organisation")));
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(5);
    const refused = replies.find(({ status }) => status === 429);
    expect(refused?.headers.get("x-rate-limit-problem")).toBe("concurrent");
    expect(refused?.headers.get("retry-after")).toBeNull();
    expect((await xero.call("GET", "/Organisation")).status).toBe(200);
  });
});

describe("Idempotency-Key", () => {
  const put = (key: string, name: string) =>
    xero.call("PUT", "/Contacts", { body: { Name: name }, headers: { "idempotency-key": key } });

  it("gives the first answer again and makes no second record", async () => {
    const first = await put("k1", "Ann");
    const second = await put("k1", "Ann");
    expect(second.text).toBe(first.text);
    expect(await contactNames()).toEqual(["Ann"]);
  });

  it("refuses the key with another body and keeps nothing of it", async () => {
    await put("k1", "Ann");
    const other = await put("k1", "Bob");
    expect(other.status).toBe(400);
    expect(other.json.Message).toContain("is used with a different request");
    expect(await contactNames()).toEqual(["Ann"]);
  });

  it("gives an error again even when its cause is gone", async () => {
    await xero.create("Contacts", { Name: "Ann" });
    const refused = await put("k1", "Ann");
    expect(refused.status).toBe(400);
    const { json } = await xero.call("GET", "/Contacts");
    await xero.call("POST", "/Contacts", {
      body: { ContactID: json.Contacts[0].ContactID, Name: "Ann the elder" },
    });
    expect((await put("k1", "Ann")).text).toBe(refused.text);
    expect((await put("k2", "Ann")).status).toBe(200);
  });

  it("forgets a key after six minutes", async () => {
    await put("k1", "Ann");
    sandbox.clock.advance(6 * 60_000);
    expect((await put("k1", "Bob")).status).toBe(200);
  });

  it("counts a replay against the limits and refuses it at the limit", async () => {
    await put("k1", "Ann");
    const replay = await put("k1", "Ann");
    expect(replay.headers.get("x-minlimit-remaining")).toBe("58");
    for (let call = 0; call < 58; call += 1) await xero.call("GET", "/Organisation");
    expect((await put("k1", "Ann")).status).toBe(429);
  });

  it("makes two calls at the same moment share one answer", async () => {
    sandbox.context.switches.set("xero.latency-ms", "50");
    const [first, second] = await Promise.all([put("k1", "Ann"), put("k1", "Ann")]);
    expect(first?.text).toBe(second?.text);
    expect(await contactNames()).toEqual(["Ann"]);
  });

  it("refuses a key of more than 128 characters", async () => {
    expect((await put("k".repeat(129), "Ann")).status).toBe(400);
    expect((await put("k".repeat(128), "Ann")).status).toBe(200);
  });
});

describe("batches", () => {
  const contacts = { Contacts: [{ Name: "Ann" }, { Name: "<Bob>" }, { Name: "Cid" }] };

  it("saves the good elements and names the bad one with summarizeErrors=false", async () => {
    const { status, json } = await xero.call("PUT", "/Contacts", {
      body: contacts,
      query: { summarizeErrors: "false" },
    });
    expect(status).toBe(200);
    expect(
      json.Contacts.map((element: { StatusAttributeString: string }) => element.StatusAttributeString),
    ).toEqual(["OK", "ERROR", "OK"]);
    expect(json.Contacts[1].ValidationErrors[0].Message).toContain("angle brackets");
    expect(await contactNames()).toEqual(["Ann", "Cid"]);
  });

  it("saves nothing and names the bad one without it, unless the switch says otherwise", async () => {
    const refused = await xero.call("PUT", "/Contacts", { body: contacts });
    expect(refused).toMatchObject({
      status: 400,
      json: { ErrorNumber: 10, Type: "ValidationException", Elements: [{ Name: "<Bob>" }] },
    });
    expect(await contactNames()).toEqual([]);
    sandbox.context.switches.set("xero.summarize-errors-default", "false");
    expect((await xero.call("PUT", "/Contacts", { body: contacts })).status).toBe(200);
    expect(await contactNames()).toEqual(["Ann", "Cid"]);
  });

  it("takes a bare object and a bare array", async () => {
    expect((await xero.call("PUT", "/Contacts", { body: { Name: "Ann" } })).status).toBe(200);
    expect((await xero.call("PUT", "/Contacts", { body: [{ Name: "Bob" }] })).status).toBe(200);
    expect(await contactNames()).toEqual(["Ann", "Bob"]);
  });

  it("refuses the whole call when the body is no JSON or a field has another type", async () => {
    const broken = await xero.call("PUT", "/Contacts", { body: '{"Name":' });
    expect(broken).toMatchObject({
      status: 400,
      json: { ErrorNumber: 14, Type: "PostDataInvalidException" },
    });
    const typed = await xero.call("PUT", "/Contacts", {
      body: { Name: [12] },
      query: { summarizeErrors: "false" },
    });
    expect(typed).toMatchObject({ status: 400, json: { Type: "PostDataInvalidException" } });
  });
});
