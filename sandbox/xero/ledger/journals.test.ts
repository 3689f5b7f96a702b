import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createFrozenClock } from "@/sandbox/kit/clock";
import { TIDEWATER_TENANT_ID, xeroSeed } from "@/sandbox/seed/xero-organisation";
import { type RunningSandbox, startSandbox } from "@/sandbox/server";
import { type Answered, anInvoice, connectXero, type TestClient, type XeroReply } from "../test-client";
import { LEDGER_SCOPES } from "./test-scopes";

let sandbox: RunningSandbox;
let xero: TestClient;
beforeEach(async () => {
  sandbox = await startSandbox({
    port: 0,
    limitSpeed: 1_000_000,
    clock: createFrozenClock("2026-06-01T09:00:00Z"),
  });
  xero = await connectXero(sandbox.origin, { scope: LEDGER_SCOPES });
});
afterEach(() => sandbox.stop());

function messages({ status, json }: XeroReply): string[] {
  expect(status).toBe(400);
  return json.Elements[0].ValidationErrors.map(({ Message }: Answered) => Message);
}

const journal = (fields: object = {}): object => ({
  Narration: "Month end",
  Date: "2026-05-31",
  Status: "POSTED",
  JournalLines: [
    { LineAmount: 100, AccountCode: "400", Description: "Paid early" },
    { LineAmount: -100, AccountCode: "620" },
  ],
  ...fields,
});
const put = (fields: object = {}) => xero.call("PUT", "/ManualJournals", { body: journal(fields) });
const post = (fields: object) => xero.call("POST", "/ManualJournals", { body: fields });

