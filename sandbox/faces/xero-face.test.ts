import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { TIDEWATER_TENANT_ID } from "@/sandbox/seed/xero-organisation";
import { type RunningSandbox, startSandbox } from "@/sandbox/server";
import { type Answered, connectXero, TEST_SCOPES, type TestClient } from "@/sandbox/xero/test-client";
import { linkNamed, type Visitor, visit } from "./test-pages";

const BASE = `/xero/books/${TIDEWATER_TENANT_ID}`;

let sandbox: RunningSandbox;
let xero: TestClient;
let pages: Visitor;
beforeEach(async () => {
  sandbox = await startSandbox({ port: 0, limitSpeed: 1_000, admin: true });
  xero = await connectXero(sandbox.origin, {
    scope: `${TEST_SCOPES} accounting.attachments accounting.manualjournals`,
  });
  pages = visit(sandbox.origin);
});
afterEach(() => sandbox.stop());

const anInvoice = (more: object = {}): object => ({
  Type: "ACCREC",
  Contact: { Name: "Harbour Lights" },
  Date: "2026-11-01",
  DueDate: "2026-11-30",
  InvoiceNumber: "INV-1",
  Reference: "PO 7",
  Status: "AUTHORISED",
  LineItems: [
    { Description: "Lamp", Quantity: 2, UnitAmount: 10, AccountCode: "200", TaxType: "OUTPUT2" },
    { Description: "Shade", Quantity: 1, UnitAmount: 5, AccountCode: "200", TaxType: "OUTPUT2" },
  ],
  ...more,
});

async function created(plural: string, record: object): Promise<Answered> {
  const [made] = await xero.create(plural, record);
  if (made === undefined) throw new Error("nothing was created");
  return made;
}
const read = async (path: string): Promise<Answered> => (await xero.call("GET", path)).json;
const invoiceNow = async (id: string): Promise<Answered> => (await read(`/Invoices/${id}`)).Invoices[0];

describe("an invoice's page", () => {
  it("shows lines, totals, payments, journal and history", async () => {
    const { InvoiceID: id } = await created("Invoices", anInvoice());
    await xero.call("PUT", "/Payments", {
      body: { Invoice: { InvoiceID: id }, Account: { Code: "090" }, Date: "2026-11-05", Amount: 12 },
    });
    const { text } = await pages.get(`${BASE}/invoices/${id}`);
    for (const shown of ["Harbour Lights", "Lamp", "OUTPUT2", "30.00", "18.00", "Payments and credits"])
      expect(text).toContain(shown);
    expect(text).toContain("Journal of 1 Nov 2026, in GBP");
    expect(text).toContain("Accounts Receivable");
    expect(text).toContain("Received through the Xero API");
  });

  it("offers its files as downloads, byte for byte", async () => {
    const { InvoiceID: id } = await created("Invoices", anInvoice());
    await xero.call("PUT", `/Invoices/${id}/Attachments/note.html`, {
      body: "<script>alert(1)</script>",
      headers: { "content-type": "text/html" },
    });
    const file = await fetch(
      sandbox.origin + linkNamed(await pages.get(`${BASE}/invoices/${id}`), "note.html"),
    );
    expect(file.headers.get("content-disposition")).toContain("attachment");
    expect(file.headers.get("content-type")).toBe("application/octet-stream");
    expect(await file.text()).toBe("<script>alert(1)</script>");
  });

  it("changes a due date and a line, which the API shows as a later edit by a person", async () => {
    const { InvoiceID: id, UpdatedDateUTC: before } = await created("Invoices", anInvoice());
    sandbox.clock.advance(60_000);
    const sent = await pages.post(`${BASE}/invoices/${id}/edit`, {
      DueDate: "2026-12-15",
      "line.1.UnitAmount": "6.5",
    });
    expect(sent).toMatchObject({ status: 303, location: `${BASE}/invoices/${id}?done=edit` });
    const after = await invoiceNow(id);
    expect(after).toMatchObject({ DueDateString: "2026-12-15T00:00:00", Reference: "PO 7", Total: 31.8 });
    expect(after.LineItems).toMatchObject([
      { Description: "Lamp", UnitAmount: 10 },
      { Description: "Shade", UnitAmount: 6.5 },
    ]);
    expect(after.UpdatedDateUTC > before).toBe(true);
    const { HistoryRecords: history } = await read(`/Invoices/${id}/History`);
    expect(history[0]).toMatchObject({ Changes: "Edited", User: "Olivia Shaw" });
    expect(history[0].Details).not.toContain("API");
    expect((await pages.get(sent.location ?? "")).text).toContain("Done: edit.");
  });

  it("pays, and shows Xero's refusal of a void in place", async () => {
    const { InvoiceID: id } = await created("Invoices", anInvoice());
    const account = (await read("/Accounts")).Accounts.find(({ Code }: Answered) => Code === "090");
    const paid = await pages.post(`${BASE}/invoices/${id}/pay`, {
      amount: "30.00",
      date: "2026-11-10",
      account: account.AccountID,
      reference: "by hand",
    });
    expect(paid.status).toBe(303);
    expect(await invoiceNow(id)).toMatchObject({ Status: "PAID", AmountDue: 0 });
    const refused = await pages.post(`${BASE}/invoices/${id}/void`);
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('role="alert"');
    expect((await invoiceNow(id)).Status).toBe("PAID");
  });

  it("keeps what was typed beside the refusal", async () => {
    const { InvoiceID: id } = await created("Invoices", anInvoice());
    const refused = await pages.post(`${BASE}/invoices/${id}/edit`, { DueDate: "no day" });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain("<details open>");
    expect(refused.text).toContain('value="no day"');
    expect((await invoiceNow(id)).DueDateString).toBe("2026-11-30T00:00:00");
  });

  it("approves, deletes and voids by status", async () => {
    const { InvoiceID: draft } = await created("Invoices", anInvoice({ Status: "DRAFT" }));
    await pages.post(`${BASE}/invoices/${draft}/approve`);
    expect((await invoiceNow(draft)).Status).toBe("AUTHORISED");
    await pages.post(`${BASE}/invoices/${draft}/void`);
    expect((await invoiceNow(draft)).Status).toBe("VOIDED");
    const { InvoiceID: other } = await created(
      "Invoices",
      anInvoice({ Status: "DRAFT", InvoiceNumber: "INV-2" }),
    );
    await pages.post(`${BASE}/invoices/${other}/delete`);
    expect((await invoiceNow(other)).Status).toBe("DELETED");
  });
});

