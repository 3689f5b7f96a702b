import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createFrozenClock } from "@/sandbox/kit/clock";
import { TIDEWATER_TENANT_ID, xeroSeed } from "@/sandbox/seed/xero-organisation";
import { type RunningSandbox, startSandbox } from "@/sandbox/server";
import { type Answered, anInvoice, connectXero, type TestClient, type XeroReply } from "../test-client";

let sandbox: RunningSandbox;
let xero: TestClient;
let ann: string;
let bob: string;
const paged = [
  "Contacts",
  "Invoices",
  "CreditNotes",
  "Payments",
  "BankTransactions",
  "Overpayments",
  "Prepayments",
];
const unpaged = ["Accounts", "TaxRates", "Items", "TrackingCategories"];

/** Three of each, ten seconds apart. */
beforeAll(async () => {
  sandbox = await startSandbox({
    port: 0,
    limitSpeed: 1_000_000,
    clock: createFrozenClock("2026-06-01T09:00:00Z"),
  });
  xero = await connectXero(sandbox.origin);
  for (const name of ["Ann", "Bob", "Cid"]) {
    sandbox.clock.advance(10_000);
    const [contact] = await xero.create("Contacts", {
      Name: name,
      ContactNumber: `C-${name}`,
      EmailAddress: `${name}@example.test`,
      FirstName: "Given",
      AccountNumber: `A-${name}`,
    });
    const Contact = { ContactID: contact?.ContactID };
    if (name === "Ann") ann = contact?.ContactID;
    if (name === "Bob") bob = contact?.ContactID;
    const [invoice] = await xero.create(
      "Invoices",
      anInvoice(contact?.ContactID, { InvoiceNumber: `N-${name}`, Reference: `R-${name}` }),
    );
    await xero.create("CreditNotes", {
      ...anInvoice(contact?.ContactID),
      Type: "ACCRECCREDIT",
      CreditNoteNumber: `CN-${name}`,
    });
    await xero.create("Payments", {
      Invoice: { InvoiceID: invoice?.InvoiceID },
      Account: { Code: "090" },
      Date: "2026-05-20",
      Amount: 4,
      Reference: `P-${name}`,
    });
    const money = { Contact, BankAccount: { Code: "090" }, Date: "2026-05-20", Reference: `R-${name}` };
    await xero.create(
      "BankTransactions",
      {
        ...money,
        Type: "RECEIVE",
        LineItems: [{ Description: "x", UnitAmount: 1.2345, AccountCode: "200" }],
      },
      { ...money, Type: "RECEIVE-OVERPAYMENT", LineItems: [{ Description: "x", LineAmount: 3 }] },
      {
        ...money,
        Type: "RECEIVE-PREPAYMENT",
        LineItems: [{ Description: "x", UnitAmount: 3, AccountCode: "200" }],
      },
    );
    await xero.create("Items", { Code: `I-${name}`, Name: name, SalesDetails: { UnitPrice: 1.2345 } });
  }
});
afterAll(() => sandbox.stop());
// The frozen clock would keep every call in one limit window.
beforeEach(() => sandbox.clock.advance(1));

const get = (plural: string, query: Record<string, string> = {}, headers: Record<string, string> = {}) =>
  xero.call("GET", `/${plural}`, { query, headers });
const listed = (reply: XeroReply, plural: string): Answered[] => {
  expect(reply.status, reply.text).toBe(200);
  return reply.json[plural];
};
const names = async (plural: string, field: string, query: Record<string, string>): Promise<string[]> =>
  listed(await get(plural, query), plural).map((record) => record[field]);
const idOf = (plural: string, record: Answered): string =>
  record[`${plural.replace(/ies$/, "y").replace(/s$/, "")}ID`];
const switched = async (name: string, position: string, run: () => Promise<void>): Promise<void> => {
  const before = sandbox.context.switches.get(name);
  sandbox.context.switches.set(name, position);
  await run();
  sandbox.context.switches.set(name, before);
};

