import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RunningSandbox, startSandbox } from "@/sandbox/server";
import { type Answered, anInvoice, connectXero, type TestClient } from "@/sandbox/xero/test-client";
import { ZOHO_CLIENT } from "@/sandbox/zoho/accounts/oauth";
import { ALL_SCOPES, REDIRECT_URI } from "@/sandbox/zoho/testing";
import { ZOHO_ORGANIZATION_ID } from "../zoho-reference-data";
import { bigInvoiceHead, bigLines, bigTotalsByDay, pounds } from "./big-company";

let dir: string;
let sandbox: RunningSandbox;
let xero: TestClient;
let zohoToken: string;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "sandbox-big-"));
  sandbox = await startSandbox({ port: 0, dir, limitSpeed: 1_000_000 });
  await sandbox.seed({ kind: "big" });
  xero = await connectXero(sandbox.origin);
  zohoToken = await connectZoho();
});
afterAll(async () => {
  await sandbox.stop();
  await rm(dir, { recursive: true, force: true });
});

const list = async (path: string, query: Record<string, string>, headers: Record<string, string> = {}) => {
  const reply = await xero.call("GET", path, { query, headers });
  expect(reply.status, reply.text.slice(0, 300)).toBe(200);
  return reply.json;
};
const numbers = (json: Answered): string[] =>
  json.Invoices.map(({ InvoiceNumber }: Answered) => InvoiceNumber);

describe("a company of a million invoices in Xero", () => {
  it("pages through contacts and invoices, from the first page to the last", async () => {
    const contacts = await list("/Contacts", { page: "1", pageSize: "2" });
    expect(contacts.pagination).toMatchObject({ itemCount: 100_000, pageCount: 50_000 });
    expect(contacts.Contacts[1].Name).toBe("Customer 000002 Ltd");
    const first = await list("/Invoices", { page: "1", pageSize: "1000" });
    expect(first.pagination).toMatchObject({ itemCount: 1_000_000, pageCount: 1_000 });
    expect(first.Invoices).toHaveLength(1_000);
    const last = await list("/Invoices", { page: "1000", pageSize: "1000" });
    expect(last.Invoices.at(-1).InvoiceNumber).toBe("BIG-1000000");
    expect((await list("/Invoices", { page: "1001", pageSize: "1000" })).Invoices).toEqual([]);
  });

  it("finds records by id, number, name, contact and time of change", async () => {
    const found = await list("/Invoices", { InvoiceNumbers: "BIG-0654321,big-0000007,BIG-9999999" });
    expect(numbers(found)).toHaveLength(2);
    const invoice = (await xero.call("GET", "/Invoices/BIG-0654321")).json.Invoices[0];
    expect(invoice.Contact.Name).toBe("Customer 054321 Ltd");
    expect(numbers(await list("/Invoices", { IDs: invoice.InvoiceID }))).toEqual(["BIG-0654321"]);
    const ofContact = await list("/Invoices", { ContactIDs: invoice.Contact.ContactID, page: "1" });
    expect(ofContact.pagination.itemCount).toBe(10);
    const byName = await list("/Contacts", { where: 'Name=="Customer 054321 Ltd"' });
    expect(byName.Contacts).toHaveLength(1);
    const since = await list("/Invoices", { page: "1" }, { "if-modified-since": "2026-06-29T12:00:00" });
    expect(since.pagination.itemCount).toBeGreaterThan(10);
    expect(since.pagination.itemCount).toBeLessThan(2_000);
  });

  it("narrows by status, and refuses what no index serves", async () => {
    const drafts = await list("/Invoices", { Statuses: "DRAFT", page: "1", pageSize: "1" });
    expect(drafts.pagination.itemCount).toBe(50_000);
    const unserved: Record<string, string>[] = [{ where: "Total>100" }, { order: "Total" }, {}];
    for (const query of unserved) expect((await xero.call("GET", "/Invoices", { query })).status).toBe(400);
  });

  it("adds up: lines to documents, documents to the contact's balance", async () => {
    const invoice = (await xero.call("GET", "/Invoices/BIG-0000002")).json.Invoices[0];
    const net = invoice.LineItems.reduce((sum: number, line: Answered) => sum + line.LineAmount, 0);
    expect(invoice.SubTotal).toBeCloseTo(net, 2);
    expect(invoice.Total).toBeCloseTo(invoice.SubTotal + invoice.TotalTax, 2);
    const contact = (await xero.call("GET", `/Contacts/${invoice.Contact.ContactID}`)).json.Contacts[0];
    const owed = await list("/Invoices", {
      ContactIDs: contact.ContactID,
      Statuses: "AUTHORISED",
      page: "1",
    });
    const due = owed.Invoices.reduce((sum: number, one: Answered) => sum + one.AmountDue, 0);
    expect(contact.Balances.AccountsReceivable.Outstanding).toBeCloseTo(due, 2);
  });

  it("takes edits and new records over the derived ones, and keeps them over a restart", async () => {
    const before = (await xero.call("GET", "/Invoices/BIG-0000003")).json.Invoices[0];
    const change = { InvoiceID: before.InvoiceID, Reference: "by hand" };
    expect((await xero.call("POST", "/Invoices", { body: change })).status).toBe(200);
    const taken = { InvoiceNumber: "BIG-0000004" };
    const refused = await xero.call("PUT", "/Invoices", { body: anInvoice(before.Contact.ContactID, taken) });
    expect(refused.status).toBe(400);
    await xero.create("Invoices", anInvoice(before.Contact.ContactID, { InvoiceNumber: "NEW-1" }));
    const check = async (): Promise<void> => {
      const last = await list("/Invoices", { page: "1001", pageSize: "1000" });
      expect(last.pagination.itemCount).toBe(1_000_001);
      expect(numbers(last)).toEqual(["NEW-1"]);
      expect(numbers(await list("/Invoices", { page: "1", pageSize: "3" }))).not.toContain("BIG-0000003");
      const edited = (await xero.call("GET", `/Invoices/${before.InvoiceID}`)).json.Invoices[0];
      expect(edited).toMatchObject({
        Reference: "by hand",
        InvoiceNumber: "BIG-0000003",
        Total: before.Total,
      });
    };
    await check();
    const port = Number(new URL(sandbox.origin).port);
    await sandbox.stop();
    sandbox = await startSandbox({ port, dir, limitSpeed: 1_000_000 });
    await check();
  });
});

