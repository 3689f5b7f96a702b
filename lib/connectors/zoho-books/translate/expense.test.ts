import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readRecord } from "@/lib/connectors/contract/unreadable";
import { add, moneyText, sum } from "@/lib/domain/money";
import { anExpense } from "../fixtures/constructed-purchases";
import { wireExpenseSchema } from "../wire/expense";
import { toBankTransaction } from "./expense";

const expense = (change: Record<string, unknown> = {}) =>
  toBankTransaction(readRecord(wireExpenseSchema, "expense", anExpense(change)));

const line = (amount: number, tax: number, change: Record<string, unknown> = {}) => ({
  line_item_id: `L${amount}`,
  account_id: "A1",
  description: "",
  tax_id: "T",
  tax_percentage: 20,
  tax_amount: tax,
  item_total: String(amount),
  amount,
  ...change,
});

describe("an expense", () => {
  test("is money spent on the account that paid it, of one line", () => {
    const record = expense();
    expect(record).toMatchObject({
      recordType: "bankTransaction",
      kind: "spend",
      externalId: "982000000030049",
      number: "",
      reference: "",
      date: "2026-09-18",
      bankAccountKey: "460000000000358",
      lineAmounts: "inclusive",
      status: "open",
      net: { minor: 5000n },
      tax: { minor: 1000n },
      gross: { minor: 6000n },
      remaining: { minor: 0n },
    });
    expect(record.lines).toMatchObject([
      {
        description: "Train to Leeds",
        accountKey: "982000000561057",
        taxKey: "982000000566007",
        amount: { minor: 6000n },
      },
    ]);
  });

  test("names nobody where Zoho names no vendor, not even the customer who will be charged for it", () => {
    const record = expense({
      customer_id: "7",
      customer_name: "Bowman",
      status: "unbilled",
      is_billable: true,
    });
    expect([record.contactId, record.contactName]).toEqual(["", ""]);
    expect(expense({ vendor_id: "8", vendor_name: "Rail" })).toMatchObject({
      contactId: "8",
      contactName: "Rail",
    });
  });

  test("without tax inside has the tax on top", () => {
    const record = expense({ is_inclusive_tax: false, amount: 50 });
    expect(record.lineAmounts).toBe("exclusive");
    expect(moneyText(record.lines[0]?.amount ?? record.gross)).toBe("50.00");
    expect(moneyText(record.gross)).toBe("60.00");
  });

  test("without any tax needs no word of it", () => {
    const bare = { tax_id: "", tax_percentage: "", tax_amount: "", sub_total: "", is_inclusive_tax: false };
    expect([expense(bare).net, expense(bare).tax].map(moneyText)).toEqual(["60.00", "0.00"]);
  });

  test("with a tax whose amount is said nowhere is unreadable", () => {
    expect(() => expense({ tax_amount: "", sub_total: "" })).toThrow(/"total"/);
  });

  test("that is itemised has a line each, with or without the tax inside", () => {
    const inside = expense({ line_items: [line(36, 6), line(24, 4)], total: 60 });
    expect(inside.lines.map(({ amount }) => moneyText(amount))).toEqual(["36.00", "24.00"]);
    const onTop = expense({
      is_inclusive_tax: false,
      line_items: [line(30, 6), line(20, 4)],
      total: 60,
    });
    expect(onTop.lines.map(({ amount }) => moneyText(amount))).toEqual(["30.00", "20.00"]);
    expect(moneyText(onTop.tax)).toBe("10.00");
  });

  test("whose lines do not add up is unreadable", () => {
    expect(() => expense({ line_items: [line(36, 6), line(25, 4)] })).toThrow(/do not add up.*"total"/);
  });

  test("for mileage is its total in one line", () => {
    const record = expense({
      ...{ expense_type: "mileage", mileage_rate: 0.45, mileage_type: "manual", distance: 100 },
      ...{ tax_id: "", tax_percentage: "", tax_amount: 0, sub_total: 45, total: 45, is_inclusive_tax: false },
    });
    expect(record.lines.map(({ amount }) => moneyText(amount))).toEqual(["45.00"]);
  });

  test.each(["unbilled", "invoiced", "reimbursed", "nonbillable", "non-billable"])(
    "that is %s was spent all the same",
    (status) => {
      expect(expense({ status }).status).toBe("open");
    },
  );

  test("of a status that nobody knows is unreadable", () => {
    expect(() => expense({ status: "maybe" })).toThrow(/"status".*"maybe"/);
  });

  test("with a reverse charge is kept aside", () => {
    expect(() => expense({ reverse_charge_tax_id: "9" })).toThrow(/"reverse_charge_tax_id" of this expense/);
  });

  test("in a foreign currency has its rate", () => {
    expect(expense({ currency_code: "EUR", exchange_rate: 0.8588 }).fxRate?.toFixed()).toBe("0.8588");
  });
});

test("whatever the lines, lines and tax add up to the total", () => {
  const item = fc.record({
    cents: fc.integer({ min: 1, max: 999_999 }),
    tax: fc.integer({ min: 0, max: 9999 }),
  });
  fc.assert(
    fc.property(fc.array(item, { minLength: 1, maxLength: 5 }), fc.boolean(), (items, inclusive) => {
      const entered = items.reduce((total, { cents }) => total + cents + (inclusive ? 10_000 : 0), 0);
      const taxed = items.reduce((total, { tax }) => total + tax, 0);
      const total = inclusive ? entered : entered + taxed;
      const record = expense({
        is_inclusive_tax: inclusive,
        line_items: items.map(({ cents, tax }) => line((cents + (inclusive ? 10_000 : 0)) / 100, tax / 100)),
        tax_amount: taxed / 100,
        total: total / 100,
      });
      const lines = sum(
        record.lines.map(({ amount }) => amount),
        "GBP",
      );
      expect(moneyText(add(record.net, record.tax))).toBe(moneyText(record.gross));
      expect(moneyText(lines)).toBe(moneyText(inclusive ? record.gross : record.net));
    }),
  );
});
