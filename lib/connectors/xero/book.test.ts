import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { BookedLine, SettledState } from "@/lib/domain/booking";
import { parseMoney, sum } from "@/lib/domain/money";
import type { ReferenceData } from "@/lib/domain/reference-data";
import { decimal } from "@/lib/kernel/decimal";
import { anAccount } from "@/tests/builders/reference-data";
import { book } from "./book";
import { aLine, anAllocation, anInvoice, aPayment, LEDGER } from "./fixtures/records";

/** What the journal of a record is in base currency; the property test on the sandbox holds it against Xero's own. */
const eur = (text: string) => parseMoney(text, "EUR");
const ROLES = ["receivable", "salesTax", "rounding", "currencyGain"] as const;
const WITH_ROLES: ReferenceData = {
  ...LEDGER,
  accounts: [
    ...LEDGER.accounts.filter((account) => account.role == null),
    ...ROLES.map((role) => anAccount({ key: role, name: role, isSystem: true, role })),
  ],
};

const baseOf = (lines: readonly BookedLine[] | null, accountKey?: string): string =>
  sum(
    (lines ?? [])
      .filter((line) => accountKey === undefined || line.accountKey === accountKey)
      .map(({ base }) => base),
    "GBP",
  ).minor.toString();

const settled = (gross: string, fxRate: string, earlier: readonly string[] = []): SettledState => ({
  recordType: "invoice",
  id: "invoice",
  gross: eur(gross),
  fxRate: decimal(fxRate),
  earlier: earlier.map(eur),
});

const payment = (amount: string, fxRate: string | null) =>
  aPayment({ invoiceId: "invoice", amount: eur(amount), fxRate: fxRate === null ? null : decimal(fxRate) });

describe("the journal of a document", () => {
  test("is nothing while it is a draft", () => {
    expect(book(anInvoice({ status: "draft" }), [], WITH_ROLES)).toEqual([]);
  });

  test("cannot be told where Xero chooses the rate", () => {
    expect(book(anInvoice({ currency: "EUR", fxRate: null }), [], WITH_ROLES)).toBeNull();
  });

  test("balances in base currency, with what rounding line by line leaves on the rounding account", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 999_999 }), { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 5_000, max: 19_999 }),
        (prices, rate) => {
          const lines = prices.map((price) =>
            aLine({ quantity: decimal("1"), unitPrice: decimal(String(price)).dividedBy(100) }),
          );
          const invoice = anInvoice({
            currency: "EUR",
            fxRate: decimal(String(rate)).dividedBy(10_000),
            lines,
          });
          const booked = book(invoice, [], WITH_ROLES);
          expect(baseOf(booked)).toBe("0");
          const rounding = BigInt(baseOf(booked, "rounding"));
          expect(rounding >= -BigInt(lines.length + 2) && rounding <= BigInt(lines.length + 2)).toBe(true);
        },
      ),
    );
  });
});

describe("the journal of a payment", () => {
  test("takes the debt off at the invoice's rate, and what the rates differ by is a currency gain", () => {
    const booked = book(payment("100.00", "0.9"), [settled("500.00", "0.8")], WITH_ROLES);
    expect(baseOf(booked, "receivable")).toBe("-8000");
    expect(baseOf(booked, "currencyGain")).toBe("-1000");
    expect(baseOf(booked)).toBe("0");
  });

  test("cannot be told where Xero chooses its rate, or the document is not known", () => {
    expect(book(payment("100.00", null), [settled("500.00", "0.8")], WITH_ROLES)).toBeNull();
    expect(book(payment("100.00", "0.9"), [], WITH_ROLES)).toBeNull();
  });

  test("leaves nothing of the debt behind when it is the last one, however the pieces were rounded", () => {
    // At 0.3 each piece of 0.05 is 1.5 pennies and counts as 2; the whole of 0.15 is 4.5 and counts as 5.
    const invoice = "0.15";
    const first = book(payment("0.05", "0.3"), [settled(invoice, "0.3")], WITH_ROLES);
    const second = book(payment("0.05", "0.3"), [settled(invoice, "0.3", ["0.05"])], WITH_ROLES);
    const last = book(payment("0.05", "0.3"), [settled(invoice, "0.3", ["0.05", "0.05"])], WITH_ROLES);
    expect([first, second].map((lines) => baseOf(lines, "receivable"))).toEqual(["-2", "-2"]);
    expect(baseOf(last, "receivable")).toBe("-1");
    expect(baseOf(last)).toBe("0");
  });
});

test("a credit set against a document of another rate moves what the rates differ by, and nothing at one rate", () => {
  const credit: SettledState = { ...settled("300.00", "0.9"), recordType: "creditNote", id: "note" };
  const allocation = anAllocation({ invoiceId: "invoice", creditNoteId: "note", amount: eur("100.00") });
  const booked = book(allocation, [settled("500.00", "0.8"), credit], WITH_ROLES);
  expect(baseOf(booked, "receivable")).toBe("1000");
  expect(baseOf(booked, "currencyGain")).toBe("-1000");
  const even = book(allocation, [settled("500.00", "0.9"), credit], WITH_ROLES);
  expect(even).toEqual([]);
});
