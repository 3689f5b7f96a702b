import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createFrozenClock } from "@/sandbox/kit/clock";
import { TIDEWATER_TENANT_ID, xeroSeed } from "@/sandbox/seed/xero-organisation";
import { type RunningSandbox, startSandbox } from "@/sandbox/server";
import { type Answered, anInvoice, connectXero, type TestClient, type XeroReply } from "../test-client";

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

const invoice = async (fields: object = {}): Promise<string> =>
  (await xero.create("Invoices", anInvoice(ann, fields)))[0]?.InvoiceID;
const creditNote = async (fields: object = {}): Promise<string> =>
  (await xero.create("CreditNotes", { ...anInvoice(ann), Type: "ACCRECCREDIT", ...fields }))[0]?.CreditNoteID;
const statusOf = async (id: string): Promise<string> =>
  (await xero.call("GET", `/Invoices/${id}`)).json.Invoices[0].Status;
const pay = (fields: object): Promise<XeroReply> =>
  xero.call("PUT", "/Payments", {
    body: { Account: { Code: "090" }, Date: "2026-05-20", Amount: 24, ...fields },
  });
const messages = ({ status, json, text }: XeroReply): string[] => {
  expect(status, text).toBe(400);
  return json.Elements.flatMap((element: Answered) =>
    element.ValidationErrors.map(({ Message }: Answered) => Message),
  );
};

describe("a payment is refused", () => {
  const NO_ACCOUNT = "The account to be paid into or from could not be found, or is archived.";
  const NOT_APPROVED = "Payments can only be made against Authorised documents";
  it.each([
    [
      "above what is due",
      { Amount: 24.01 },
      "Payment amount exceeds the amount outstanding on this document",
    ],
    ["of nothing", { Amount: 0 }, "The payment amount must be greater than 0."],
    ["below nothing", { Amount: -1 }, "The payment amount must be greater than 0."],
    ["without an amount", { Amount: null }, "The payment amount must be greater than 0."],
    ["with half a penny", { Amount: 1.005 }, "The payment amount has more decimals than GBP has."],
    ["into an unknown account", { Account: { Code: "999" } }, NO_ACCOUNT],
    ["into no account", { Account: null }, NO_ACCOUNT],
    [
      "into an account without payments",
      { Account: { Code: "200" } },
      "Payments can only be made to a bank account or an account that has payments enabled.",
    ],
    [
      "into an account of another currency",
      { Account: { Code: "094" } },
      "The currency of the account (EUR) must be the document's (GBP) or the base currency.",
    ],
    ["with a long reference", { Reference: "x".repeat(256) }, "Reference must be at most 255 characters."],
    [
      "of an unknown document",
      { Invoice: { InvoiceID: randomUUID() } },
      "The document to be paid could not be found.",
    ],
    ["of no document", { Invoice: null }, "The document to be paid could not be found."],
  ])("%s", async (_, fields, message) => {
    const Invoice = { InvoiceID: await invoice() };
    expect(messages(await pay({ Invoice, ...fields }))).toEqual([message]);
    expect(await statusOf(Invoice.InvoiceID)).toBe("AUTHORISED");
  });

  it.each(["DRAFT", "SUBMITTED", "VOIDED", "DELETED"])("of a document that is %s", async (status) => {
    const isClosed = status === "VOIDED" || status === "DELETED";
    const InvoiceID = await invoice(
      isClosed ? (status === "DELETED" ? { Status: "DRAFT" } : {}) : { Status: status },
    );
    if (isClosed) await xero.call("POST", `/Invoices/${InvoiceID}`, { body: { Status: status } });
    expect(await statusOf(InvoiceID)).toBe(status);
    expect(messages(await pay({ Invoice: { InvoiceID } }))).toEqual([NOT_APPROVED]);
  });

  it("of a document that is paid already", async () => {
    const Invoice = { InvoiceID: await invoice() };
    expect((await pay({ Invoice })).status).toBe(200);
    expect(messages(await pay({ Invoice, Amount: 0.01 }))).toEqual([
      "Payment amount exceeds the amount outstanding on this document",
    ]);
  });

  it("into an account that was archived", async () => {
    xeroSeed(sandbox.context).archiveAccount(TIDEWATER_TENANT_ID, "090");
    expect(messages(await pay({ Invoice: { InvoiceID: await invoice() } }))).toEqual([NO_ACCOUNT]);
  });

  it("on a locked day, when made and when deleted", async () => {
    const Invoice = { InvoiceID: await invoice() };
    const { json } = await pay({ Invoice, Amount: 1 });
    xeroSeed(sandbox.context).setLockDate(TIDEWATER_TENANT_ID, { period: "2026-05-20" });
    const locked = "The document date cannot be before the period lock date, currently set at 20 May 2026";
    expect(messages(await pay({ Invoice, Amount: 1 }))).toEqual([locked]);
    expect((await pay({ Invoice, Amount: 1, Date: "2026-05-21" })).status).toBe(200);
    const remove = await xero.call("POST", `/Payments/${json.Payments[0].PaymentID}`, {
      body: { Status: "DELETED" },
    });
    expect(messages(remove)).toEqual([locked]);
  });
});

