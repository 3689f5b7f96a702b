import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createFrozenClock } from "@/sandbox/kit/clock";
import { TIDEWATER_TENANT_ID, xeroSeed } from "@/sandbox/seed/xero-organisation";
import { type RunningSandbox, startSandbox } from "@/sandbox/server";
import { type Answered, anInvoice, connectXero, type TestClient } from "../test-client";

let sandbox: RunningSandbox;
let xero: TestClient;
let ann: string;
let invoice: Answered;
beforeEach(async () => {
  sandbox = await startSandbox({
    port: 0,
    limitSpeed: 1_000_000,
    clock: createFrozenClock("2026-06-01T09:00:00Z"),
  });
  xero = await connectXero(sandbox.origin);
  ann = (await xero.create("Contacts", { Name: "Ann" }))[0]?.ContactID;
  invoice = (await xero.create("Invoices", anInvoice(ann, { InvoiceNumber: "A-1" })))[0] ?? {};
});
afterEach(() => sandbox.stop());

const invoiceNow = async (id: string = invoice.InvoiceID): Promise<Answered> =>
  (await xero.call("GET", `/Invoices/${id}`)).json.Invoices[0];
const pay = (fields: object = {}) =>
  xero.call("PUT", "/Payments", {
    body: {
      Invoice: { InvoiceID: invoice.InvoiceID },
      Account: { Code: "090" },
      Date: "2026-05-20",
      Amount: 24,
      Reference: "Z-77",
      ...fields,
    },
  });
const refusal = async (call: ReturnType<typeof pay>): Promise<string> => {
  const { status, json } = await call;
  expect(status).toBe(400);
  return json.Elements[0].ValidationErrors.map(({ Message }: Answered) => Message).join(" ");
};

describe("payments", () => {
  it("settle an invoice, keep their reference, and open it again when deleted", async () => {
    await pay({ Amount: 10 });
    expect(await invoiceNow()).toMatchObject({ Status: "AUTHORISED", AmountPaid: 10, AmountDue: 14 });
    const { json } = await pay({ Amount: 14, Date: "2026-05-21" });
    const paid = await invoiceNow();
    expect(paid).toMatchObject({ Status: "PAID", AmountPaid: 24, AmountDue: 0 });
    expect(paid.Payments.map(({ Amount }: Answered) => Amount)).toEqual([10, 14]);
    const [payment] = json.Payments;
    expect(payment).toMatchObject({ Reference: "Z-77", PaymentType: "ACCRECPAYMENT", Status: "AUTHORISED" });
    const deleted = await xero.call("POST", `/Payments/${payment.PaymentID}`, {
      body: { Status: "DELETED" },
    });
    expect(deleted.json.Payments[0].Status).toBe("DELETED");
    expect(await invoiceNow()).toMatchObject({ Status: "AUTHORISED", AmountPaid: 10, AmountDue: 14 });
  });

  it("are refused above the amount due, at zero, on drafts, into other accounts and in a locked period", async () => {
    expect(await refusal(pay({ Amount: 24.01 }))).toBe(
      "Payment amount exceeds the amount outstanding on this document",
    );
    expect(await refusal(pay({ Amount: 0 }))).toContain("greater than 0");
    expect(await refusal(pay({ Account: { Code: "200" } }))).toContain("payments enabled");
    expect((await pay({ Account: { Code: "620" }, Amount: 1 })).status).toBe(200);
    const [draft] = await xero.create("Invoices", anInvoice(ann, { Status: "DRAFT" }));
    expect(await refusal(pay({ Invoice: { InvoiceID: draft?.InvoiceID } }))).toContain(
      "Authorised documents",
    );
    xeroSeed(sandbox.context).setLockDate(TIDEWATER_TENANT_ID, { period: "2026-05-20" });
    expect(await refusal(pay({ Amount: 1 }))).toContain("period lock date");
  });

  it("go into an account of the document's or the base currency only", async () => {
    const euro = anInvoice(ann, { CurrencyCode: "EUR", CurrencyRate: 1.25, InvoiceNumber: "E-1" });
    const [made] = await xero.create("Invoices", euro);
    const Invoice = { InvoiceID: made?.InvoiceID };
    expect(await refusal(pay({ Invoice, Account: { Code: "096" } }))).toContain("currency");
    const inBase = await pay({ Invoice, Amount: 10 });
    expect(inBase.json.Payments[0]).toMatchObject({ Amount: 10, BankAmount: 8, CurrencyRate: 1.25 });
    const inEuro = await pay({ Invoice, Amount: 14, Account: { Code: "094" } });
    expect(inEuro.json.Payments[0]).toMatchObject({ BankAmount: 14 });
    expect(await invoiceNow(made?.InvoiceID)).toMatchObject({ Status: "PAID" });
  });

  it("keep their document from being voided or its amounts from being changed", async () => {
    await pay({ Amount: 10 });
    const post = (fields: object) =>
      xero.call("POST", "/Invoices", { body: { InvoiceID: invoice.InvoiceID, ...fields } });
    expect(await refusal(post({ Status: "VOIDED" }))).toContain("cannot be voided");
    const changed = { LineItems: [{ LineItemID: invoice.LineItems[0].LineItemID, Quantity: 3 }] };
    expect(await refusal(post(changed))).toContain("cannot be edited");
    expect((await post({ Reference: "PO 9" })).json.Invoices[0].Reference).toBe("PO 9");
  });

  it("are found by where, by invoice and by amount", async () => {
    await pay({ Amount: 10 });
    await pay({ Amount: 5, Reference: "Other" });
    const found = async (where: string): Promise<number[]> =>
      (await xero.call("GET", "/Payments", { query: { where } })).json.Payments.map(
        ({ Amount }: Answered) => Amount,
      );
    expect(await found(`Invoice.InvoiceID==Guid("${invoice.InvoiceID}")`)).toEqual([10, 5]);
    expect(await found('Reference=="Z-77" AND Amount==10.00')).toEqual([10]);
    expect(await found("Date>=DateTime(2026,05,21)")).toEqual([]);
  });
});

