import { connect } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createFrozenClock } from "@/sandbox/kit/clock";
import { ZOHO_ORGANIZATION_ID } from "@/sandbox/seed/zoho-reference-data";
import { type RunningSandbox, startSandbox } from "@/sandbox/server";
import {
  type Answered,
  anInvoice,
  connectXero,
  postToken,
  type TestClient,
} from "@/sandbox/xero/test-client";
import { ZOHO_CLIENT } from "@/sandbox/zoho/accounts/oauth";
import { createFaults, type FaultEffect } from "./faults";

let sandbox: RunningSandbox;
let xero: TestClient;
beforeEach(async () => {
  sandbox = await startSandbox({
    port: 0,
    limitSpeed: 1_000,
    admin: true,
    clock: createFrozenClock("2026-06-01T09:00:00Z"),
  });
  xero = await connectXero(sandbox.origin);
});
afterEach(() => sandbox.stop());

const order = (effect: object, more: object = {}): Promise<Response> =>
  fetch(`${sandbox.origin}/control/faults`, {
    method: "POST",
    body: JSON.stringify({ service: "xero", operation: "/Contacts", method: "PUT", effect, ...more }),
  });
const putContact = (name: string) => xero.call("PUT", "/Contacts", { body: { Name: name } });
const contactNames = async (): Promise<string[]> =>
  (await xero.call("GET", "/Contacts")).json.Contacts.map(({ Name }: Answered) => Name);
const failure = async (call: Promise<unknown>): Promise<string> => {
  try {
    await call;
    return "answered";
  } catch (error) {
    return String((error as { code?: string }).code);
  }
};

describe("which calls a fault strikes", () => {
  const tries = (fault: object, count: number, tenant?: string): string => {
    const faults = createFaults();
    faults.order({ service: "xero", effect: { type: "drop-before" }, ...fault });
    const strikes = Array.from({ length: count }, () =>
      faults.strike({ service: "xero", operation: "/Invoices", method: "PUT", tenant: tenant ?? null }),
    );
    return strikes.map((effect) => (effect === null ? "." : "x")).join("");
  };

  it("is so many after so many", () => {
    expect(tries({ skip: 2, times: 3 }, 7)).toBe("..xxx..");
  });

  it("is one tenant's alone where the order names it", () => {
    expect(tries({ tenant: "A" }, 2, "b")).toBe("..");
    expect(tries({ tenant: "A" }, 2, "a")).toBe("x.");
  });

  it("is by chance, the same calls for the same seed and others for another", () => {
    const first = tries({ chance: 0.3, seed: 7 }, 200);
    expect(tries({ chance: 0.3, seed: 7 }, 200)).toBe(first);
    expect(tries({ chance: 0.3, seed: 8 }, 200)).not.toBe(first);
    expect(first.replaceAll(".", "").length).toBeGreaterThan(40);
    expect(first.replaceAll(".", "").length).toBeLessThan(80);
    expect(tries({ chance: 1, times: 2 }, 4)).toBe("xx..");
  });

  it("refuses an order that can never strike", async () => {
    expect((await order({ type: "rate-limit", problem: "hour" })).status).toBe(400);
    expect((await order({ type: "drop-before" }, { service: "salesforce" })).status).toBe(400);
    expect((await order({ type: "edit", edit: { act: "dance" } })).status).toBe(400);
    expect(sandbox.faults.waiting).toBe(0);
  });
});

