import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readRecord } from "@/lib/connectors/contract/unreadable";
import type { DocumentLine, Invoice } from "@/lib/domain/document";
import { add, moneyText, sum } from "@/lib/domain/money";
import { decimalText } from "@/lib/kernel/decimal";
import { aCreditNote, aLine, anInvoice } from "../fixtures/constructed-answers";
import { wireCreditedInvoiceSchema, wireCreditNoteSchema, wireInvoiceSchema } from "../wire/document";
import { toAllocation, toCreditNote, toInvoice } from "./document";

const invoice = (change: Record<string, unknown> = {}): Invoice =>
  toInvoice(readRecord(wireInvoiceSchema, "invoice", anInvoice(change)));

const shown = (lines: readonly DocumentLine[]) =>
  lines.map((line) => `${line.description}: ${moneyText(line.amount)} ${line.taxKey ?? "no tax"}`);

function expectWhole(record: Invoice): void {
  const lines = sum(
    record.lines.map((line) => line.amount),
    record.currency,
  );
  expect(moneyText(add(record.net, record.tax))).toBe(moneyText(record.gross));
  expect(moneyText(lines)).toBe(moneyText(record.lineAmounts === "inclusive" ? record.gross : record.net));
}

describe("an invoice", () => {
  test("keeps its figures, keys and dates", () => {
    const record = invoice();
    expect(record).toMatchObject({
      externalId: "982000000567114",
      number: "INV-00003",
      reference: "",
      contactId: "982000000567001",
      date: "2026-07-17",
      dueDate: "2026-08-03",
      currency: "GBP",
      fxRate: null,
      status: "open",
      lineAmounts: "exclusive",
      net: { minor: 12000n },
      tax: { minor: 2400n },
      gross: { minor: 14400n },
      remaining: { minor: 14400n },
      marker: "",
    });
    expect(record.lines[0]).toMatchObject({
      description: "Hard Drive\n500GB",
      itemId: "982000000030049",
      accountKey: null,
      taxKey: "982000000557028",
      tax: null,
    });
    expect(record.lines[0]?.taxRatePercent?.toFixed()).toBe("20");
  });

  test("takes Zoho's rate, base for one foreign, as it is", () => {
    expect(invoice({ currency_code: "EUR", exchange_rate: 0.8631 }).fxRate?.toFixed()).toBe("0.8631");
  });

  test("in yen has no decimals and refuses any", () => {
    const yen = {
      currency_code: "JPY",
      line_items: [aLine({ item_total: 120, tax_id: "" })],
      tax_total: 0,
      total: 120,
    };
    expect(moneyText(invoice({ ...yen, balance: 120 }).gross)).toBe("120");
    expect(() => invoice({ ...yen, balance: 0.5 })).toThrow(/"balance".*minor unit of JPY/);
  });

  test("takes amounts as text, as Zoho's file types them", () => {
    expect(moneyText(invoice({ total: "144.00", balance: "40.6" }).remaining)).toBe("40.60");
  });

  test.each([
    ["sent", "open"],
    ["overdue", "open"],
    ["partially_paid", "open"],
    ["paid", "paid"],
    ["draft", "draft"],
    ["void", "void"],
    ["pending_approval", "submitted"],
  ])("of status %s is %s", (status, canonical) => {
    expect(invoice({ status }).status).toBe(canonical);
  });

  test("of a status that nobody knows is unreadable, not guessed", () => {
    expect(() => invoice({ status: "fancy" })).toThrow(/"status".*"fancy"/);
  });

  test("that merely became overdue keeps its version; a payment or another second changes it", () => {
    const version = invoice({ status: "sent" }).version;
    expect(invoice({ status: "overdue" }).version).toBe(version);
    expect(invoice({ last_modified_time: "2026-07-17T21:02:51-0400" }).version).toBe(version);
    expect(invoice({ balance: 140 }).version).not.toBe(version);
    expect(invoice({ last_modified_time: "2026-07-18T02:02:52+0100" }).version).not.toBe(version);
  });

  test("names the field that is missing", () => {
    const { customer_id: _gone, ...rest } = anInvoice();
    expect(() => readRecord(wireInvoiceSchema, "invoice", rest)).toThrow(/"customer_id" of this invoice/);
    expect(() =>
      readRecord(wireInvoiceSchema, "invoice", anInvoice({ line_items: [aLine({ quantity: "two" })] })),
    ).toThrow(/"line_items.0.quantity"/);
  });

  test("passes over headings and subtotals, which are lines without figures", () => {
    const record = invoice({ line_items: [{ line_item_category: "header", name: "Part 1" }, aLine()] });
    expect(record.lines).toHaveLength(1);
  });

  test("gives its own tags to the lines that have none of that tag", () => {
    const north = { tag_id: "1", tag_option_id: "11" };
    const south = { tag_id: "1", tag_option_id: "12" };
    const record = invoice({
      tags: [north],
      line_items: [aLine({ item_total: 60 }), aLine({ item_total: 60, tags: [south] })],
    });
    expect(record.lines.map((line) => line.tracking)).toEqual([
      [{ categoryKey: "1", optionKey: "11" }],
      [{ categoryKey: "1", optionKey: "12" }],
    ]);
  });
});

