import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AccountingDocument } from "@/lib/domain/document";
import { currencyScale, moneyText, parseMoney, roundToMoney } from "@/lib/domain/money";
import { Decimal, decimal } from "@/lib/kernel/decimal";
import { aCreditNote, aLine, anAllocation, anInvoice, anItem, aPayment, LEDGER } from "./fixtures/records";
import { predict } from "./predict";

const LINE_AMOUNTS = ["exclusive", "inclusive", "noTax"] as const;

const documents = fc
  .record({
    currency: fc.constantFrom("GBP", "EUR", "JPY"),
    lineAmounts: fc.constantFrom(...LINE_AMOUNTS),
    isNote: fc.boolean(),
    lines: fc.array(
      fc.record({
        quantity: fc.integer({ min: -50_000, max: 5_000_000 }),
        unitPrice: fc.integer({ min: 0, max: 99_999_999 }),
        taxKey: fc.constantFrom("OUTPUT2", "RROUTPUT", "ODD", "NONE"),
      }),
      { minLength: 1, maxLength: 30 },
    ),
  })
  .map(({ currency, lineAmounts, isNote, lines }): AccountingDocument => {
    const changes = {
      currency,
      lineAmounts,
      lines: lines.map(({ quantity, unitPrice, taxKey }) =>
        aLine({
          quantity: new Decimal(quantity).dividedBy(10_000),
          unitPrice: new Decimal(unitPrice).dividedBy(10_000),
          taxKey,
        }),
      ),
    };
    return isNote ? aCreditNote(changes) : anInvoice(changes);
  });

/** Line by line in plain decimals, as the guide says it, without any of the code under test. */
function recompute(document: AccountingDocument): { net: Decimal; tax: Decimal } {
  const places = currencyScale(document.currency);
  const rates: Record<string, number> = { OUTPUT2: 20, RROUTPUT: 5, ODD: 12.5, NONE: 0 };
  let net = new Decimal(0);
  let tax = new Decimal(0);
  for (const line of document.lines) {
    const amount = line.quantity.times(line.unitPrice).toDecimalPlaces(places, Decimal.ROUND_HALF_UP);
    const rate = document.lineAmounts === "noTax" ? 0 : (rates[line.taxKey ?? ""] ?? 0);
    const exact =
      document.lineAmounts === "inclusive"
        ? amount.minus(amount.dividedBy(1 + rate / 100))
        : amount.times(rate).dividedBy(100);
    const lineTax = exact.toDecimalPlaces(places, Decimal.ROUND_HALF_UP);
    tax = tax.plus(lineTax);
    net = net.plus(document.lineAmounts === "inclusive" ? amount.minus(lineTax) : amount);
  }
  return { net, tax };
}

describe("predict", () => {
  test("totals are the sum of lines rounded one by one, whatever the document", () => {
    fc.assert(
      fc.property(documents, (document) => {
        const prediction = predict(document, LEDGER);
        const { net, tax } = recompute(document);
        expect(prediction.net).toEqual(roundToMoney(net, document.currency));
        expect(prediction.tax).toEqual(roundToMoney(tax, document.currency));
        expect(prediction.gross).toEqual(roundToMoney(net.plus(tax), document.currency));
      }),
      { numRuns: 300 },
    );
  });

  test("the journal sums to zero and the taxes to the tax", () => {
    fc.assert(
      fc.property(documents, (document) => {
        const { journal, taxes, tax, net } = predict(document, LEDGER);
        expect(journal.reduce((sum, entry) => sum + entry.amount.minor, 0n)).toBe(0n);
        expect(taxes.reduce((sum, one) => sum + one.tax.minor, 0n)).toBe(tax.minor);
        expect(taxes.reduce((sum, one) => sum + one.net.minor, 0n)).toBe(net.minor);
      }),
    );
  });

  test("half a penny of tax goes away from zero on each line, not on the total", () => {
    const line = aLine({ quantity: decimal("1"), unitPrice: decimal("0.10"), taxKey: "RROUTPUT" });
    const { tax } = predict(anInvoice({ lines: [line, line, line] }), LEDGER);
    expect(moneyText(tax)).toBe("0.03");
    const credited = predict(aCreditNote({ lines: [{ ...line, quantity: decimal("-1") }] }), LEDGER);
    expect(moneyText(credited.tax)).toBe("-0.01");
  });

  test("a unit price is cut to four decimals before it is multiplied", () => {
    const line = aLine({ quantity: decimal("1000"), unitPrice: decimal("0.33335"), taxKey: "NONE" });
    expect(moneyText(predict(anInvoice({ lines: [line] }), LEDGER).net)).toBe("333.40");
  });

  test("an invoice debits debtors and credits sales and tax; a credit note does the reverse", () => {
    const invoice = predict(anInvoice(), LEDGER);
    expect(invoice.journal).toEqual([
      { accountKey: "Accounts Receivable", taxKey: null, amount: parseMoney("24.00", "GBP") },
      { accountKey: "200", taxKey: "OUTPUT2", amount: parseMoney("-20.00", "GBP") },
      { accountKey: "Sales Tax", taxKey: null, amount: parseMoney("-4.00", "GBP") },
    ]);
    const note = predict(aCreditNote(), LEDGER);
    expect(note.journal.map(({ amount }) => amount.minor)).toEqual([-2400n, 2000n, 400n]);
  });

  test("a payment debits the bank and credits debtors; an allocation books nothing", () => {
    expect(predict(aPayment(), LEDGER).journal).toEqual([
      { accountKey: "090", taxKey: null, amount: parseMoney("24.00", "GBP") },
      { accountKey: "Accounts Receivable", taxKey: null, amount: parseMoney("-24.00", "GBP") },
    ]);
    expect(predict(anAllocation(), LEDGER).journal).toEqual([]);
    expect(predict(anItem(), LEDGER)).toBeNull();
  });
});