describe("refusals", () => {
  it.each([
    ["minute", "1"],
    ["day", "4"],
    ["concurrent", null],
    ["appminute", "1"],
  ])("are Xero's 429 of the kind %s, and nothing is written", async (problem, retryAfter) => {
    await order({ type: "rate-limit", problem });
    const refused = await putContact("Ann");
    expect(refused.status).toBe(429);
    expect(refused.headers.get("x-rate-limit-problem")).toBe(problem);
    expect(refused.headers.get("retry-after")).toBe(retryAfter);
    expect(await contactNames()).toEqual([]);
  });

  it("are Zoho's 429 with the code of each kind", async () => {
    const token = await connectZoho();
    for (const [problem, code] of [
      ["44", 44],
      ["45", 45],
      ["1070", 1070],
      ["crm", "TOO_MANY_REQUESTS"],
    ]) {
      await order(
        { type: "rate-limit", problem },
        { service: "zoho", operation: "/contacts", method: "GET" },
      );
      const refused = await callZoho(token, "GET", "/contacts");
      expect(refused).toMatchObject({ status: 429, json: { code } });
      expect(refused.headers.get("retry-after")).toBeNull();
    }
  });

  it("are 500, 503 and a gateway's page, before the work or after it", async () => {
    await order({ type: "status", status: 500 });
    await order({ type: "status", status: 503, afterHandling: true });
    await order({ type: "html" });
    expect((await putContact("Ann")).status).toBe(500);
    expect((await putContact("Bob")).status).toBe(503);
    const page = await putContact("Cid");
    expect(page).toMatchObject({ status: 502, text: expect.stringContaining("<html>") });
    expect(await contactNames()).toEqual(["Bob"]);
  });
});

describe("a time-out", () => {
  const hangUpWhenHeld = async (effect: FaultEffect): Promise<void> => {
    await order(effect);
    const held = new AbortController();
    const { seq } = sandbox.callLog;
    const call = fetch(`${sandbox.origin}/xero/api/api.xro/2.0/Contacts`, {
      method: "PUT",
      signal: held.signal,
      body: JSON.stringify({ Name: "Ann" }),
      headers: {
        authorization: `Bearer ${xero.tokens.access_token}`,
        "xero-tenant-id": "5c1d3a60-7b0e-4f5a-9a51-0d8e5f1c7a01",
        "content-type": "application/json",
      },
    });
    await expect.poll(() => sandbox.callLog.entries(seq)[0]?.fault).toBe(effect.type);
    held.abort();
    await expect(call).rejects.toThrow("aborted");
  };

  it("before the work holds the call until the client hangs up, and writes nothing", async () => {
    await hangUpWhenHeld({ type: "timeout-before" });
    expect(await contactNames()).toEqual([]);
  });

  it("after the work has written", async () => {
    await hangUpWhenHeld({ type: "timeout-after" });
    expect(await contactNames()).toEqual(["Ann"]);
  });
});

describe("a broken connection", () => {
  it("is reset before the work, after it, or in mid-body", async () => {
    await order({ type: "reset" });
    await order({ type: "reset", when: "after" });
    await order({ type: "reset", when: "body", bytes: 30 });
    expect(await failure(putContact("Ann"))).toBe("ECONNRESET");
    expect(await failure(putContact("Bob"))).toBe("ECONNRESET");
    expect(await failure(putContact("Cid"))).toBe("ECONNRESET");
    expect(await contactNames()).toEqual(["Bob", "Cid"]);
  });

  it("gives truncated JSON as a whole answer", async () => {
    await order({ type: "truncated-json" });
    const response = await fetch(`${sandbox.origin}/xero/api/api.xro/2.0/Contacts`, {
      method: "PUT",
      body: JSON.stringify({ Name: "Ann" }),
      headers: {
        authorization: `Bearer ${xero.tokens.access_token}`,
        "xero-tenant-id": "5c1d3a60-7b0e-4f5a-9a51-0d8e5f1c7a01",
        accept: "application/json",
        "content-type": "application/json",
      },
    });
    const text = await response.text();
    expect(response.status).toBe(200);
    expect(response.headers.get("content-length")).toBe(String(text.length));
    expect(() => JSON.parse(text)).toThrow();
    expect(await contactNames()).toEqual(["Ann"]);
  });

  it("drips at the pace of sandbox time", async () => {
    await order({ type: "drip", bytes: 40, everyMs: 60_000 }, { operation: "/Organisation", method: "GET" });
    const received: string[] = [];
    const { port } = new URL(sandbox.origin);
    const socket = connect(Number(port), "localhost");
    socket.on("data", (data) => received.push(data.toString("latin1")));
    socket.write(
      `GET /xero/api/api.xro/2.0/Organisation HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${xero.tokens.access_token}\r\nxero-tenant-id: 5c1d3a60-7b0e-4f5a-9a51-0d8e5f1c7a01\r\naccept: application/json\r\n\r\n`,
    );
    const bodyBytes = (): number => (received.join("").split("\r\n\r\n")[1] ?? "").length;
    await expect.poll(bodyBytes).toBe(40);
    sandbox.clock.advance(60_000);
    await expect.poll(bodyBytes).toBe(80);
    socket.destroy();
  });
});

