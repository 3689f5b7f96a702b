import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createFrozenClock } from "@/sandbox/kit/clock";
import { type RunningSandbox, startSandbox } from "@/sandbox/server";
import { type Answered, anInvoice, connectXero, type TestClient } from "../test-client";

let sandbox: RunningSandbox;
let xero: TestClient;
let ann: string;
beforeEach(async () => {
  sandbox = await startSandbox({
    port: 0,
    limitSpeed: 1_000_000,
    clock: createFrozenClock("2026-06-01T09:00:00Z"),
  });
  xero = await connectXero(sandbox.origin);
  ann = (await xero.create("Contacts", { Name: "Ann" }))[0]?.ContactID;
});
afterEach(() => sandbox.stop());

const makeInvoices = async (numbers: readonly string[], fields: object = {}): Promise<Answered[]> =>
  xero.create("Invoices", ...numbers.map((InvoiceNumber) => anInvoice(ann, { InvoiceNumber, ...fields })));
const list = async (
  query: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<string[]> => {
  const reply = await xero.call("GET", "/Invoices", { query, headers });
  expect(reply.status, reply.text).toBe(200);
  return reply.json.Invoices.map(({ InvoiceNumber }: Answered) => InvoiceNumber);
};
const range = (first: number, last: number): string[] =>
  Array.from({ length: last - first + 1 }, (_, index) => `N-${String(first + index).padStart(3, "0")}`);

describe("paging", () => {
  it("gives pages of 100 unless told, clamps the size, and says how many there are", async () => {
    await makeInvoices(range(1, 105));
    const first = await xero.call("GET", "/Invoices", { query: { page: "1" } });
    expect(first.json.pagination).toEqual({ page: 1, pageSize: 100, pageCount: 2, itemCount: 105 });
    expect(first.json.Invoices).toHaveLength(100);
    const all = await xero.call("GET", "/Invoices", { query: { page: "1", pageSize: "5000" } });
    expect(all.json.pagination).toMatchObject({ pageSize: 1000 });
    const one = await xero.call("GET", "/Invoices", { query: { page: "1", pageSize: "0" } });
    expect(one.json.Invoices).toHaveLength(1);
    expect(await list({ page: "9" })).toEqual([]);
  });

  it("shows every record once when others are added between pages", async () => {
    await makeInvoices(range(1, 10));
    const first = await list({ page: "1", pageSize: "5" });
    sandbox.clock.advance(1_000);
    await makeInvoices(range(11, 13));
    const rest = [
      ...(await list({ page: "2", pageSize: "5" })),
      ...(await list({ page: "3", pageSize: "5" })),
    ];
    expect([...first, ...rest]).toEqual(range(1, 13));
  });

  it("skips a record when an earlier one is changed between pages, unless ordered by creation", async () => {
    const made = await makeInvoices(range(1, 6));
    sandbox.clock.advance(1_000);
    const readWithChange = async (): Promise<string[]> => {
      const first = await list({ page: "1", pageSize: "3" });
      await xero.call("POST", "/Invoices", { body: { InvoiceID: made[0]?.InvoiceID, Reference: "changed" } });
      return [...first, ...(await list({ page: "2", pageSize: "3" }))];
    };
    expect(await readWithChange()).not.toContain("N-004");
    sandbox.context.switches.set("xero.default-order", "created");
    expect(await readWithChange()).toEqual(range(1, 6));
  });

  it("shows lines on pages and single records, not in whole lists or summaries", async () => {
    const [made] = await makeInvoices(["A-1"]);
    const linesOf = async (path: string, query: Record<string, string>): Promise<number> =>
      (await xero.call("GET", path, { query })).json.Invoices[0].LineItems.length;
    expect(await linesOf("/Invoices", {})).toBe(0);
    expect(await linesOf("/Invoices", { page: "1" })).toBe(1);
    expect(await linesOf("/Invoices", { page: "1", summaryOnly: "true" })).toBe(0);
    expect(await linesOf(`/Invoices/${made?.InvoiceID}`, {})).toBe(1);
    expect(await linesOf("/invoices/a-1", {})).toBe(1);
  });
});

describe("filters", () => {
  it("If-Modified-Since takes an HTTP date or an ISO time without zone, to the second", async () => {
    await makeInvoices(["OLD"]);
    sandbox.clock.advance(10_500);
    await makeInvoices(["NEW"]);
    for (const since of ["Mon, 01 Jun 2026 09:00:05 GMT", "2026-06-01T09:00:05"])
      expect(await list({}, { "if-modified-since": since })).toEqual(["NEW"]);
    const sameSecond = { "if-modified-since": "2026-06-01T09:00:10" };
    expect(await list({}, sameSecond)).toEqual(["NEW"]);
    expect(await list({}, { "if-modified-since": "2026-06-01T09:00:10.900" })).toEqual(["NEW"]);
    sandbox.context.switches.set("xero.modified-since", "exclusive");
    expect(await list({}, sameSecond)).toEqual([]);
    expect(await list({}, { "if-modified-since": "2026-06-01T10:00:00" })).toEqual([]);
  });

  it("narrows by ids, numbers, contacts, statuses and search term", async () => {
    const made = await makeInvoices(["A-1", "A-2"]);
    await makeInvoices(["B-1"], { Status: "DRAFT", Reference: "Harbour order" });
    expect(await list({ IDs: `${made[1]?.InvoiceID}` })).toEqual(["A-2"]);
    expect(await list({ InvoiceNumbers: "a-1,B-1,Z-9" })).toEqual(["A-1", "B-1"]);
    expect(await list({ ContactIDs: ann, Statuses: "DRAFT" })).toEqual(["B-1"]);
    expect(await list({ searchTerm: "harbour" })).toEqual(["B-1"]);
  });

  it("understands where on numbers, contacts, dates, amounts and brackets", async () => {
    await makeInvoices(["A-1", "A-2"]);
    await makeInvoices(["B-1"], { Date: "2026-05-20", Status: "DRAFT" });
    const where = (text: string): Promise<string[]> => list({ where: text });
    expect(await where('Status=="DRAFT" OR InvoiceNumber=="A-1"')).toEqual(["A-1", "B-1"]);
    expect(await where('Type=="ACCREC" AND (Status=="DRAFT" || InvoiceNumber.StartsWith("A"))')).toHaveLength(
      3,
    );
    expect(await where(`Contact.ContactID==Guid("${ann}") && Date > DateTime(2026, 05, 15)`)).toEqual([
      "B-1",
    ]);
    expect(await where('Contact.Name.Contains("nn") AND Total>=24.00 AND Status!="DRAFT"')).toEqual([
      "A-1",
      "A-2",
    ]);
    expect(await where("Reference == null OR Reference != null")).toHaveLength(3);
    expect(await where("AmountDue<24")).toEqual([]);
  });

  it("refuses a where or order that it does not understand", async () => {
    await makeInvoices(["A-1"]);
    const wrong: Record<string, string>[] = [
      { where: "Nonsense==1" },
      { where: "Status==" },
      { where: "((" },
      { order: "Nonsense" },
    ];
    for (const query of wrong) {
      const reply = await xero.call("GET", "/Invoices", { query });
      expect(reply).toMatchObject({ status: 400, json: { Type: "QueryParseException" } });
    }
  });

  it("orders by the fields named", async () => {
    await makeInvoices(["A-2"], { Date: "2026-05-02" });
    await makeInvoices(["A-1", "A-3"], { Date: "2026-05-01" });
    expect(await list({ order: "Date DESC, InvoiceNumber ASC" })).toEqual(["A-2", "A-1", "A-3"]);
  });

  it("hides archived contacts unless they are asked for", async () => {
    await xero.call("POST", "/Contacts", { body: { ContactID: ann, ContactStatus: "ARCHIVED" } });
    const names = async (query: Record<string, string>): Promise<number> =>
      (await xero.call("GET", "/Contacts", { query })).json.Contacts.length;
    expect(await names({})).toBe(0);
    expect(await names({ includeArchived: "true" })).toBe(1);
  });
});

describe("settings", () => {
  it("answers accounts, tax rates, tracking and currencies as a UK organisation has them", async () => {
    const accounts = await xero.call("GET", "/Accounts", { query: { where: 'Type=="BANK"' } });
    expect(accounts.json.Accounts.map(({ Code }: Answered) => Code)).toEqual(["090", "092", "094", "096"]);
    const rates = await xero.call("GET", "/TaxRates/OUTPUT2");
    expect(rates.json.TaxRates[0]).toMatchObject({
      EffectiveRate: 20,
      CanApplyToRevenue: true,
      CanApplyToExpenses: false,
    });
    const tracking = await xero.call("GET", "/TrackingCategories");
    expect(tracking.json.TrackingCategories.map(({ Name }: Answered) => Name)).toEqual(["Region", "Channel"]);
    const currencies = async (): Promise<string[]> =>
      (await xero.call("GET", "/Currencies")).json.Currencies.map(({ Code }: Answered) => Code);
    expect(await currencies()).toEqual(["GBP", "EUR", "USD", "JPY"]);
    const asked = async (query: Record<string, string>): Promise<string[]> =>
      (await xero.call("GET", "/Currencies", { query })).json.Currencies.map(({ Code }: Answered) => Code);
    expect(await asked({ where: 'Code=="EUR"' })).toEqual(["EUR"]);
    expect(await asked({ order: "Code DESC" })).toEqual(["USD", "JPY", "GBP", "EUR"]);
    expect((await xero.call("GET", "/Currencies", { query: { where: "Nope==1" } })).status).toBe(400);
    await xero.call("PUT", "/Currencies", { body: { Code: "SEK" } });
    expect(await currencies()).toContain("SEK");
  });
});
