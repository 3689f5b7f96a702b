import { beforeEach, describe, expect, it } from "vitest";
import { decimal } from "@/lib/kernel/decimal";
import { createFrozenClock } from "@/sandbox/kit/clock";
import { createMemoryContext } from "@/sandbox/kit/context";
import { XERO_SWITCHES } from "@/sandbox/xero/switches";
import type { Books } from "@/sandbox/zoho/books/open-books";
import { billBalance } from "@/sandbox/zoho/books/purchases/bills";
import { paymentExcess, vendorCreditBalance } from "@/sandbox/zoho/books/purchases/settle-bills";
import { ZOHO_SWITCHES } from "@/sandbox/zoho/switches";
import { seedDemoCompany } from "./demo-company";
import { DEMO_LOCK_DATE } from "./demo-special-documents";
import { zohoSeed } from "./zoho-organisation";

let books: Books;

beforeEach(async () => {
  const context = await createMemoryContext(
    { ...XERO_SWITCHES, ...ZOHO_SWITCHES },
    { clock: createFrozenClock("2026-11-21T09:00:00Z") },
  );
  seedDemoCompany(context);
  books = zohoSeed(context).books;
});

const heads = <Header>(table: { heads(): Iterable<readonly [string, Header]> }): Header[] =>
  [...table.heads()].map(([, header]) => header);

describe("the purchases of the demo company", () => {
  it("are a modest number of each kind", () => {
    expect(books.bills.size).toBe(15);
    expect(books.vendorCredits.size).toBe(3);
    expect(books.vendorPayments.size).toBe(7);
    expect(books.expenses.size).toBe(10);
    expect(books.journals.size).toBe(3);
    expect(books.purchaseOrders.size).toBe(4);
  });

  it("have several taxes, two currencies, drafts and void ones", () => {
    const taxes = new Set(
      [...books.bills.heads()].flatMap(([id]) => (books.lines.get(id) ?? []).map(({ taxId }) => taxId)),
    );
    expect(taxes.size).toBe(3);
    expect(new Set(heads(books.bills).map(({ currencyCode }) => currencyCode))).toEqual(
      new Set(["GBP", "EUR"]),
    );
    expect(
      heads(books.bills)
        .map(({ state }) => state)
        .filter((state) => state !== "open"),
    ).toEqual(["draft", "void"]);
  });

  it("are paid and credited within their totals, one payment over two bills and one with an excess", () => {
    for (const bill of heads(books.bills)) expect(billBalance(bill).isNegative()).toBe(false);
    for (const credit of heads(books.vendorCredits))
      expect(vendorCreditBalance(credit).isNegative()).toBe(false);
    expect(heads(books.vendorCredits).filter(({ credited }) => credited !== "0")).toHaveLength(2);
    const payments = heads(books.vendorPayments);
    expect(payments.filter(({ applied }) => applied.length === 2)).toHaveLength(1);
    expect(
      payments.map((payment) => paymentExcess(payment).toFixed()).filter((excess) => excess !== "0"),
    ).toEqual(["20"]);
  });

  it("have journals that balance and one expense that names nobody", () => {
    for (const { lines } of heads(books.journals)) {
      const balance = lines.reduce(
        (total, { side, amount }) => (side === "debit" ? total.plus(amount) : total.minus(amount)),
        decimal("0"),
      );
      expect(balance.toFixed()).toBe("0");
    }
    expect(heads(books.expenses).filter(({ vendorId }) => vendorId === "")).toHaveLength(1);
  });

  it("are none in the period that Xero has closed", () => {
    for (const table of [books.bills, books.vendorCredits])
      for (const { date } of heads(table)) expect(date > DEMO_LOCK_DATE).toBe(true);
  });
});