describe("manual journals", () => {
  it("are drafts unless they are posted at once, without tax unless they say so", async () => {
    const { json } = await put({ Status: undefined, Url: "https://example.test/run/1" });
    expect(json.ManualJournals[0]).toMatchObject({
      Status: "DRAFT",
      LineAmountTypes: "NoTax",
      Narration: "Month end",
      Date: `/Date(${Date.parse("2026-05-31T00:00:00Z")}+0000)/`,
      Url: "https://example.test/run/1",
      ShowOnCashBasisReports: true,
      HasAttachments: false,
    });
    expect(json.ManualJournals[0].JournalLines[0]).toMatchObject({
      Description: "Paid early",
      TaxType: "NONE",
      TaxAmount: 0,
      LineAmount: 100,
      AccountCode: "400",
      Tracking: [],
      IsBlank: false,
    });
    const id = json.ManualJournals[0].ManualJournalID;
    const posted = await post({ ManualJournalID: id, Status: "POSTED" });
    expect(posted.json.ManualJournals[0]).toMatchObject({ ManualJournalID: id, Status: "POSTED" });
    const one = await xero.call("GET", `/ManualJournals/${id}`);
    expect(one.json.ManualJournals[0].JournalLines).toHaveLength(2);
  });

  it("that do not balance are refused with both sums", async () => {
    const lines = (credit: number): object => ({
      JournalLines: [
        { LineAmount: 100, AccountCode: "400" },
        { LineAmount: credit, AccountCode: "620" },
      ],
    });
    expect(messages(await put(lines(-10)))).toEqual([
      "The total debits (100.00) must equal total credits (-10.00)",
    ]);
    expect(messages(await put({ ...lines(-99.99), Status: "DRAFT" }))).toEqual([
      "The total debits (100.00) must equal total credits (-99.99)",
    ]);
  });

  it("balance with the tax of their lines where that is on top", async () => {
    const lines = (credit: number): object => ({
      LineAmountTypes: "Exclusive",
      JournalLines: [
        { LineAmount: 100, AccountCode: "400", TaxType: "INPUT2" },
        { LineAmount: credit, AccountCode: "620", TaxType: "NONE" },
      ],
    });
    expect(messages(await put(lines(-100)))).toEqual([
      "The total debits (120.00) must equal total credits (-100.00)",
    ]);
    const { json } = await put(lines(-120));
    expect(json.ManualJournals[0].JournalLines[0]).toMatchObject({ LineAmount: 100, TaxAmount: 20 });
  });

  it("need a narration, at least two lines, and a web address where they name one", async () => {
    expect(messages(await put({ Narration: "" }))).toEqual(["The Narration field is mandatory."]);
    expect(messages(await put({ JournalLines: [] }))).toEqual([
      "A manual journal must have at least 2 journal lines.",
    ]);
    expect(messages(await put({ Url: "nowhere" }))).toEqual([
      "Url must be a valid absolute http or https address.",
    ]);
  });

  it.each([
    ["Accounts Receivable", "610"],
    ["Accounts Payable", "800"],
    ["Retained Earnings", "960"],
    ["a bank account", "090"],
    ["an inventory account", "631"],
    ["no account at all", "9999"],
  ])("are not posted to %s", async (_, AccountCode) => {
    const JournalLines = [
      { LineAmount: 100, AccountCode: "400" },
      { LineAmount: -100, AccountCode },
    ];
    expect(messages(await put({ JournalLines }))).toEqual([
      `Account code '${AccountCode}' is not a valid code for this document.`,
    ]);
  });

  it("are refused a tax type that does not suit the account, and an archived account", async () => {
    const lines = (line: object): object => ({
      JournalLines: [
        { LineAmount: 100, ...line },
        { LineAmount: -100, AccountCode: "620" },
      ],
    });
    expect(messages(await put(lines({ AccountCode: "400", TaxType: "OUTPUT2" })))).toEqual([
      "The TaxType code 'OUTPUT2' cannot be used with account code '400'.",
    ]);
    expect(messages(await put(lines({ AccountCode: "299" })))).toEqual([
      "Account code '299' has been archived, or deleted, and can no longer be used.",
    ]);
  });

  it("carry tracking on their lines", async () => {
    const JournalLines = [
      { LineAmount: 100, AccountCode: "400", Tracking: [{ Name: "Region", Option: "North" }] },
      { LineAmount: -100, AccountCode: "620" },
    ];
    const { json } = await put({ JournalLines });
    expect(json.ManualJournals[0].JournalLines[0].Tracking).toMatchObject([
      { Name: "Region", Option: "North" },
    ]);
  });

  it("are voided once posted, deleted while drafts, and then stay as they are", async () => {
    const make = async (Status: string): Promise<string> =>
      (await put({ Status })).json.ManualJournals[0].ManualJournalID;
    const posted = await make("POSTED");
    const draft = await make("DRAFT");
    expect(messages(await post({ ManualJournalID: posted, Status: "DELETED" }))).toEqual([
      "Manual journal status cannot be changed from POSTED to DELETED.",
    ]);
    expect(messages(await post({ ManualJournalID: draft, Status: "VOIDED" }))).toEqual([
      "Manual journal status cannot be changed from DRAFT to VOIDED.",
    ]);
    const voided = await xero.call("POST", `/ManualJournals/${posted}`, { body: { Status: "VOIDED" } });
    expect(voided.json.ManualJournals[0].Status).toBe("VOIDED");
    const deleted = await post({ ManualJournalID: draft, Status: "DELETED" });
    expect(deleted.json.ManualJournals[0].Status).toBe("DELETED");
    for (const ManualJournalID of [posted, draft])
      expect(messages(await post({ ManualJournalID, Narration: "again" }))).toEqual([
        "Manual journal not of valid status for modification",
      ]);
    expect(messages(await put({ Status: "VOIDED" }))).toEqual([
      "Manual journal status 'VOIDED' is not valid for a new journal.",
    ]);
  });

  it("are listed without lines, and page by page with them", async () => {
    await put();
    await put({ Narration: "Second", Status: "DRAFT" });
    const all = await xero.call("GET", "/ManualJournals");
    expect(all.json.ManualJournals.map(({ JournalLines }: Answered) => JournalLines)).toEqual([[], []]);
    const paged = await xero.call("GET", "/ManualJournals", {
      query: { page: "1", where: 'Status=="DRAFT"' },
    });
    expect(paged.json.pagination).toEqual({ page: 1, pageSize: 100, pageCount: 1, itemCount: 1 });
    expect(paged.json.ManualJournals[0]).toMatchObject({ Narration: "Second" });
    expect(paged.json.ManualJournals[0].JournalLines).toHaveLength(2);
  });

  it("need their own scope, and a person who may see reports", async () => {
    const without = await connectXero(sandbox.origin);
    expect((await without.call("GET", "/ManualJournals")).status).toBe(401);
    const bookkeeper = await connectXero(sandbox.origin, {
      scope: LEDGER_SCOPES,
      user: "priya@tidewatergifts.test",
    });
    expect((await bookkeeper.call("PUT", "/ManualJournals", { body: journal() })).status).toBe(403);
  });
});