describe("a payment", () => {
  it("is deleted by either address and never changed, nor deleted twice", async () => {
    const Invoice = { InvoiceID: await invoice() };
    const made = await Promise.all([pay({ Invoice, Amount: 1 }), pay({ Invoice, Amount: 2 })]);
    const [one = "", two = ""] = made.map(({ json }) => String(json.Payments[0].PaymentID));
    expect((await xero.call("POST", `/Payments/${one}`, { body: { Status: "DELETED" } })).status).toBe(200);
    const listed = await xero.call("POST", "/Payments", {
      body: { Payments: [{ PaymentID: two, Status: "DELETED" }] },
    });
    expect(listed.json.Payments[0]).toMatchObject({ PaymentID: two, Status: "DELETED" });
    expect(messages(await xero.call("POST", `/Payments/${one}`, { body: { Status: "DELETED" } }))).toEqual([
      "This payment has already been deleted.",
    ]);
    const { json } = await pay({ Invoice, Amount: 3 });
    const path = `/Payments/${json.Payments[0].PaymentID}`;
    expect(messages(await xero.call("POST", path, { body: { Amount: 2 } }))).toEqual([
      "Payments cannot be changed, only deleted.",
    ]);
    expect(
      (await xero.call("POST", `/Payments/${randomUUID()}`, { body: { Status: "DELETED" } })).status,
    ).toBe(404);
  });

  it("of a foreign invoice has its rate from BankAmount, unless CurrencyRate tells it", async () => {
    const InvoiceID = await invoice({ CurrencyCode: "EUR", CurrencyRate: 1.2 });
    const paid = async (fields: object) =>
      (await pay({ Invoice: { InvoiceID }, Amount: 6, ...fields })).json.Payments[0];
    expect(await paid({ BankAmount: 4.99 })).toMatchObject({
      BankAmount: 4.99,
      CurrencyRate: 1.202405,
    });
    expect(await paid({ BankAmount: 4.99, CurrencyRate: 1.25 })).toMatchObject({
      BankAmount: 4.8,
      CurrencyRate: 1.25,
    });
    expect(await paid({})).toMatchObject({ BankAmount: 5, CurrencyRate: 1.2 });
    const plain = await pay({ Invoice: { InvoiceID: await invoice() }, Amount: 6, BankAmount: 1 });
    expect(plain.json.Payments[0]).toMatchObject({ BankAmount: 6, CurrencyRate: 1 });
  });

  it("may go to an account with payments enabled, found by code or by id", async () => {
    const Invoice = { InvoiceID: await invoice() };
    expect((await pay({ Invoice, Amount: 1, Account: { Code: "620" } })).status).toBe(200);
    const { json } = await xero.call("GET", "/Accounts", { query: { where: 'Code=="090"' } });
    const Account = { AccountID: json.Accounts[0].AccountID };
    expect((await pay({ Invoice, Amount: 1, Account })).status).toBe(200);
  });

  it("keeps its invoice from being voided until it is deleted", async () => {
    const InvoiceID = await invoice();
    const { json } = await pay({ Invoice: { InvoiceID }, Amount: 1 });
    const voiding = () => xero.call("POST", `/Invoices/${InvoiceID}`, { body: { Status: "VOIDED" } });
    expect(messages(await voiding())).toEqual([
      "This document cannot be voided as it has a payment or credit note allocated to it.",
    ]);
    await xero.call("POST", `/Payments/${json.Payments[0].PaymentID}`, { body: { Status: "DELETED" } });
    expect((await voiding()).status).toBe(200);
  });
});

