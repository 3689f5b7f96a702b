import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readRecord } from "@/lib/connectors/contract/unreadable";
import { moneyText } from "@/lib/domain/money";
import { decimal, decimalText } from "@/lib/kernel/decimal";
import { wireClientSchema } from "../wire/client";
import { wireInvoiceSchema, wirePaymentSchema } from "../wire/document";
import { toContact } from "./contact";
import { toInvoice } from "./invoice";
import { toCredit, toSettlements } from "./payment";

const TERMS = { currency: "GBP", taxRates: [{ Id: "1", Name: "VAT", Percent: decimal("20") }] };

const LINE = {
  LineType: "Fee",
  Description: "Advice",
  Quantity: 0.33,
  Rate: 247.35,
  Amount: 81.63,
  TaxRateId: "1",
  TaxAmount: 16.33,
};
const INVOICE = {
  Id: 7,
  InvoiceNumber: "TL-7",
  ClientId: 3,
  ClientName: "John  Smith",
  InvoiceDate: "2026-09-10T00:00:00",
  Status: "Final",
  TaxTotal: 16.33,
  Total: 97.96,
  Balance: 97.96,
  Lines: [LINE],
};
const PAYMENT = {
  Id: "9",
  PaymentNumber: "P-9",
  PaymentType: "Payment",
  ClientId: "3",
  ClientName: "John  Smith",
  PaymentDate: "2026-09-30",
  Amount: 100,
  BankAccountId: "1",
  Status: "Posted",
  AppliedTo: [
    { InvoiceId: "7", InvoiceNumber: "TL-7", Amount: 60 },
    { InvoiceId: "8", InvoiceNumber: "TL-8", Amount: 10 },
    { InvoiceId: "7", InvoiceNumber: "TL-7", Amount: 5 },
  ],
};

const invoiceOf = (change: object = {}) =>
  toInvoice(readRecord(wireInvoiceSchema, "invoice", { ...INVOICE, ...change }), TERMS);
const paymentOf = (change: object = {}) =>
  toSettlements(readRecord(wirePaymentSchema, "payment", { ...PAYMENT, ...change }), "GBP");
const creditOf = (change: object = {}) =>
  toCredit(readRecord(wirePaymentSchema, "credit", { ...PAYMENT, PaymentType: "Credit", ...change }), "GBP");

describe("an invoice", () => {
  test("keeps hours, rate, tax and total, and its client under the replaced name", () => {
    const invoice = invoiceOf();
    expect(invoice).toMatchObject({ contactName: "John _Smith", date: "2026-09-10", status: "open" });
    expect(invoice.lines).toMatchObject([{ accountKey: "fees", taxKey: "1", description: "Advice" }]);
    expect(decimalText(invoice.lines[0]?.quantity ?? decimal("0"))).toBe("0.33");
    expect([invoice.net, invoice.tax, invoice.gross].map(moneyText)).toEqual(["81.63", "16.33", "97.96"]);
  });

  test("whose hours and rate are not the amount gets one piece with both in words", () => {
    const invoice = invoiceOf({
      TaxTotal: 0,
      Total: 80,
      Balance: 80,
      Lines: [{ ...LINE, Amount: 80, TaxRateId: "", TaxAmount: 0 }],
    });
    expect(invoice.lines[0]?.description).toBe("Advice (0.33 at 247.35)");
    expect(decimalText(invoice.lines[0]?.unitPrice ?? decimal("0"))).toBe("80");
  });

  test.each([
    [{ LineType: "Expense", ExpenseCode: "E101" }, "expense:E101"],
    [{ LineType: "Expense" }, "expenses"],
    [{ LineType: "Interest" }, "interest"],
  ])("has a line of %j on the account %s", (kind, accountKey) => {
    expect(invoiceOf({ Lines: [{ ...LINE, ...kind }] }).lines[0]?.accountKey).toBe(accountKey);
  });

  test.each([
    [{ Status: "Draft" }, "draft"],
    [{ Status: "Void" }, "void"],
    [{ Balance: 0 }, "paid"],
    [{ Status: "Sent", Balance: 10 }, "open"],
  ])("of %j is %s", (change, status) => {
    expect(invoiceOf(change).status).toBe(status);
  });

  test.each([
    [{ Total: 98 }, /"Total".*97\.96/],
    [{ Balance: 1.005 }, /"Balance"/],
    [{ Status: "Odd" }, /"Status"/],
    [{ Lines: [] }, /"Lines"/],
    [{ Lines: [{ ...LINE, TaxRateId: "99" }] }, /"Lines\.0\.TaxRateId"/],
  ])("of %j is not read, and the field is named", (change, problem) => {
    expect(() => invoiceOf(change)).toThrow(problem);
  });
});