const creditNote = (fields: object = {}): object => ({
  Type: "ACCRECCREDIT",
  Contact: { ContactID: ann },
  Date: "2026-05-15",
  Status: "AUTHORISED",
  CreditNoteNumber: "CN-7",
  LineItems: [
    { Description: "Returned", Quantity: 1, UnitAmount: 10, AccountCode: "200", TaxType: "OUTPUT2" },
  ],
  ...fields,
});

describe("credit notes", () => {
  const allocate = (id: string, Amount: number, InvoiceID: string = invoice.InvoiceID) =>
    xero.call("PUT", `/CreditNotes/${id}/Allocations`, {
      body: { Allocations: [{ Invoice: { InvoiceID }, Amount, Date: "2026-05-16" }] },
    });
  const noteNow = async (id: string): Promise<Answered> =>
    (await xero.call("GET", `/CreditNotes/${id}`)).json.CreditNotes[0];

  it("are allocated to an invoice of their contact, up to what is left and due", async () => {
    const [note] = await xero.create("CreditNotes", creditNote());
    const id = note?.CreditNoteID;
    expect(note).toMatchObject({ Total: 12, RemainingCredit: 12 });
    const { json } = await allocate(id, 5);
    expect(json.Allocations[0]).toMatchObject({ Amount: 5, Invoice: { InvoiceNumber: "A-1" } });
    expect(await noteNow(id)).toMatchObject({ RemainingCredit: 7, Status: "AUTHORISED" });
    expect(await invoiceNow()).toMatchObject({ AmountCredited: 5, AmountDue: 19 });
    expect(await refusal(allocate(id, 7.01))).toContain("remaining credit");
    await allocate(id, 7);
    expect(await noteNow(id)).toMatchObject({ RemainingCredit: 0, Status: "PAID" });
    expect((await invoiceNow()).CreditNotes).toHaveLength(2);
  });

  it("are not allocated while a draft, nor above what is due", async () => {
    const [draft] = await xero.create("CreditNotes", creditNote({ Status: "DRAFT" }));
    expect(await refusal(allocate(draft?.CreditNoteID, 1))).toContain("authorised credit");
    await pay({ Amount: 23 });
    const [note] = await xero.create("CreditNotes", creditNote({ CreditNoteNumber: "CN-8" }));
    expect(await refusal(allocate(note?.CreditNoteID, 2))).toContain("amount due");
  });

  it("are not allocated to another contact's invoice unless the switch says so", async () => {
    const [bob] = await xero.create("Contacts", { Name: "Bob" });
    const [note] = await xero.create("CreditNotes", creditNote({ Contact: { ContactID: bob?.ContactID } }));
    expect(await refusal(allocate(note?.CreditNoteID, 1))).toContain("same contact");
    sandbox.context.switches.set("xero.allocation-contact", "any");
    expect((await allocate(note?.CreditNoteID, 1)).status).toBe(200);
  });

  it("have unique numbers, can be refunded, and give their allocation back when it is deleted", async () => {
    const [note] = await xero.create("CreditNotes", creditNote());
    expect(await refusal(xero.call("PUT", "/CreditNotes", { body: creditNote() }))).toContain(
      "must be unique",
    );
    const { json } = await allocate(note?.CreditNoteID, 5);
    const path = `/CreditNotes/${note?.CreditNoteID}/Allocations/${json.Allocations[0].AllocationID}`;
    expect((await xero.call("DELETE", path)).status).toBe(200);
    expect(await invoiceNow()).toMatchObject({ AmountDue: 24 });
    const refund = await pay({
      Invoice: undefined,
      CreditNote: { CreditNoteID: note?.CreditNoteID },
      Amount: 12,
    });
    expect(refund.json.Payments[0].PaymentType).toBe("ARCREDITPAYMENT");
    expect(await noteNow(note?.CreditNoteID)).toMatchObject({ RemainingCredit: 0, Status: "PAID" });
  });
});