describe("a token", () => {
  const refresh = () =>
    postToken(sandbox.origin, {
      grant_type: "refresh_token",
      refresh_token: xero.tokens.refresh_token ?? "",
    });

  it("that has expired is refused until it is refreshed", async () => {
    await order({ type: "expired-token" });
    const refused = await putContact("Ann");
    expect(refused).toMatchObject({ status: 401, json: { Detail: expect.stringContaining("TokenExpired") } });
    expect((await xero.call("GET", "/Contacts")).status).toBe(401);
    expect((await refresh()).status).toBe(200);
  });

  it("that was revoked cannot be refreshed either", async () => {
    await order({ type: "revoked-token" });
    expect((await putContact("Ann")).status).toBe(401);
    expect(await refresh()).toMatchObject({ status: 400, json: { error: "invalid_grant" } });
  });

  it("of Zoho expires and is revoked alike", async () => {
    const token = await connectZoho();
    const fault = { service: "zoho", operation: "/contacts", method: "GET" };
    await order({ type: "expired-token" }, fault);
    expect((await callZoho(token, "GET", "/contacts")).status).toBe(401);
    const other = await connectZoho();
    expect((await callZoho(other, "GET", "/contacts")).status).toBe(200);
    await order({ type: "revoked-token" }, fault);
    expect((await callZoho(other, "GET", "/contacts")).status).toBe(401);
  });
});

describe("time out of joint", () => {
  it("shows in the Date header and in the records of the call that is struck alone", async () => {
    await order({ type: "clock-skew", seconds: 600 });
    const skewed = await putContact("Ann");
    expect(skewed.headers.get("date")).toContain("09:10:00");
    expect(skewed.json.Contacts[0].UpdatedDateUTC).toBe(`/Date(${Date.parse("2026-06-01T09:10:00Z")}+0000)/`);
    expect((await putContact("Bob")).headers.get("date")).toContain("09:00:00");
  });

  it("hides a write from reads for so many seconds of sandbox time, and from nothing else", async () => {
    await xero.create("Contacts", { Name: "Ann" });
    await order({ type: "stale-reads", seconds: 5 });
    const made = await putContact("Bob");
    expect(made.json.Contacts[0].Name).toBe("Bob");
    const id = made.json.Contacts[0].ContactID;
    expect(await contactNames()).toEqual(["Ann"]);
    expect((await xero.call("GET", `/Contacts/${id}`)).status).toBe(404);
    // A write knows of the hidden one: its name is taken.
    expect((await putContact("Bob")).status).toBe(400);
    sandbox.clock.advance(4_999);
    expect(await contactNames()).toEqual(["Ann"]);
    sandbox.clock.advance(2);
    expect(await contactNames()).toEqual(["Ann", "Bob"]);
  });

  it("shows a changed record as it was, and finds it where it was", async () => {
    const [contact] = await xero.create("Contacts", { Name: "Ann" });
    const [invoice] = await xero.create(
      "Invoices",
      anInvoice(contact?.ContactID, { InvoiceNumber: "OLD-1" }),
    );
    await order({ type: "stale-reads", seconds: 5 }, { operation: "/Invoices", method: "POST" });
    const body = { InvoiceID: invoice?.InvoiceID, InvoiceNumber: "NEW-1", DueDate: "2026-12-24" };
    expect((await xero.call("POST", "/Invoices", { body })).status).toBe(200);
    const numbered = async (number: string): Promise<number> =>
      (await xero.call("GET", "/Invoices", { query: { InvoiceNumbers: number } })).json.Invoices.length;
    expect([await numbered("OLD-1"), await numbered("NEW-1")]).toEqual([1, 0]);
    sandbox.clock.advance(5_001);
    expect([await numbered("OLD-1"), await numbered("NEW-1")]).toEqual([0, 1]);
  });
});

