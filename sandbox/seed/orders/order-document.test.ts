import { describe, expect, it } from "vitest";
import { classifyOrder, EXCLUDED_NO_PRICE } from "./order-document";
import type { OrderRow } from "./order-row";

function aRow(row: Partial<OrderRow>): OrderRow {
  return {
    number: "536365",
    code: "85123A",
    description: "WHITE HEART",
    quantity: "6",
    time: "2010-12-01 08:26:00",
    price: "2.55",
    customer: "17850",
    country: "United Kingdom",
    ...row,
  };
}

const classify = (...rows: Partial<OrderRow>[]) => classifyOrder(rows[0]?.number ?? "536365", rows.map(aRow));

describe("what a number is", () => {
  it("is an invoice when it has no letter, dated by its first row", () => {
    const order = classify({ time: "2010-12-01 08:26:00" }, { time: "2010-12-01 08:25:00" });
    expect(order).toMatchObject({
      excluded: false,
      document: { kind: "invoice", number: "536365", time: "2010-12-01 08:26:00", customer: "17850" },
    });
  });

  it("is a credit note with positive quantities when it begins with C", () => {
    const order = classify({ number: "C536379", quantity: "-1", price: "27.50", code: "D" });
    expect(order).toMatchObject({
      document: { kind: "creditNote", lines: [{ quantity: "1", price: "27.50" }] },
    });
  });

  it("is excluded when all its lines have price 0", () => {
    expect(classify({ price: "0.0" }, { price: "0" })).toEqual({
      excluded: true,
      number: "536365",
      reason: EXCLUDED_NO_PRICE,
    });
  });

  it("keeps a zero-price line that stands beside others", () => {
    const order = classify({ price: "0.0" }, { price: "1" });
    expect(order).toMatchObject({ excluded: false, document: { lines: [{ price: "0.0" }, { price: "1" }] } });
  });

  it("keeps two rows that are exactly alike as two lines", () => {
    const order = classify({}, {});
    expect(order.excluded ? 0 : order.document.lines.length).toBe(2);
  });

  it("is a credit note when another letter leads a negative total, with the price turned", () => {
    const order = classify({ number: "A563186", code: "B", quantity: "1", price: "-11062.06", customer: "" });
    expect(order).toMatchObject({
      document: { kind: "creditNote", number: "A563186", lines: [{ quantity: "1", price: "11062.06" }] },
    });
  });

  it("is excluded when another letter leads a total that is not negative", () => {
    const order = classify({ number: "A563185", code: "B", quantity: "1", price: "11062.06", customer: "" });
    expect(order).toEqual({
      excluded: true,
      number: "A563185",
      reason: 'begins with "A" and its total is not negative',
    });
  });

  it("is a credit note when a plain number has a negative total", () => {
    const order = classify({ quantity: "-3" });
    expect(order).toMatchObject({
      document: { kind: "creditNote", lines: [{ quantity: "3", price: "2.55" }] },
    });
  });

  it("is excluded when it begins with C but charges money", () => {
    const order = classify({ number: "C1", quantity: "2" });
    expect(order).toMatchObject({ excluded: true, reason: 'begins with "C" but its total is no credit' });
  });
});