describe.each(paged)("the list of %s", (plural) => {
  it("is whole without a page, and says nothing of pages", async () => {
    const { json } = await get(plural);
    expect(json[plural].length).toBeGreaterThanOrEqual(3);
    expect(json.pagination).toBeUndefined();
  });

  it("comes in pages that hold every record once", async () => {
    const all = listed(await get(plural), plural).map((record) => idOf(plural, record));
    const pages: string[] = [];
    for (let page = 1; page <= all.length; page += 1) {
      const { json } = await get(plural, { page: String(page), pageSize: "1" });
      expect(json.pagination).toEqual({ page, pageSize: 1, pageCount: all.length, itemCount: all.length });
      pages.push(...json[plural].map((record: Answered) => idOf(plural, record)));
    }
    expect(pages).toEqual(all);
    expect(new Set(pages).size).toBe(all.length);
    expect((await get(plural, { page: String(all.length + 1), pageSize: "1" })).json[plural]).toEqual([]);
  });

  it.each([
    ["", 100],
    ["1001", 1000],
    ["1000", 1000],
    ["0", 1],
    ["-5", 1],
  ])("clamps the page size '%s' to %d", async (pageSize, expected) => {
    const { json } = await get(plural, { page: "1", pageSize });
    expect(json.pagination.pageSize).toBe(expected);
  });

  it("refuses a page that is no number", async () => {
    expect(await get(plural, { page: "first" })).toMatchObject({ status: 400 });
  });

  it("gives what changed since a time, in each way to write it", async () => {
    for (const since of [
      "Mon, 01 Jun 2026 09:00:30 GMT",
      "2026-06-01T09:00:30",
      "2026-06-01T09:00:30Z",
      "2026-06-01T09:00:30.000Z",
      "2026-06-01T10:00:30+01:00",
      "2026-06-01 09:00:30",
    ]) {
      const recent = listed(await get(plural, {}, { "if-modified-since": since }), plural);
      expect(recent.length, since).toBe(plural === "BankTransactions" ? 3 : 1);
    }
    expect(listed(await get(plural, {}, { "if-modified-since": "2026-06-01" }), plural).length).toBe(
      listed(await get(plural), plural).length,
    );
  });

  it("may leave out the very second that If-Modified-Since names", async () => {
    const headers = { "if-modified-since": "2026-06-01T09:00:30" };
    await switched("xero.modified-since", "exclusive", async () =>
      expect(listed(await get(plural, {}, headers), plural)).toEqual([]),
    );
  });

  it("is empty, or 304 where the switch says so, when nothing changed", async () => {
    const headers = { "if-modified-since": "2026-06-01T10:00:00" };
    expect(listed(await get(plural, { page: "1" }, headers), plural)).toEqual([]);
    await switched("xero.nothing-modified", "304", async () => {
      expect(await get(plural, { page: "1" }, headers)).toMatchObject({ status: 304, text: "" });
      expect((await get(plural, { page: "9" })).status).toBe(200);
    });
  });

  it("refuses fields that it does not have, even where it is empty", async () => {
    const headers = { "if-modified-since": "2026-06-01T10:00:00" };
    const wrong: Record<string, string>[] = [
      { where: "Nonsense==1" },
      { order: "Nonsense" },
      { order: "Name,,x" },
    ];
    for (const query of wrong)
      expect(await get(plural, query, headers)).toMatchObject({
        status: 400,
        json: { Type: "QueryParseException", ErrorNumber: 16 },
      });
  });

  it("goes by UpdatedDateUTC in either direction", async () => {
    const ascending = listed(await get(plural, { order: "UpdatedDateUTC ASC" }), plural);
    const descending = listed(await get(plural, { order: "updateddateutc desc" }), plural);
    const times = (records: Answered[]): string[] => records.map(({ UpdatedDateUTC }) => UpdatedDateUTC);
    expect(times(descending)).toEqual(times(ascending).reverse());
    expect(listed(await get(plural, { where: "UpdatedDateUTC>=DateTime(2026,6,2)" }), plural)).toEqual([]);
  });
});

describe.each(unpaged)("the list of %s", (plural) => {
  it("has no pages", async () => {
    const { json } = await get(plural, { page: "2", pageSize: "1" });
    expect(json.pagination).toBeUndefined();
    expect(json[plural].length).toBeGreaterThan(1);
  });

  it("takes where and order", async () => {
    const [first] = listed(await get(plural, { order: "Name DESC" }), plural);
    const found = listed(await get(plural, { where: `Name=="${first?.Name}"` }), plural);
    expect(found).toHaveLength(1);
    expect((await get(plural, { where: "Nonsense==1" })).status).toBe(400);
  });
});

