import fc from "fast-check";
import { expect, test } from "vitest";
import type { AccountingDocument } from "@/lib/domain/document";
import { add, type Money, moneyToDecimal, roundToMoney, sum } from "@/lib/domain/money";
import { ROUNDING_DESCRIPTION } from "@/lib/domain/rounding-line";
import { decimal } from "@/lib/kernel/decimal";
import { predictByLine } from "@/tests/builders/ledger";
import { aCreditNote, aLine, anInvoice, gbp } from "@/tests/builders/records";
import { confirmedMaps, ledgerReference } from "@/tests/builders/reference-data";
import { addRoundingLine } from "./add-rounding-line";

const predictedGross = (document: AccountingDocument): Money => {
  const prediction = predictByLine(document, ledgerReference());
  if (!prediction) throw new Error("a document has a prediction");
  return prediction.gross;
};

const rate = { OUTPUT20: "20", OUTPUT5: "5", NONE: "0" } as const;

/** A mapped document whose source rounds tax once, for each rate. */
const roundedByDocument = fc
  .record({
    currency: fc.constantFrom("GBP", "JPY"),
    isCredit: fc.boolean(),
    lines: fc.array(
      fc.record({
        minor: fc.bigInt({ min: 1n, max: 500_000n }),
        taxKey: fc.constantFrom("OUTPUT20" as const, "OUTPUT5" as const, "NONE" as const),
      }),
      { minLength: 1, maxLength: 30 },
    ),
  })
  .map(({ currency, isCredit, lines }) => {
    const mapped = lines.map(({ minor, taxKey }) => {
      const amount = { minor, currency };
      return aLine({
        quantity: decimal("1"),
        unitPrice: moneyToDecimal(amount),
        amount,
        taxKey,
        accountKey: "200",
      });
    });
    const net = sum(
      mapped.map((line) => line.amount),
      currency,
    );
    const taxes = Object.entries(rate).map(([taxKey, percent]) => {
      const base = sum(
        mapped.filter((line) => line.taxKey === taxKey).map((line) => line.amount),
        currency,
      );
      return roundToMoney(moneyToDecimal(base).times(percent).dividedBy(100), currency);
    });
    const tax = sum(taxes, currency);
    const amounts = { currency, lines: mapped, net, tax, gross: add(net, tax) };
    return isCredit ? aCreditNote(amounts) : anInvoice(amounts);
  });

test("with its rounding line the ledger arrives at the source's total, to the last unit", () => {
  let rounded = 0;
  fc.assert(
    fc.property(roundedByDocument, (document) => {
      const result = addRoundingLine<AccountingDocument>(document, predictedGross(document), confirmedMaps());
      if (!result.ok) throw new Error(result.error.cause);
      const { record, rounding } = result.value;
      expect(predictedGross(record)).toEqual(document.gross);
      expect(add(predictedGross(document), rounding)).toEqual(document.gross);
      expect(record.lines.slice(0, document.lines.length)).toEqual(document.lines);
      expect(record.lines.length - document.lines.length).toBe(rounding.minor === 0n ? 0 : 1);
      if (rounding.minor !== 0n) rounded += 1;
    }),
    { numRuns: 300, seed: 7 },
  );
  expect(rounded).toBeGreaterThan(30);
});

const pennyLines = Array.from({ length: 3 }, () =>
  aLine({ quantity: decimal("1"), unitPrice: decimal("0.03"), amount: gbp("0.03"), taxKey: "OUTPUT20" }),
);

test("the line stands on the chosen account, outside tax, and says what it is", () => {
  // By line three times 0.01 tax; by document 0.018, so 0.02.
  const document = anInvoice({ lines: pennyLines, net: gbp("0.09"), tax: gbp("0.02"), gross: gbp("0.11") });
  const result = addRoundingLine(document, predictedGross(document), confirmedMaps());
  expect(result.ok && result.value.record.lines[3]).toMatchObject({
    description: ROUNDING_DESCRIPTION,
    accountKey: "860",
    taxKey: "NONE",
    amount: gbp("-0.01"),
    unitPrice: decimal("-0.01"),
    tracking: [],
  });
  expect(result.ok && result.value.record.gross).toEqual(gbp("0.11"));
});

test("totals that agree get no line and need no account", () => {
  const document = anInvoice();
  const result = addRoundingLine(document, gbp("24.00"), confirmedMaps({ rounding: null }));
  expect(result).toEqual({ ok: true, value: { record: document, rounding: gbp("0.00") } });
});

test("a difference without an account for it is a problem", () => {
  const result = addRoundingLine(anInvoice(), gbp("24.01"), confirmedMaps({ rounding: null }));
  expect(result.ok ? null : result.error.cause).toBe("accountNotMapped");
});

test("more than rounding can make is never hidden in a rounding line", () => {
  for (const off of ["23.97", "24.03", "0.00", "-24.00"]) {
    const result = addRoundingLine(anInvoice(), gbp(off), confirmedMaps());
    expect(result.ok ? off : result.error).toMatchObject({ cause: "totalsDiffer", subject: "INV-1" });
  }
});

test("half a minor unit a line and one for the document are let through, in both directions", () => {
  const lines = Array.from({ length: 4 }, () => aLine());
  for (const [predicted, isRounding] of [
    ["24.03", true],
    ["23.97", true],
    ["24.04", false],
    ["23.96", false],
  ] as const) {
    const result = addRoundingLine(anInvoice({ lines }), gbp(predicted), confirmedMaps());
    expect([predicted, result.ok]).toEqual([predicted, isRounding]);
  }
});