describe("other records", () => {
  it("a contact is archived, restored and renamed", async () => {
    const { ContactID: id } = await created("Contacts", { Name: "Ann" });
    const contact = async () => (await read(`/Contacts/${id}`)).Contacts[0];
    await pages.post(`${BASE}/contacts/${id}/archive`);
    expect((await contact()).ContactStatus).toBe("ARCHIVED");
    expect((await pages.get(`${BASE}/contacts`)).text).toContain("Ann");
    expect(await pages.post(`${BASE}/contacts/${id}/restore`)).toMatchObject({ status: 303 });
    expect((await contact()).ContactStatus).toBe("ACTIVE");
    const { HistoryRecords: history } = await read(`/Contacts/${id}/History`);
    expect(history[0]).toMatchObject({ Changes: "Restored", User: "Olivia Shaw" });
    await pages.post(`${BASE}/contacts/${id}/edit`, { Name: "Ann & Co" });
    expect((await contact()).Name).toBe("Ann & Co");
  });

  it("a payment is deleted, and the invoice is open again", async () => {
    const { InvoiceID: invoice } = await created("Invoices", anInvoice());
    const { json } = await xero.call("PUT", "/Payments", {
      body: { Invoice: { InvoiceID: invoice }, Account: { Code: "090" }, Date: "2026-11-05", Amount: 30 },
    });
    await pages.post(`${BASE}/payments/${json.Payments[0].PaymentID}/delete`);
    expect(await invoiceNow(invoice)).toMatchObject({ Status: "AUTHORISED", AmountDue: 30 });
  });

  it("bills, credit notes, bank transactions, journals, orders and items can be opened and edited", async () => {
    const line = { Description: "Rent", Quantity: 1, UnitAmount: 50, AccountCode: "200" };
    const account = (await read("/Accounts")).Accounts.find(({ Code }: Answered) => Code === "090");
    const ann = await created("Contacts", { Name: "Ann" });
    const documents: readonly [string, string, string, object, Record<string, string>][] = [
      ["bills", "Invoices", "InvoiceID", anInvoice({ Type: "ACCPAY" }), { DueDate: "2026-12-24" }],
      [
        "credit-notes",
        "CreditNotes",
        "CreditNoteID",
        { Type: "ACCRECCREDIT", Contact: { Name: "Ann" }, Date: "2026-11-01", LineItems: [line] },
        { Reference: "by hand" },
      ],
      [
        "bank-transactions",
        "BankTransactions",
        "BankTransactionID",
        {
          Type: "RECEIVE",
          Contact: { Name: "Ann" },
          BankAccount: { AccountID: account.AccountID },
          LineItems: [line],
        },
        { Reference: "by hand" },
      ],
      [
        "manual-journals",
        "ManualJournals",
        "ManualJournalID",
        {
          Narration: "Accrual",
          JournalLines: [
            { LineAmount: 5, AccountCode: "200" },
            { LineAmount: -5, AccountCode: "200" },
          ],
        },
        { Narration: "by hand" },
      ],
      [
        "purchase-orders",
        "PurchaseOrders",
        "PurchaseOrderID",
        { Contact: { ContactID: ann.ContactID }, LineItems: [line] },
        { Reference: "by hand" },
      ],
      ["items", "Items", "ItemID", { Code: "LAMP", Name: "Lamp" }, { Name: "by hand" }],
    ];
    for (const [slug, plural, idField, record, form] of documents) {
      const { [idField]: id } = await created(plural, record);
      expect((await pages.get(`${BASE}/${slug}`)).text).toContain(`${BASE}/${slug}/${id}`);
      expect(await pages.post(`${BASE}/${slug}/${id}/edit`, form)).toMatchObject({ status: 303 });
      expect((await pages.get(`${BASE}/${slug}/${id}`)).text).toContain(
        slug === "bills" ? "24 Dec 2026" : "by hand",
      );
    }
  });
});