describe("filters of one endpoint", () => {
  it("of contacts: IDs, searchTerm, includeArchived, summaryOnly", async () => {
    expect(await names("Contacts", "Name", { IDs: `${ann},${bob.toUpperCase()}` })).toEqual(["Ann", "Bob"]);
    for (const searchTerm of ["BOB", "bob@example", "c-bob"])
      expect(await names("Contacts", "Name", { searchTerm })).toEqual(["Bob"]);
    expect(await names("Contacts", "Name", { searchTerm: "given" })).toHaveLength(3);
    const [kept] = await xero.create("Contacts", { Name: "Zoe" });
    xeroSeed(sandbox.context).archiveContact(TIDEWATER_TENANT_ID, kept?.ContactID);
    expect(await names("Contacts", "Name", {})).not.toContain("Zoe");
    expect(await names("Contacts", "Name", { includeArchived: "true" })).toContain("Zoe");
    const [summary] = listed(await get("Contacts", { page: "1", summaryOnly: "true" }), "Contacts");
    expect(summary).not.toHaveProperty("IsCustomer");
    expect(summary).not.toHaveProperty("Balances");
    const [whole] = listed(await get("Contacts", { page: "1" }), "Contacts");
    expect(whole).toMatchObject({ IsCustomer: true, Balances: { AccountsReceivable: { Outstanding: 20 } } });
  });

  it("of contacts: where on every kind of field", async () => {
    const where = (text: string): Promise<string[]> => names("Contacts", "Name", { where: text });
    expect(await where('Name=="ann"')).toEqual(["Ann"]);
    expect(await where('EmailAddress!=null AND EmailAddress.StartsWith("bob")')).toEqual(["Bob"]);
    expect(await where(`ContactID==Guid("${ann}")`)).toEqual(["Ann"]);
    expect(await where('AccountNumber=="A-Cid"')).toEqual(["Cid"]);
    expect(await where('ContactStatus=="ACTIVE" AND IsCustomer==true')).toHaveLength(3);
    expect(await where("IsSupplier==true")).toEqual([]);
    expect(await where("TaxNumber==null")).toHaveLength(3);
  });

  it("of invoices: IDs, InvoiceNumbers, ContactIDs, Statuses, createdByMyApp, searchTerm, summaryOnly", async () => {
    const number = (query: Record<string, string>) => names("Invoices", "InvoiceNumber", query);
    const [first] = listed(await get("Invoices"), "Invoices");
    expect(await number({ IDs: `${first?.InvoiceID}` })).toEqual(["N-Ann"]);
    expect(await number({ InvoiceNumbers: "n-ann, N-Cid" })).toEqual(["N-Ann", "N-Cid"]);
    expect(await number({ ContactIDs: `${bob},${ann}` })).toEqual(["N-Ann", "N-Bob"]);
    expect(await number({ Statuses: "DRAFT,authorised" })).toHaveLength(3);
    expect(await number({ Statuses: "VOIDED" })).toEqual([]);
    expect(await number({ searchTerm: "r-bob" })).toEqual(["N-Bob"]);
    expect(await number({ createdByMyApp: "true", ContactIDs: ann, Statuses: "PAID" })).toEqual([]);
    const [summary] = listed(await get("Invoices", { page: "1", summaryOnly: "true" }), "Invoices");
    expect(summary?.LineItems).toEqual([]);
    expect(summary).not.toHaveProperty("Payments");
  });

  it("of invoices: where on fields that only the record itself has", async () => {
    const where = (text: string): Promise<string[]> => names("Invoices", "InvoiceNumber", { where: text });
    expect(await where("SubTotal==20 AND TotalTax==4 AND CurrencyRate==1")).toHaveLength(3);
    expect(await where("SentToContact==true")).toEqual([]);
    expect(await where("FullyPaidOnDate==null")).toHaveLength(3);
    expect(await where('LineAmountTypes=="Exclusive" AND Contact.Name=="Bob"')).toEqual(["N-Bob"]);
    expect(await where('Contact.ContactNumber=="C-Cid" && DueDate<=DateTime(2026,06,09)')).toEqual(["N-Cid"]);
    expect(await where("AmountPaid>0 AND AmountDue==20")).toHaveLength(3);
    expect(await where("Date.Year==2026 AND DueDate.Value.Month==6")).toHaveLength(3);
  });

  it("of payments, bank transactions, credit notes and credits", async () => {
    const count = async (plural: string, query: Record<string, string>): Promise<number> =>
      listed(await get(plural, query), plural).length;
    expect(await count("Payments", { where: 'PaymentType=="ACCRECPAYMENT" AND Status=="AUTHORISED"' })).toBe(
      3,
    );
    expect(await count("Payments", { where: 'Invoice.InvoiceNumber=="N-Bob"' })).toBe(1);
    expect(await count("Payments", { where: 'Invoice.Contact.Name=="Ann"' })).toBe(1);
    expect(await count("Payments", { where: 'Account.Code=="090" AND BankAmount==4' })).toBe(3);
    expect(await count("BankTransactions", { where: 'Type=="RECEIVE" AND Contact.Name=="Bob"' })).toBe(1);
    expect(await count("BankTransactions", { where: 'BankAccount.Code=="090"' })).toBe(9);
    expect(await count("BankTransactions", { References: "r-bob" })).toBe(3);
    expect(await count("CreditNotes", { where: 'CreditNoteNumber=="CN-Bob" AND RemainingCredit==24' })).toBe(
      1,
    );
    expect(await count("Overpayments", { References: "R-Ann,R-Cid" })).toBe(2);
    expect(await count("Prepayments", { References: "R-Ann" })).toBe(1);
    expect(await count("Prepayments", { InvoiceNumbers: "N-1" })).toBe(0);
    expect(await count("Prepayments", { where: "RemainingCredit>0 AND Total>0" })).toBe(3);
  });

  it("orders by several fields at once", async () => {
    const order = "CurrencyCode, Contact.Name DESC, InvoiceNumber ASC";
    expect(await names("Invoices", "InvoiceNumber", { order })).toEqual(["N-Cid", "N-Bob", "N-Ann"]);
  });
});