describe("the same company in Zoho Books", () => {
  it("pages through invoices in any order, with new ones among them", async () => {
    const rows = async (query: Record<string, string>): Promise<string[]> =>
      (await callZoho("GET", "/invoices", query)).invoices.map((row: Answered) => row.invoice_number);
    expect(await rows({ per_page: "2" })).toEqual(["BIG-1000000", "BIG-0999999"]);
    const created = { sort_column: "created_time", sort_order: "A", per_page: "200" };
    expect((await rows({ ...created, page: "5000" })).at(-1)).toBe("BIG-1000000");
    const contact = (await callZoho("GET", "/contacts", { per_page: "1" })).contacts[0];
    expect(contact.contact_name).toBe("Customer 000001 Ltd");
    await callZoho(
      "POST",
      "/invoices",
      {},
      {
        customer_id: contact.contact_id,
        invoice_number: "BIG-0500000-B",
        line_items: [{ name: "By hand", rate: 10, quantity: 1 }],
      },
    );
    const around = { sort_column: "invoice_number", sort_order: "A", per_page: "200", page: "2501" };
    expect((await rows(around)).slice(0, 2)).toEqual(["BIG-0500000-B", "BIG-0500001"]);
    const biggest = await callZoho("GET", "/invoices", {
      sort_column: "total",
      sort_order: "D",
      per_page: "3",
    });
    const totals = biggest.invoices.map(({ total }: Answered) => Number(total));
    expect([...totals].sort((a, b) => b - a)).toEqual(totals);
  });

  it("gives one invoice with its lines, and what a customer owes", async () => {
    const contact = (await callZoho("GET", "/contacts", { contact_name: "Customer 000002 Ltd" })).contacts[0];
    const list = await callZoho("GET", "/invoices", { customer_id: contact.contact_id });
    expect(list.invoices).toHaveLength(10);
    const one = await callZoho("GET", `/invoices/${list.invoices[0].invoice_id}`);
    const net = one.invoice.line_items.reduce((sum: number, line: Answered) => sum + line.item_total, 0);
    expect(one.invoice.sub_total).toBeCloseTo(net, 2);
    expect(contact.outstanding_receivable_amount).toBeGreaterThan(0);
  });
});

describe("the arithmetic of the big company", () => {
  const company = { contacts: 100, invoices: 5_000 };

  it("is the same however it is asked", () => {
    let [net, count] = [0, 0];
    for (let number = 0; number < company.invoices; number += 1) {
      const head = bigInvoiceHead(company, number);
      expect(bigLines(number).reduce((sum, line) => sum + line.netPence, 0)).toBe(head.netPence);
      if (head.status !== "approved") continue;
      net += head.netPence;
      count += 1;
    }
    const totals = [...bigTotalsByDay(company).values()];
    expect(totals.reduce((sum, day) => sum + day.netPence, 0)).toBe(net);
    expect(totals.reduce((sum, day) => sum + day.invoices, 0)).toBe(count);
  });

  it("writes pence as decimal text without trailing zeros", () => {
    expect([0, 5, 50, 100, 1234, 120_050].map(pounds)).toEqual(["0", "0.05", "0.5", "1", "12.34", "1200.5"]);
  });
});

async function connectZoho(): Promise<string> {
  const accounts = `${sandbox.origin}/zoho/eu/accounts/oauth/v2`;
  const { clientId, clientSecret } = ZOHO_CLIENT;
  const consent = await fetch(`${accounts}/auth`, {
    method: "POST",
    redirect: "manual",
    body: new URLSearchParams({
      ...{ response_type: "code", client_id: clientId, redirect_uri: REDIRECT_URI, scope: ALL_SCOPES },
      ...{ state: "s", access_type: "offline", decision: "accept" },
    }),
  });
  const code = new URL(consent.headers.get("location") ?? "about:blank").searchParams.get("code") ?? "";
  const form = { grant_type: "authorization_code", code, redirect_uri: REDIRECT_URI };
  const tokens = await fetch(`${accounts}/token`, {
    method: "POST",
    body: new URLSearchParams({ ...form, client_id: clientId, client_secret: clientSecret }),
  });
  return ((await tokens.json()) as Answered).access_token;
}

async function callZoho(
  method: string,
  path: string,
  query: Record<string, string> = {},
  body?: object,
): Promise<Answered> {
  const url = new URL(`${sandbox.origin}/zoho/eu/api/books/v3${path}`);
  for (const [name, value] of Object.entries({ organization_id: ZOHO_ORGANIZATION_ID, ...query }))
    url.searchParams.set(name, value);
  const response = await fetch(url, {
    method,
    headers: { authorization: `Zoho-oauthtoken ${zohoToken}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const json = (await response.json()) as Answered;
  expect(json.code, JSON.stringify(json).slice(0, 300)).toBe(0);
  return json;
}
