import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readRecord } from "@/lib/connectors/contract/unreadable";
import { moneyText, sum } from "@/lib/domain/money";
import { aJournal, aJournalLine } from "../fixtures/constructed-purchases";
import { wireJournalSchema } from "../wire/journal";
import { toManualJournal } from "./journal";

const journal = (change: Record<string, unknown> = {}) =>
  toManualJournal(readRecord(wireJournalSchema, "manual journal", aJournal(change)), "GBP");

const amounts = (record: ReturnType<typeof journal>) => record.lines.map(({ amount }) => moneyText(amount));

describe("a journal", () => {
  test("has debits positive and credits negative", () => {
    const record = journal();
    expect(record).toMatchObject({
      recordType: "manualJournal",
      externalId: "460000000038001",
      number: "1",
      reference: "7355",
      narration: "Loan repayment",
      date: "2026-09-04",
      currency: "GBP",
      status: "open",
      lineAmounts: "noTax",
      total: { minor: 500_000n },
    });
    expect(amounts(record)).toEqual(["5000.00", "-5000.00"]);
    expect(record.lines[0]?.taxKey).toBeNull();
  });

  test("without notes is told by its reference, or its number", () => {
    expect(journal({ notes: "" }).narration).toBe("7355");
    expect(journal({ notes: "", reference_number: "" }).narration).toBe("Journal 1");
  });

  test.each([
    ["draft", "draft"],
    ["submitted", "draft"],
    ["approved", "draft"],
    ["rejected", "draft"],
    ["published", "open"],
  ])("of status %s is %s: only a published one is booked", (status, canonical) => {
    expect(journal({ status }).status).toBe(canonical);
  });

  test("of a status that nobody knows is unreadable, not booked", () => {
    expect(() => journal({ status: "perhaps" })).toThrow(/"status".*"perhaps"/);
  });

  test("whose lines have a tax is exclusive of it, and its total is that of the debits with their tax", () => {
    const record = journal({
      line_items: [
        aJournalLine("debit", 100, { tax_id: "T", tax_percentage: 20 }),
        aJournalLine("credit", 120),
      ],
      line_item_total: 100,
      total: 120,
    });
    expect(record.lineAmounts).toBe("exclusive");
    expect(moneyText(record.total)).toBe("120.00");
    expect(record.lines.map(({ taxKey }) => taxKey)).toEqual(["T", null]);
  });

  test("has the same total whichever side bears the tax", () => {
    const record = journal({
      line_items: [
        aJournalLine("debit", 120),
        aJournalLine("credit", 100, { tax_id: "T", tax_percentage: 20 }),
      ],
      line_item_total: 120,
      total: 120,
    });
    expect(moneyText(record.total)).toBe("120.00");
  });

  test("whose debits are not those that it states is unreadable", () => {
    expect(() => journal({ line_item_total: 4999 })).toThrow(/"line_item_total"/);
  });

  test("gives its tags to the lines that have none of them", () => {
    const record = journal({ tags: [{ tag_id: "1", tag_option_id: "11" }] });
    expect(record.lines[1]?.tracking).toEqual([{ categoryKey: "1", optionKey: "11" }]);
  });
});

describe("a journal in a foreign currency", () => {
  const euros = (lines: readonly unknown[], change: Record<string, unknown> = {}) => {
    const { line_item_total: _gone, ...rest } = aJournal({
      ...{ currency_code: "EUR", exchange_rate: 0.8631, line_items: lines },
      ...change,
    });
    return toManualJournal(readRecord(wireJournalSchema, "manual journal", rest), "GBP");
  };

  test("is in base currency as Zoho states each line", () => {
    const record = euros([
      aJournalLine("debit", 100, { bcy_amount: 86.31 }),
      aJournalLine("credit", 100, { bcy_amount: 86.31 }),
    ]);
    expect(record.currency).toBe("GBP");
    expect(amounts(record)).toEqual(["86.31", "-86.31"]);
    expect(moneyText(record.total)).toBe("86.31");
  });

  test("is converted at its rate where Zoho does not state the lines", () => {
    expect(amounts(euros([aJournalLine("debit", 100), aJournalLine("credit", 100)]))).toEqual([
      "86.31",
      "-86.31",
    ]);
  });

  test("has what rounding leaves on its largest line", () => {
    const record = euros([
      aJournalLine("debit", 33.33),
      aJournalLine("debit", 33.33),
      aJournalLine("debit", 33.34),
      aJournalLine("credit", 100),
    ]);
    expect(amounts(record)).toEqual(["28.77", "28.77", "28.78", "-86.32"]);
  });

  test("never moves the tax of a line", () => {
    const record = euros([
      aJournalLine("debit", 10.01, { tax_id: "T", tax_percentage: 20 }),
      aJournalLine("credit", 12.01),
    ]);
    // 8.64 and 1.73 of tax against 10.37.
    expect(amounts(record)).toEqual(["8.64", "-10.37"]);
  });

  test("that does not balance beyond rounding, or has taxes on every line, is kept aside", () => {
    const wrong = [
      aJournalLine("debit", 100, { bcy_amount: 86 }),
      aJournalLine("credit", 100, { bcy_amount: 87 }),
    ];
    expect(() => euros(wrong)).toThrow(/"exchange_rate"/);
    const taxed = { tax_id: "T", tax_percentage: 20 };
    expect(() =>
      euros([
        aJournalLine("debit", 33.33, taxed),
        aJournalLine("debit", 33.33, taxed),
        aJournalLine("debit", 33.34, taxed),
        aJournalLine("credit", 100, taxed),
      ]),
    ).toThrow(/"exchange_rate"/);
  });

  test("balances to the cent whatever its lines and rate", () => {
    const cents = fc.array(fc.integer({ min: 1, max: 9_999_999 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(cents, fc.integer({ min: 2, max: 3_000_000 }), (debits, rate) => {
        const whole = debits.reduce((total, amount) => total + amount, 0);
        const record = euros(
          [
            ...debits.map((amount) => aJournalLine("debit", amount / 100)),
            aJournalLine("credit", whole / 100),
          ],
          { exchange_rate: rate / 1_000_000 },
        );
        const total = sum(
          record.lines.map(({ amount }) => amount),
          "GBP",
        );
        expect(total.minor).toBe(0n);
      }),
    );
  });
});