const transfer = (fields: object = {}) =>
  xero.call("PUT", "/BankTransfers", {
    body: {
      BankTransfers: [
        {
          FromBankAccount: { Code: "090" },
          ToBankAccount: { Code: "092" },
          Amount: "50.00",
          Date: "2026-05-20",
          Reference: "Saved",
          ...fields,
        },
      ],
    },
  });

describe("bank transfers", () => {
  it("move an amount between two bank accounts and name the two transactions", async () => {
    const { json } = await transfer();
    const [made] = json.BankTransfers;
    expect(made).toMatchObject({
      Status: "AUTHORISED",
      FromBankAccount: { Code: "090", Name: "Business Bank Account" },
      ToBankAccount: { Code: "092" },
      Amount: 50,
      CurrencyRate: 1,
      Reference: "Saved",
      FromIsReconciled: false,
      FromTracking: [],
    });
    expect(made.FromBankTransactionID).not.toBe(made.ToBankTransactionID);
    const one = await xero.call("GET", `/BankTransfers/${made.BankTransferID}`);
    expect(one.json.BankTransfers[0]).toEqual(made);
  });

  it("between currencies take the day's rate", async () => {
    const { json } = await transfer({ ToBankAccount: { Code: "094" } });
    expect(json.BankTransfers[0].CurrencyRate).toBeGreaterThan(1);
  });

  it.each([
    ["between an account and itself", { ToBankAccount: { Code: "090" } }, "must be different"],
    ["out of what is no bank account", { FromBankAccount: { Code: "200" } }, "FromBankAccount"],
    ["of nothing", { Amount: 0 }, "greater than 0"],
    ["of a thousandth", { Amount: 0.001 }, "more decimals"],
  ])("%s are refused", async (_, fields, message) => {
    expect(messages(await transfer(fields)).join(" ")).toContain(message);
  });

  it("are deleted by POST, once, and then listed only where deleted ones are asked for", async () => {
    const ids: string[] = [];
    for (let index = 0; index < 3; index += 1)
      ids.push((await transfer()).json.BankTransfers[0].BankTransferID);
    const [first, second] = ids;
    const byBody = await xero.call("POST", "/BankTransfers", {
      body: { BankTransfers: [{ BankTransferID: first, Status: "DELETED" }] },
    });
    expect(byBody.json.BankTransfers[0]).toMatchObject({ BankTransferID: first, Status: "DELETED" });
    const byPath = await xero.call("POST", `/BankTransfers/${second}`, { body: { Status: "DELETED" } });
    expect(byPath.json.BankTransfers[0]).toMatchObject({ BankTransferID: second, Status: "DELETED" });
    const again = await xero.call("POST", `/BankTransfers/${second}`, { body: { Status: "DELETED" } });
    expect(messages(again)).toEqual(["This bank transfer has already been deleted."]);
    expect((await xero.call("GET", "/BankTransfers")).json.BankTransfers).toHaveLength(1);
    const all = await xero.call("GET", "/BankTransfers", { query: { includeDeleted: "true" } });
    expect(all.json.BankTransfers).toHaveLength(3);
  });
});