describe("a person's edit just before a call", () => {
  const strike = { operation: "/Organisation", method: "GET" };
  let contactId: string;
  let invoiceId: string;
  beforeEach(async () => {
    contactId = (await xero.create("Contacts", { Name: "Ann" }))[0]?.ContactID;
    invoiceId = (await xero.create("Invoices", anInvoice(contactId)))[0]?.InvoiceID;
  });
  const invoiceAfter = async (edit: object): Promise<Answered> => {
    await order({ type: "edit", edit }, strike);
    await xero.call("GET", "/Organisation");
    return (await xero.call("GET", `/Invoices/${invoiceId}`)).json.Invoices[0];
  };

  it("moves a due date, pays or voids the newest invoice, renames a contact", async () => {
    const moved = await invoiceAfter({ act: "due-date", record: invoiceId, date: "2026-08-01" });
    expect(moved.DueDateString).toContain("2026-08-01");
    await invoiceAfter({ act: "rename-contact", record: contactId, name: "Ann & Co" });
    expect(await contactNames()).toEqual(["Ann & Co"]);
    expect(await invoiceAfter({ act: "pay", amount: "4" })).toMatchObject({ AmountPaid: 4 });
    const [other] = await xero.create("Invoices", anInvoice(contactId));
    await invoiceAfter({ act: "void" });
    const { json } = await xero.call("GET", `/Invoices/${other?.InvoiceID}`);
    expect(json.Invoices[0].Status).toBe("VOIDED");
  });

  it("may be any call of the API, and is no call of the client's", async () => {
    const { seq } = sandbox.callLog;
    const path = "/Invoices/{record}";
    const edited = await invoiceAfter({
      method: "POST",
      path,
      record: invoiceId,
      body: { Reference: "by hand" },
    });
    expect(edited.Reference).toBe("by hand");
    expect(sandbox.callLog.entries(seq).map(({ method }) => method)).toEqual(["GET", "GET"]);
  });

  it("obeys the vendor's rules, and the call log says when they refused it", async () => {
    const { seq } = sandbox.callLog;
    await invoiceAfter({ act: "pay", record: invoiceId, amount: "1000" });
    expect(sandbox.callLog.entries(seq)[0]?.fault).toMatch(/^edit refused: .+/);
  });

  it("is made in Zoho Books as well", async () => {
    const token = await connectZoho();
    const made = await callZoho(token, "POST", "/contacts", { contact_name: "Zed" });
    const edit = { act: "rename-contact", record: made.json.contact.contact_id, name: "Zed Ltd" };
    await order({ type: "edit", edit }, { service: "zoho", operation: "/contacts", method: "GET" });
    const rows = (await callZoho(token, "GET", "/contacts")).json.contacts;
    expect(rows.map((row: Answered) => row.contact_name)).toEqual(["Zed Ltd"]);
  });
});

async function connectZoho(): Promise<string> {
  if (!sandbox.isSeeded()) await sandbox.seed({ kind: "empty" });
  const accounts = `${sandbox.origin}/zoho/eu/accounts/oauth/v2`;
  const redirect = "http://localhost:3000/api/connect/zoho-books/callback";
  const consent = await fetch(`${accounts}/auth`, {
    method: "POST",
    redirect: "manual",
    body: new URLSearchParams({
      response_type: "code",
      client_id: ZOHO_CLIENT.clientId,
      redirect_uri: redirect,
      scope: "ZohoBooks.contacts.ALL",
      state: "s",
      access_type: "offline",
      decision: "accept",
    }),
  });
  const code = new URL(consent.headers.get("location") ?? "about:blank").searchParams.get("code") ?? "";
  const tokens = await fetch(`${accounts}/token`, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "authorization_code",
      code,
      redirect_uri: redirect,
      client_id: ZOHO_CLIENT.clientId,
      client_secret: ZOHO_CLIENT.clientSecret,
    }),
  });
  return ((await tokens.json()) as Answered).access_token;
}

async function callZoho(
  token: string,
  method: string,
  path: string,
  body?: object,
): Promise<{ status: number; headers: Headers; json: Answered }> {
  const url = `${sandbox.origin}/zoho/eu/api/books/v3${path}?organization_id=${ZOHO_ORGANIZATION_ID}`;
  const response = await fetch(url, {
    method,
    headers: { authorization: `Zoho-oauthtoken ${token}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, headers: response.headers, json: (await response.json()) as Answered };
}