describe("settings", () => {
  it("move the lock dates, which the API then obeys and shows", async () => {
    const { InvoiceID: id } = await created("Invoices", anInvoice());
    const sent = await pages.post(`${BASE}/settings/lock-dates`, {
      periodLockDate: "2026-11-15",
      endOfYearLockDate: "",
    });
    expect(sent.status).toBe(303);
    expect((await pages.get(`${BASE}/settings`)).text).toContain("15 Nov 2026");
    const refused = await pages.post(`${BASE}/invoices/${id}/void`);
    expect(refused.text).toContain("period lock date");
    const wrong = await pages.post(`${BASE}/settings/lock-dates`, { periodLockDate: "soon" });
    expect(wrong).toMatchObject({ status: 422 });
  });

  it("disconnect the app, which its next call feels", async () => {
    expect((await xero.call("GET", "/Organisation")).status).toBe(200);
    expect((await pages.post(`${BASE}/settings/disconnect`)).status).toBe(303);
    expect((await xero.call("GET", "/Organisation")).status).toBe(403);
    expect((await pages.post(`${BASE}/settings/disconnect`)).text).toContain("No app is connected");
  });

  it("the trial balance is the API's own", async () => {
    await created("Invoices", anInvoice());
    const { text } = await pages.get(`${BASE}/trial-balance`);
    expect(text).toContain("Accounts Receivable");
    expect(text).toContain("30.00");
  });
});

describe("lists", () => {
  it("search and page", async () => {
    await xero.create(
      "Invoices",
      ...Array.from({ length: 50 }, (_, index) => anInvoice({ InvoiceNumber: `A-${index}` })),
    );
    await created("Invoices", anInvoice({ InvoiceNumber: "B-1" }));
    const first = await pages.get(`${BASE}/invoices`);
    expect(first.text).toContain("1 to 50 of 51");
    const second = await pages.get(linkNamed(first, "Next page"));
    expect(second.text).toContain("51 to 51 of 51");
    const found = await pages.get(`${BASE}/invoices?q=b-1`);
    expect(found.text).toContain("1 to 1 of 1");
    expect(found.text).toContain("B-1");
  });

  it("of a million invoices answer any page", async () => {
    await sandbox.reset();
    await sandbox.seed({ kind: "big" });
    const page = await pages.get(`${BASE}/invoices?page=10000`);
    expect(page.status).toBe(200);
    expect(page.text).toContain("of 1,000,000");
    const invoice = /href="([^"]*\/invoices\/[0-9a-f-]{36})"/.exec(page.text)?.[1] ?? "";
    expect((await pages.get(invoice)).text).toContain("Journal of");
  });
});