describe("overpayments", () => {
  const receive = (fields: object = {}) =>
    xero.call("PUT", "/BankTransactions", {
      body: {
        Type: "RECEIVE-OVERPAYMENT",
        Contact: { ContactID: ann },
        BankAccount: { Code: "090" },
        Date: "2026-05-20",
        Reference: "Z-77",
        LineAmountTypes: "NoTax",
        LineItems: [{ Description: "Paid too much", LineAmount: 30, AccountCode: "610" }],
        ...fields,
      },
    });

  it("come of a bank transaction, have an id of their own, and are allocated", async () => {
    const { json } = await receive();
    const [transaction] = json.BankTransactions;
    expect(transaction).toMatchObject({ Type: "RECEIVE-OVERPAYMENT", Total: 30, TotalTax: 0 });
    expect(transaction.OverpaymentID).not.toBe(transaction.BankTransactionID);
    const path = `/Overpayments/${transaction.OverpaymentID}`;
    const made = await xero.call("GET", path);
    expect(made.json.Overpayments[0]).toMatchObject({ RemainingCredit: 30, Status: "AUTHORISED" });
    await xero.call("PUT", `${path}/Allocations`, {
      body: { Allocations: [{ Invoice: { InvoiceID: invoice.InvoiceID }, Amount: 24, Date: "2026-05-20" }] },
    });
    expect(await invoiceNow()).toMatchObject({ Status: "PAID", AmountCredited: 24, AmountPaid: 0 });
    const after = await xero.call("GET", "/Overpayments", { query: { References: "z-77", page: "1" } });
    expect(after.json.Overpayments[0]).toMatchObject({ RemainingCredit: 6 });
  });

  it("stand on the control account only, and end with their bank transaction", async () => {
    const LineItems = [{ Description: "x", LineAmount: 30, AccountCode: "200" }];
    expect(await refusal(receive({ LineItems }))).toContain("Account code '200'");
    const { json } = await receive();
    const [transaction] = json.BankTransactions;
    const body = { BankTransactionID: transaction.BankTransactionID, Status: "DELETED" };
    expect((await xero.call("POST", "/BankTransactions", { body })).json.BankTransactions[0].Status).toBe(
      "DELETED",
    );
    const after = await xero.call("GET", `/Overpayments/${transaction.OverpaymentID}`);
    expect(after.json.Overpayments[0]).toMatchObject({ Status: "VOIDED", RemainingCredit: 0 });
  });

  it("of a supplier are refunded by payments of the purchases' side, which a filter finds as such", async () => {
    const LineItems = [{ Description: "Paid twice", LineAmount: 30, AccountCode: "800" }];
    const { json } = await receive({ Type: "SPEND-OVERPAYMENT", LineItems });
    const [{ OverpaymentID }] = json.BankTransactions;
    const refund = await pay({ Invoice: undefined, Overpayment: { OverpaymentID }, Amount: 30 });
    expect(refund.json.Payments[0].PaymentType).toBe("APOVERPAYMENTPAYMENT");
    const query = { where: 'PaymentType=="APOVERPAYMENTPAYMENT"' };
    expect((await xero.call("GET", "/Payments", { query })).json.Payments).toHaveLength(1);
  });

  it("are beside plain receipts with tax", async () => {
    const { json } = await receive({
      Type: "RECEIVE",
      LineAmountTypes: "Inclusive",
      LineItems: [
        { Description: "Till", Quantity: 1, UnitAmount: 12, AccountCode: "200", TaxType: "OUTPUT2" },
      ],
    });
    expect(json.BankTransactions[0]).toMatchObject({ SubTotal: 10, TotalTax: 2, Total: 12 });
    expect(json.BankTransactions[0].OverpaymentID).toBeUndefined();
  });
});