describe("batch payments", () => {
  let invoices: Answered[];
  beforeEach(async () => {
    const [ann] = await xero.create("Contacts", { Name: "Ann" });
    invoices = await xero.create("Invoices", anInvoice(ann?.ContactID), anInvoice(ann?.ContactID));
  });
  const batch = (fields: object = {}) =>
    xero.call("PUT", "/BatchPayments", {
      body: {
        BatchPayments: [
          {
            Account: { Code: "090" },
            Date: "2026-05-20",
            Reference: "Run 7",
            Payments: invoices.map(({ InvoiceID }) => ({ Invoice: { InvoiceID }, Amount: 24 })),
            ...fields,
          },
        ],
      },
    });
  const invoiceNow = async (index: number): Promise<Answered> =>
    (await xero.call("GET", `/Invoices/${invoices[index]?.InvoiceID}`)).json.Invoices[0];

  it("pay every invoice in them and are taken back whole", async () => {
    const { json } = await batch();
    const [made] = json.BatchPayments;
    expect(made).toMatchObject({
      Type: "RECBATCH",
      Status: "AUTHORISED",
      TotalAmount: 48,
      Reference: "Run 7",
    });
    expect(made.Payments).toHaveLength(2);
    expect(await invoiceNow(1)).toMatchObject({ Status: "PAID", AmountPaid: 24 });
    const [payment] = made.Payments;
    const single = await xero.call("GET", `/Payments/${payment.PaymentID}`);
    expect(single.json.Payments[0].BatchPaymentID).toBe(made.BatchPaymentID);
    const alone = await xero.call("POST", `/Payments/${payment.PaymentID}`, { body: { Status: "DELETED" } });
    expect(messages(alone)).toEqual([
      "This payment is part of a batch payment and can only be deleted with it.",
    ]);
    const body = { BatchPaymentID: made.BatchPaymentID, Status: "DELETED" };
    const deleted = await xero.call("POST", "/BatchPayments", { body });
    expect(deleted.json.BatchPayments[0]).toMatchObject({ Status: "DELETED", Payments: [] });
    expect(await invoiceNow(0)).toMatchObject({ Status: "AUTHORISED", AmountDue: 24 });
    const again = await xero.call("POST", `/BatchPayments/${made.BatchPaymentID}`, {
      body: { Status: "DELETED" },
    });
    expect(messages(again)).toEqual(["This batch payment has already been deleted."]);
  });

  it("with one payment too many pay nothing", async () => {
    const Payments = [
      { Invoice: { InvoiceID: invoices[0]?.InvoiceID }, Amount: 24 },
      { Invoice: { InvoiceID: invoices[1]?.InvoiceID }, Amount: 24.01 },
    ];
    expect(messages(await batch({ Payments }))).toEqual([
      "Payment amount exceeds the amount outstanding on this document",
    ]);
    expect(await invoiceNow(0)).toMatchObject({ Status: "AUTHORISED", AmountDue: 24 });
    expect((await xero.call("GET", "/Payments")).json.Payments).toEqual([]);
  });

  it("hold sales or bills, not both, and short texts only", async () => {
    const [bob] = await xero.create("Contacts", { Name: "Bob" });
    const [bill] = await xero.create(
      "Invoices",
      anInvoice(bob?.ContactID, {
        Type: "ACCPAY",
        LineItems: [{ Description: "x", Quantity: 1, UnitAmount: 20, AccountCode: "400", TaxType: "INPUT2" }],
      }),
    );
    const mixed = [invoices[0], bill].map((paid) => ({
      Invoice: { InvoiceID: paid?.InvoiceID },
      Amount: 24,
    }));
    expect(messages(await batch({ Payments: mixed }))).toEqual([
      "A batch payment can hold payments of one kind only.",
    ]);
    const paid = await batch({ Payments: mixed.slice(1) });
    expect(paid.json.BatchPayments[0].Type).toBe("PAYBATCH");
    expect(messages(await batch({ Narrative: "x".repeat(19) }))).toEqual([
      "Narrative must be at most 18 characters.",
    ]);
  });
});