describe("a CurrencyRate", () => {
  const foreign = (CurrencyRate: unknown): object =>
    anInvoice(ann, { CurrencyCode: "EUR", CurrencyRate, Reference: "r" });

  it.each([0, -1.2, "0.0000004"])("of %s is refused on every kind of document", async (rate) => {
    const sent: readonly [string, object][] = [
      ["Invoices", foreign(rate)],
      ["CreditNotes", { ...foreign(rate), Type: "ACCRECCREDIT" }],
      ["BankTransactions", { ...foreign(rate), Type: "RECEIVE", BankAccount: { Code: "094" } }],
      ["PurchaseOrders", foreign(rate)],
      ["Quotes", { ...foreign(rate), Status: "DRAFT" }],
    ];
    for (const [plural, body] of sent)
      expect(messages(await xero.call("PUT", `/${plural}`, { body })), plural).toContain(
        "The CurrencyRate must be greater than 0.",
      );
  });

  it("is kept to six decimals", async () => {
    const { json } = await xero.call("PUT", "/Invoices", { body: foreign("1.12345678") });
    expect(json.Invoices[0].CurrencyRate).toBe(1.123457);
  });
});

describe("an allocation", () => {
  it("is taken under the name AppliedAmount too, as older clients send it", async () => {
    const note = await creditNote();
    const id = await invoice();
    const reply = await xero.call("PUT", `/CreditNotes/${note}/Allocations`, {
      body: `<Allocations><Allocation><AppliedAmount>24.00</AppliedAmount><Invoice><InvoiceID>${id}</InvoiceID></Invoice></Allocation></Allocations>`,
      headers: { "content-type": "application/xml" },
    });
    expect(reply.json.Allocations[0]).toMatchObject({ Amount: 24, Invoice: { InvoiceID: id } });
    expect(await statusOf(id)).toBe("PAID");
  });
});

describe("an allocation is refused", () => {
  const allocate = (id: string, fields: object): Promise<XeroReply> =>
    xero.call("PUT", `/CreditNotes/${id}/Allocations`, {
      body: { Allocations: [{ Amount: 1, Date: "2026-05-20", ...fields }] },
    });

  it.each([
    [
      "above what is left",
      { Amount: 24.01 },
      "The amount to allocate exceeds the remaining credit of this document",
    ],
    ["of nothing", { Amount: 0 }, "The amount to allocate must be greater than 0."],
    ["to no invoice", { Invoice: null }, "The invoice to be allocated to could not be found."],
  ])("%s", async (_, fields, message) => {
    const Invoice = {
      InvoiceID: await invoice({ LineItems: [{ Description: "x", UnitAmount: 90, AccountCode: "200" }] }),
    };
    expect(messages(await allocate(await creditNote(), { Invoice, ...fields }))).toEqual([message]);
  });

  it("above what is due, and of a note or to an invoice that is not approved", async () => {
    const Invoice = { InvoiceID: await invoice() };
    await pay({ Invoice, Amount: 23 });
    const id = await creditNote();
    expect(messages(await allocate(id, { Invoice, Amount: 2 }))).toEqual([
      "The amount to allocate exceeds the amount due on the invoice",
    ]);
    for (const Status of ["DRAFT", "SUBMITTED"]) {
      expect(messages(await allocate(await creditNote({ Status }), { Invoice }))).toEqual([
        "Only an authorised credit with a remaining amount can be allocated.",
      ]);
      const draft = { InvoiceID: await invoice({ Status }) };
      expect(messages(await allocate(id, { Invoice: draft }))).toEqual([
        "Credit can only be allocated to an authorised invoice with an amount due.",
      ]);
    }
  });

  it("to another side, another currency, another contact, or on a locked day", async () => {
    const id = await creditNote();
    const LineItems = [{ Description: "x", UnitAmount: 9, AccountCode: "429" }];
    const bill = { InvoiceID: await invoice({ Type: "ACCPAY", LineItems }) };
    expect(messages(await allocate(id, { Invoice: bill }))).toEqual([
      "The credit and the invoice are of different sides.",
    ]);
    const euro = { InvoiceID: await invoice({ CurrencyCode: "EUR" }) };
    expect(messages(await allocate(id, { Invoice: euro }))).toEqual([
      "The credit and the invoice must be in the same currency.",
    ]);
    const other = { InvoiceID: await invoice({ Contact: { Name: "Bob" } }) };
    expect(messages(await allocate(id, { Invoice: other }))).toEqual([
      "The credit and the invoice must be of the same contact.",
    ]);
    sandbox.context.switches.set("xero.allocation-contact", "any");
    expect((await allocate(id, { Invoice: other })).status).toBe(200);
    xeroSeed(sandbox.context).setLockDate(TIDEWATER_TENANT_ID, { endOfYear: "2026-05-20" });
    expect(
      messages(await allocate(id, { Invoice: { InvoiceID: await invoice({ Date: "2026-05-21" }) } })),
    ).toEqual(["The document date cannot be before the end of year lock date, currently set at 20 May 2026"]);
  });

  it("of a note that does not exist with 404", async () => {
    expect((await allocate(randomUUID(), {})).status).toBe(404);
  });
});
