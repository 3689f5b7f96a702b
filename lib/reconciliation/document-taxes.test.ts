import fc from "fast-check";
import { expect, test } from "vitest";
import type { AccountingDocument, DocumentLine } from "@/lib/domain/document";
import { add, type Money, moneyToDecimal, roundToMoney, subtract, sum } from "@/lib/domain/money";
import { ROUNDING_DESCRIPTION } from "@/lib/domain/rounding-line";
import { decimal } from "@/lib/kernel/decimal";
import { aCircumstance, anEntry } from "@/tests/builders/entry";
import { aLine, anInvoice, gbp } from "@/tests/builders/records";
import { findDifference } from "./differences";
import { documentTaxes } from "./document-taxes";

const RATES = new Map([
  ["OUT20", decimal("20")],
  ["OUT5", decimal("5.0")],
]);
const taxesOf = (changes: Parameters<typeof anInvoice>[0]) =>
  documentTaxes(anInvoice(changes), RATES).taxes.map(({ ratePercent, net, tax }) => [ratePercent, net, tax]);
const at = (percent: string, amount: string, tax: string | null = null): DocumentLine =>
  aLine({ amount: gbp(amount), taxRatePercent: decimal(percent), tax: tax === null ? null : gbp(tax) });

test("one taxed rate has all of the document's tax", () => {
  expect(taxesOf({ lines: [at("20", "0.03"), at("20", "0.03"), at("0", "5.00")], tax: gbp("0.01") })).toEqual(
    [
      ["0", 500n, 0n],
      ["20", 6n, 1n],
    ],
  );
});

test("several rates have their own tax, and the last unit goes to the largest", () => {
  expect(taxesOf({ lines: [at("20", "10.02"), at("5", "1.01")], tax: gbp("2.06") })).toEqual([
    ["20", 1002n, 201n],
    ["5", 101n, 5n],
  ]);
});

test("tax that each line states is taken as it is", () => {
  expect(taxesOf({ lines: [at("20", "1.00", "0.21"), at("20", "1.00", "0.20")], tax: gbp("9.99") })).toEqual([
    ["20", 200n, 41n],
  ]);
});

test("a rate that a line does not state is looked up by its key, and written in one way", () => {
  const line = (taxKey: string) =>
    aLine({ taxKey, taxRatePercent: null, tax: gbp("0.10"), amount: gbp("2.00") });
  expect(taxesOf({ lines: [line("OUT5"), at("5.00", "2.00", "0.10"), line("unknown")] })).toEqual([
    ["0", 200n, 10n],
    ["5", 400n, 20n],
  ]);
});

test("tax inside the price is taken out of it once", () => {
  expect(taxesOf({ lineAmounts: "inclusive", lines: [at("20", "9.99")], tax: gbp("1.67") })).toEqual([
    ["20", 832n, 167n],
  ]);
  expect(taxesOf({ lineAmounts: "inclusive", lines: [at("20", "9.99", "1.66")], tax: gbp("1.66") })).toEqual([
    ["20", 833n, 166n],
  ]);
});

test("tax inside the price is spread over several rates by what each holds", () => {
  const lines = [at("20", "12.00"), at("5", "10.50")];
  expect(taxesOf({ lineAmounts: "inclusive", lines, tax: gbp("2.50") })).toEqual([
    ["20", 1000n, 200n],
    ["5", 1000n, 50n],
  ]);
});

test("a document outside tax has none, whatever its lines' keys say", () => {
  const lines = [at("20", "10.00"), at("5", "3.00")];
  expect(taxesOf({ lineAmounts: "noTax", lines, tax: gbp("0.00") })).toEqual([["0", 1300n, 0n]]);
});

test("rounding lines are counted apart from goods", () => {
  const rounding = aLine({
    description: ROUNDING_DESCRIPTION,
    amount: gbp("-0.01"),
    taxRatePercent: decimal("0"),
  });
  const { taxes, rounding: minor } = documentTaxes(anInvoice({ lines: [aLine(), rounding] }), RATES);
  expect([taxes.length, minor]).toEqual([1, -1n]);
});

const anyLine = fc
  .record({
    minor: fc.bigInt({ min: -9999n, max: 99999n }),
    percent: fc.constantFrom("0", "5", "12.5", "20"),
  })
  .map(({ minor, percent }) =>
    aLine({ amount: { minor, currency: "GBP" }, taxRatePercent: decimal(percent) }),
  );

test("net and tax by rate always sum to what the document says", () => {
  fc.assert(
    fc.property(
      fc.array(anyLine, { minLength: 1, maxLength: 12 }),
      fc.constantFrom("exclusive" as const, "inclusive" as const),
      fc.bigInt({ min: -500n, max: 9999n }),
      (lines, lineAmounts, minor) => {
        const tax: Money = { minor, currency: "GBP" };
        const amounts = sum(
          lines.map((line) => line.amount),
          "GBP",
        );
        const net = lineAmounts === "inclusive" ? subtract(amounts, tax) : amounts;
        const document = anInvoice({ lines, lineAmounts, tax, net, gross: add(net, tax) });
        const { taxes } = documentTaxes(document, RATES);
        expect(taxes.reduce((total, one) => total + one.tax, 0n)).toBe(document.tax.minor);
        expect(taxes.reduce((total, one) => total + one.net, 0n)).toBe(document.net.minor);
        expect(taxes.reduce((total, one) => total + one.lines, 0)).toBe(lines.length);
      },
    ),
  );
});

/** The same prices, tax inside: rounded once by the source and line by line by the ledger. */
function bothSides(prices: readonly bigint[]): { source: AccountingDocument; ledger: AccountingDocument } {
  const inside = (amount: Money): Money =>
    roundToMoney(moneyToDecimal(amount).times(20).dividedBy(120), "GBP");
  const amounts = prices.map((minor): Money => ({ minor, currency: "GBP" }));
  const gross = sum(amounts, "GBP");
  const document = (lines: DocumentLine[], tax: Money) =>
    anInvoice({ lineAmounts: "inclusive", lines, tax, net: subtract(gross, tax), gross });
  const taxes = amounts.map(inside);
  return {
    source: document(
      amounts.map((amount) => aLine({ amount })),
      inside(gross),
    ),
    ledger: document(
      amounts.map((amount, index) => aLine({ amount, tax: taxes[index] ?? gross })),
      sum(taxes, "GBP"),
    ),
  };
}

test("prices with tax inside tie out, although one side rounds tax once and the other line by line", () => {
  fc.assert(
    fc.property(fc.array(fc.bigInt({ min: 1n, max: 99999n }), { minLength: 1, maxLength: 40 }), (prices) => {
      const { source, ledger } = bothSides(prices);
      const entry = (id: string, document: AccountingDocument) =>
        anEntry({ id, gross: document.gross.minor, ...documentTaxes(document, RATES) });
      expect(findDifference(entry("z", source), entry("x", ledger), aCircumstance())).toBeNull();
    }),
  );
});