describe("a where that is read in more than one way", () => {
  it("refuses a call on a field that is empty, or takes it for false, as switched", async () => {
    await xero.create("Invoices", anInvoice(ann, { InvoiceNumber: "N-Plain", Reference: "" }));
    const query = { where: 'Reference.Contains("R-")' };
    expect(await get("Invoices", query)).toMatchObject({
      status: 400,
      json: { Message: expect.stringContaining("must be preceded by a null guard") },
    });
    expect(
      await names("Invoices", "InvoiceNumber", { where: 'Reference!=null && Reference.Contains("R-")' }),
    ).toEqual(["N-Ann", "N-Bob", "N-Cid"]);
    await switched("xero.where-null-guard", "not-required", async () =>
      expect(await names("Invoices", "InvoiceNumber", query)).toEqual(["N-Ann", "N-Bob", "N-Cid"]),
    );
  });

  it("compares text with or without regard to case, as switched", async () => {
    const query = { where: 'Name=="ann"' };
    expect(await names("Contacts", "Name", query)).toEqual(["Ann"]);
    await switched("xero.where-text-case", "sensitive", async () => {
      expect(await names("Contacts", "Name", query)).toEqual([]);
      expect(await names("Contacts", "Name", { where: 'Name=="Ann"' })).toEqual(["Ann"]);
    });
  });

  it("has the ErrorNumber that is switched where it cannot be read", async () => {
    const query = { where: "Nonsense==1" };
    expect((await get("Contacts", query)).json).toMatchObject({ ErrorNumber: 16 });
    await switched("xero.query-parse-number", "0", async () =>
      expect((await get("Contacts", query)).json).toMatchObject({
        ErrorNumber: 0,
        Type: "QueryParseException",
      }),
    );
  });
});

describe("unitdp", () => {
  it.each([
    [undefined, 1.23],
    ["2", 1.23],
    ["4", 1.2345],
    ["3", 1.23],
  ])("of %s shows a unit amount as %d", async (unitdp, expected) => {
    const query = { page: "1", ...(unitdp === undefined ? {} : { unitdp }) };
    const found = listed(await get("BankTransactions", query), "BankTransactions");
    expect(found.find(({ Type }) => Type === "RECEIVE")?.LineItems[0].UnitAmount).toBe(expected);
    const [item] = listed(await get("Items", query), "Items");
    expect(item?.SalesDetails.UnitPrice).toBe(expected);
  });
});

describe("a long list", () => {
  it("is refused with 400 where no index serves the filter or the order", async () => {
    await xero.create(
      "Invoices",
      ...Array.from({ length: 20 }, (_, index) => anInvoice(ann, { InvoiceNumber: `L-${index}` })),
    );
    const unserved: Record<string, string>[] = [
      { where: "SubTotal>0" },
      { where: 'Status=="PAID" OR Status=="DRAFT"' },
      { where: 'Status!="PAID"' },
      { where: 'InvoiceNumber.StartsWith("L")' },
      { order: "Total DESC" },
    ];
    const served: Record<string, string>[] = [
      {},
      { where: 'Status=="AUTHORISED" AND Type=="ACCREC" AND Date>=DateTime(2026,1,1)' },
      { order: "UpdatedDateUTC" },
      { where: "SubTotal>0", ContactIDs: bob },
    ];
    for (const query of unserved) expect((await get("Invoices", { ...query, page: "1" })).status).toBe(200);
    await switched("xero.high-volume-rows", "20", async () => {
      for (const query of unserved)
        expect(await get("Invoices", { ...query, page: "1" }), JSON.stringify(query)).toMatchObject({
          status: 400,
          json: { Message: expect.stringContaining("high volume threshold") },
        });
      for (const query of served)
        expect((await get("Invoices", { ...query, page: "1" })).status, JSON.stringify(query)).toBe(200);
    });
  });
});