describe("what Zoho keeps beside the lines becomes lines", () => {
  test("shipping and adjustment, without tax unless Zoho names one", () => {
    const record = invoice({
      shipping_charge: 10,
      adjustment: -0.01,
      adjustment_description: "Pennies",
      total: 153.99,
    });
    expect(shown(record.lines)).toEqual([
      "Hard Drive\n500GB: 120.00 982000000557028",
      "Shipping: 10.00 no tax",
      "Pennies: -0.01 no tax",
    ]);
    expectWhole(record);
  });

  test("a discount before tax, split over the taxes that it lowers", () => {
    const record = invoice({
      line_items: [aLine({ item_total: 100 }), aLine({ item_total: 50, tax_id: "zero", tax_percentage: 0 })],
      discount: "10%",
      discount_type: "entity_level",
      tax_total: 18,
      total: 153,
    });
    expect(shown(record.lines).slice(2)).toEqual([
      "Discount: -10.00 982000000557028",
      "Discount: -5.00 zero",
    ]);
    expectWhole(record);
  });

  test("a discount after tax, without tax", () => {
    const record = invoice({
      discount: 4,
      discount_type: "entity_level",
      is_discount_before_tax: false,
      total: 140,
    });
    expect(shown(record.lines)[1]).toBe("Discount: -4.00 no tax");
    expectWhole(record);
  });

  test("but a gap that no stated discount explains is unreadable", () => {
    expect(() => invoice({ total: 143 })).toThrow(/do not add up to its total of 143 GBP/);
    expect(() => invoice({ total: 143, discount: 7, discount_type: "entity_level" })).toThrow(
      /do not add up/,
    );
  });
});

describe("prices", () => {
  test("of a discounted line are such that quantity times price is its amount", () => {
    const line = aLine({ rate: 70, quantity: 2, discount: "10%", discount_amount: 14, item_total: 126 });
    const [record] = invoice({ line_items: [line], tax_total: 18, total: 144 }).lines;
    expect([record?.quantity, record?.unitPrice].map((value) => value && decimalText(value))).toEqual([
      "2",
      "63",
    ]);
  });

  test("that four decimals cannot divide become one piece with the sum in words", () => {
    const line = aLine({
      rate: 10,
      quantity: 300007,
      discount_amount: 1,
      item_total: 3000069,
      tax_percentage: 0,
    });
    const [record] = invoice({ line_items: [line], tax_total: 0, total: 3000069 }).lines;
    expect(record && decimalText(record.quantity)).toBe("1");
    expect(record && decimalText(record.unitPrice)).toBe("3000069");
    expect(record?.description).toContain("300007 at 10 less discount");
  });

  test("with tax inside are taken with it, whether item_total holds the tax or not", () => {
    const inside = { is_inclusive_tax: true, tax_total: 20, total: 120, balance: 120 };
    const withTax = invoice({ ...inside, line_items: [aLine({ rate: 120, item_total: 120 })] });
    const withoutTax = invoice({ ...inside, line_items: [aLine({ rate: 120, item_total: 100 })] });
    const saidTwice = invoice({
      ...inside,
      line_items: [aLine({ rate: 120, item_total: 100, item_total_inclusive_of_tax: 120 })],
    });
    for (const record of [withTax, withoutTax, saidTwice]) {
      expect(record.lineAmounts).toBe("inclusive");
      expect(moneyText(record.net)).toBe("100.00");
      expectWhole(record);
    }
  });
});

test("whatever the lines, discount and charges, lines and tax add up to the total", () => {
  const cents = fc.integer({ min: 1, max: 1_000_000 });
  const figures = fc.record({
    lines: fc.array(fc.record({ cents, taxed: fc.boolean() }), { minLength: 1, maxLength: 6 }),
    discountShare: fc.integer({ min: 0, max: 99 }),
    shipping: fc.integer({ min: 0, max: 5000 }),
    adjustment: fc.integer({ min: -99, max: 99 }),
    tax: fc.integer({ min: 0, max: 99_999 }),
    beforeTax: fc.boolean(),
  });
  fc.assert(
    fc.property(figures, ({ lines, discountShare, shipping, adjustment, tax, beforeTax }) => {
      const whole = lines.reduce((total, line) => total + line.cents, 0);
      const discount = Math.floor((whole * discountShare) / 100);
      const total = whole - discount + shipping + adjustment + tax;
      const amount = (value: number): number => value / 100;
      const record = invoice({
        line_items: lines.map((line) =>
          aLine({ rate: amount(line.cents), item_total: amount(line.cents), tax_id: line.taxed ? "T" : "" }),
        ),
        discount_type: "entity_level",
        discount: amount(discount),
        is_discount_before_tax: beforeTax,
        shipping_charge: amount(shipping),
        adjustment: amount(adjustment),
        tax_total: amount(tax),
        total: amount(total),
        balance: amount(total),
      });
      expectWhole(record);
      expect(record.gross.minor).toBe(BigInt(total));
    }),
  );
});

describe("a credit note", () => {
  const note = (change: Record<string, unknown> = {}) =>
    readRecord(wireCreditNoteSchema, "credit note", aCreditNote(change));

  test("is open while credit is left and paid when closed", () => {
    expect(toCreditNote(note()).status).toBe("open");
    expect(toCreditNote(note({ status: "closed", balance: 0 })).status).toBe("paid");
  });

  test("without tax_total, as in Zoho's file, takes the sum of its taxes", () => {
    const { tax_total: _gone, ...rest } = aCreditNote({ taxes: [{ tax_amount: "24.00" }] });
    expect(moneyText(toCreditNote(readRecord(wireCreditNoteSchema, "credit note", rest)).tax)).toBe("24.00");
  });

  test("set against an invoice is an allocation named by its own id", () => {
    const credited = readRecord(wireCreditedInvoiceSchema, "credit note", {
      creditnote_invoice_id: "55",
      invoice_id: "77",
      invoice_number: "INV-384",
      date: "2026-07-19",
      credited_amount: 12.02,
    });
    expect(toAllocation(note(), credited)).toMatchObject({
      externalId: "90300000072369:55",
      creditNoteId: "90300000072369",
      invoiceId: "77",
      date: "2026-07-19",
      amount: { minor: 1202n, currency: "GBP" },
    });
  });
});