describe("a payment", () => {
  test("is one record for each invoice and one for what is left", () => {
    const { payments, overpayment } = paymentOf();
    expect(payments.map(({ externalId, amount }) => [externalId, moneyText(amount)])).toEqual([
      ["9:7", "65.00"],
      ["9:8", "10.00"],
    ]);
    expect(moneyText(overpayment.amount)).toBe("25.00");
    expect(payments[0]?.accountKey).toBe("bank:1");
  });

  test("always comes to its amount, however it is split", () => {
    const share = fc.record({
      InvoiceId: fc.constantFrom("1", "2", "3"),
      Amount: fc.integer({ min: 0, max: 900 }).map((pence) => pence / 100),
    });
    fc.assert(
      fc.property(fc.array(share, { maxLength: 5 }), (AppliedTo) => {
        const { payments, overpayment } = paymentOf({ AppliedTo });
        const all = payments.reduce((sum, { amount }) => sum + amount.minor, overpayment.amount.minor);
        expect(all).toBe(10_000n);
      }),
    );
  });

  test("that is void is deleted, and one that gives more than it has is not read", () => {
    expect(paymentOf({ Status: "Void" }).payments[0]?.status).toBe("deleted");
    expect(() => paymentOf({ Amount: 70 })).toThrow(/"AppliedTo".*5\.00/);
    expect(() => paymentOf({ Amount: 0, AppliedTo: [] })).toThrow(/"Amount"/);
  });
});

describe("a credit", () => {
  test("is a credit note of one line and its settings against invoices", () => {
    const { note, allocations } = creditOf({ Reference: "Goodwill" });
    expect(note).toMatchObject({ number: "P-9", status: "open", contactName: "John _Smith" });
    expect(note.lines).toMatchObject([{ description: "Goodwill", accountKey: "fees", taxKey: null }]);
    expect([note.gross, note.remaining].map(moneyText)).toEqual(["100.00", "25.00"]);
    expect(allocations.map(({ externalId }) => externalId)).toEqual(["9:7", "9:8"]);
  });

  test("that is void has nothing left and settles nothing", () => {
    const { note, allocations } = creditOf({ Status: "Void" });
    expect([note.status, moneyText(note.remaining), allocations]).toEqual(["void", "0.00", []]);
  });
});

describe("a client", () => {
  const contactOf = (change: object) =>
    toContact(readRecord(wireClientSchema, "contact", { Id: 3, ClientName: "John  Smith", ...change }));

  test.each(["Active", "Inactive", " inactive"])("who is %s is an active contact", (ClientStatus) => {
    expect(contactOf({ ClientStatus })).toMatchObject({ name: "John _Smith", active: true });
  });

  test("who is a prospect is no contact", () => {
    expect(contactOf({ ClientStatus: "Prospect" })).toBeNull();
  });

  test.each([[{ ClientStatus: "Closed" }], [{ ClientName: "  ", ClientStatus: "Active" }]])(
    "of %j is not read",
    (change) => {
      expect(() => contactOf(change)).toThrow(/^The field "Client/);
    },
  );

  test("has another version once anything of it changed, and the same as long as nothing did", () => {
    const version = (City: string) => contactOf({ ClientStatus: "Active", City })?.version;
    expect(version("Bristol")).toBe(version("Bristol"));
    expect(version("Bristol")).not.toBe(version("Truro"));
  });
});