describe("the lock dates", () => {
  const PERIOD = "The document date cannot be before the period lock date, currently set at 31 May 2026";
  const YEAR = "The document date cannot be before the end of year lock date, currently set at 31 May 2026";
  let ann: string;
  let open: Record<string, string>;

  beforeEach(async () => {
    ann = (await xero.create("Contacts", { Name: "Ann" }))[0]?.ContactID;
    open = await makeOne();
  });

  /** One of each kind of document, dated in May. */
  async function makeOne(): Promise<Record<string, string>> {
    const one = async (path: string, body: object): Promise<Answered> => {
      const { status, json, text } = await xero.call("PUT", path, { body });
      expect(status, text).toBe(200);
      return json[path.split("/").at(-1) ?? ""][0];
    };
    const invoice = await one("/Invoices", anInvoice(ann));
    const paid = await one("/Invoices", anInvoice(ann));
    const note = await one("/CreditNotes", documents.creditNote());
    const used = await one("/CreditNotes", documents.creditNote());
    const allocation = await one(
      `/CreditNotes/${used.CreditNoteID}/Allocations`,
      documents.allocation(paid.InvoiceID),
    );
    const payment = await one("/Payments", documents.payment(paid.InvoiceID));
    const batch = await one("/BatchPayments", documents.batch(paid.InvoiceID));
    const transaction = await one("/BankTransactions", documents.bankTransaction());
    const moved = await one("/BankTransfers", documents.bankTransfer());
    const manual = await one("/ManualJournals", journal());
    return {
      invoice: invoice.InvoiceID,
      paid: paid.InvoiceID,
      note: note.CreditNoteID,
      used: used.CreditNoteID,
      allocation: allocation.AllocationID,
      payment: payment.PaymentID,
      batch: batch.BatchPaymentID,
      transaction: transaction.BankTransactionID,
      transfer: moved.BankTransferID,
      journal: manual.ManualJournalID,
    };
  }

  const LineItems = [{ Description: "x", Quantity: 1, UnitAmount: 5, AccountCode: "200", TaxType: "NONE" }];
  const documents = {
    creditNote: (): object => ({
      Type: "ACCRECCREDIT",
      Contact: { ContactID: ann },
      Date: "2026-05-15",
      Status: "AUTHORISED",
      LineItems,
    }),
    allocation: (InvoiceID: string): object => ({
      Allocations: [{ Invoice: { InvoiceID }, Amount: 1, Date: "2026-05-16" }],
    }),
    payment: (InvoiceID: string): object => ({
      Invoice: { InvoiceID },
      Account: { Code: "090" },
      Date: "2026-05-20",
      Amount: 1,
    }),
    batch: (InvoiceID: string): object => ({
      Account: { Code: "090" },
      Date: "2026-05-20",
      Payments: [{ Invoice: { InvoiceID }, Amount: 1 }],
    }),
    bankTransaction: (): object => ({
      Type: "RECEIVE",
      Contact: { ContactID: ann },
      BankAccount: { Code: "090" },
      Date: "2026-05-20",
      LineItems,
    }),
    bankTransfer: (): object => ({
      FromBankAccount: { Code: "090" },
      ToBankAccount: { Code: "092" },
      Amount: 5,
      Date: "2026-05-20",
    }),
  };

  const writes: [string, () => Promise<XeroReply>][] = [
    ["a sales invoice", () => xero.call("PUT", "/Invoices", { body: anInvoice(ann) })],
    [
      "a bill",
      () =>
        xero.call("PUT", "/Invoices", {
          body: anInvoice(ann, {
            Type: "ACCPAY",
            LineItems: [
              { Description: "x", Quantity: 1, UnitAmount: 5, AccountCode: "400", TaxType: "NONE" },
            ],
          }),
        }),
    ],
    ["a credit note", () => xero.call("PUT", "/CreditNotes", { body: documents.creditNote() })],
    [
      "an allocation",
      () =>
        xero.call("PUT", `/CreditNotes/${open.note}/Allocations`, {
          body: documents.allocation(open.invoice ?? ""),
        }),
    ],
    ["a payment", () => xero.call("PUT", "/Payments", { body: documents.payment(open.invoice ?? "") })],
    [
      "a batch payment",
      () => xero.call("PUT", "/BatchPayments", { body: documents.batch(open.invoice ?? "") }),
    ],
    [
      "a bank transaction",
      () => xero.call("PUT", "/BankTransactions", { body: documents.bankTransaction() }),
    ],
    ["a bank transfer", () => xero.call("PUT", "/BankTransfers", { body: documents.bankTransfer() })],
    ["a posted manual journal", () => xero.call("PUT", "/ManualJournals", { body: journal() })],
    [
      "the voiding of an invoice",
      () => xero.call("POST", `/Invoices/${open.invoice}`, { body: { Status: "VOIDED" } }),
    ],
    [
      "the voiding of a credit note",
      () => xero.call("POST", `/CreditNotes/${open.note}`, { body: { Status: "VOIDED" } }),
    ],
    [
      "the voiding of a manual journal",
      () => xero.call("POST", `/ManualJournals/${open.journal}`, { body: { Status: "VOIDED" } }),
    ],
    [
      "the deleting of a payment",
      () => xero.call("POST", `/Payments/${open.payment}`, { body: { Status: "DELETED" } }),
    ],
    [
      "the deleting of a batch payment",
      () => xero.call("POST", `/BatchPayments/${open.batch}`, { body: { Status: "DELETED" } }),
    ],
    [
      "the deleting of a bank transfer",
      () => xero.call("POST", `/BankTransfers/${open.transfer}`, { body: { Status: "DELETED" } }),
    ],
    [
      "the deleting of a bank transaction",
      () =>
        xero.call("POST", "/BankTransactions", {
          body: { BankTransactionID: open.transaction, Status: "DELETED" },
        }),
    ],
    [
      "the deleting of an allocation",
      () => xero.call("DELETE", `/CreditNotes/${open.used}/Allocations/${open.allocation}`),
    ],
    [
      "the moving of an invoice out of the period",
      () => xero.call("POST", `/Invoices/${open.invoice}`, { body: { Date: "2026-06-01" } }),
    ],
    [
      "the moving of a credit note",
      () => xero.call("POST", `/CreditNotes/${open.note}`, { body: { Date: "2026-06-01" } }),
    ],
    [
      "the moving of a manual journal",
      () => xero.call("POST", `/ManualJournals/${open.journal}`, { body: { Date: "2026-06-01" } }),
    ],
    [
      "the moving of a bank transaction",
      () => xero.call("POST", `/BankTransactions/${open.transaction}`, { body: { Date: "2026-06-01" } }),
    ],
  ];

  it("close every kind of write on their own day, the year-end date first, and leave the next day open", async () => {
    for (const [name, write] of writes) {
      xeroSeed(sandbox.context).setLockDate(TIDEWATER_TENANT_ID, { period: "2026-05-31", endOfYear: null });
      expect(messages(await write()), name).toEqual([PERIOD]);
      xeroSeed(sandbox.context).setLockDate(TIDEWATER_TENANT_ID, { endOfYear: "2026-05-31" });
      expect(messages(await write()), name).toEqual([YEAR]);
    }
    // Sixty calls are over.
    sandbox.clock.advance(60_000);
    xeroSeed(sandbox.context).setLockDate(TIDEWATER_TENANT_ID, { period: "2026-05-09", endOfYear: null });
    for (const [name, write] of writes) {
      const { status, text } = await write();
      // By then the writes before have settled what these would change.
      if (/moving|voiding/.test(name)) continue;
      expect(status, `${name}: ${text}`).toBe(200);
    }
  });
});
