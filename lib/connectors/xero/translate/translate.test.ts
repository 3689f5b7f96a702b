import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ObjectSerializer } from "xero-node/dist/gen/model/accounting/models.js";
import type { Invoice } from "@/lib/domain/document";
import { moneyToDecimal } from "@/lib/domain/money";
import { Decimal, decimal, decimalText } from "@/lib/kernel/decimal";
import { invariant } from "@/lib/kernel/invariant";
import {
  aContact,
  aCreditNote,
  aLine,
  anInvoice,
  anItem,
  aPayment,
  CONTEXT,
  LEDGER,
} from "../fixtures/records";
import { predict } from "../predict";
import { READABLE } from "../records/readable";
import { xeroRules } from "../rules";
import { contactOnWire } from "./contact";
import { currencyRateOnWire, fxRateOf } from "./currency";
import { creditNoteOnWire, invoiceOnWire } from "./document-on-wire";
import { itemOnWire } from "./item";
import { paymentOnWire } from "./settlement";

const sent = (type: string, element: object): Record<string, unknown> =>
  JSON.parse(JSON.stringify(ObjectSerializer.serialize(element, type)));

const amounts = fc.record({
  quantity: fc.integer({ min: 1, max: 9_999_999 }).map((units) => new Decimal(units).dividedBy(10_000)),
  unitPrice: fc.integer({ min: 0, max: 999_999_999 }).map((units) => new Decimal(units).dividedBy(10_000)),
});
const invoices = fc
  .record({
    currency: fc.constantFrom("GBP", "EUR", "JPY"),
    lines: fc.array(amounts, { minLength: 1, maxLength: 10 }),
  })
  .map(({ currency, lines }): Invoice => anInvoice({ currency, lines: lines.map((line) => aLine(line)) }));

/** The invoice as Xero would show it after the write: our JSON with Xero's totals in it. */
function shown(invoice: Invoice): object {
  const { net, tax, gross } = predict(invoice, LEDGER);
  const total = Number(decimalText(moneyToDecimal(gross)));
  return {
    ...sent("Invoice", invoiceOnWire(invoice)),
    InvoiceID: "an-id",
    Contact: { ContactID: invoice.contactId, Name: invoice.contactName },
    SubTotal: Number(decimalText(moneyToDecimal(net))),
    TotalTax: Number(decimalText(moneyToDecimal(tax))),
    Total: total,
    AmountDue: total,
    UpdatedDateUTC: "/Date(1778000000123+0000)/",
  };
}

describe("the wire", () => {
  test("every amount, quantity and price of an invoice comes back to the last unit", () => {
    fc.assert(
      fc.property(invoices, (invoice) => {
        const read = READABLE.invoice.read(JSON.parse(JSON.stringify(shown(invoice))));
        invariant(read.ok, read.ok ? "" : read.error);
        const [back] = read.value;
        invariant(back.recordType === "invoice", "an invoice was read");
        const { net, tax, gross } = predict(invoice, LEDGER);
        expect({ net: back.net, tax: back.tax, gross: back.gross }).toEqual({ net, tax, gross });
        expect(back.lines.map((line) => [line.quantity, line.unitPrice].map(decimalText))).toEqual(
          invoice.lines.map((line) => [line.quantity, line.unitPrice].map(decimalText)),
        );
      }),
    );
  });

  test("an invoice is sent with its contact's id alone, no tax amount, and every LineAmount", () => {
    const wire = sent("Invoice", invoiceOnWire(anInvoice({ marker: "https://t.example/go/p/invoice/1" })));
    expect(wire).toEqual({
      Type: "ACCREC",
      Contact: { ContactID: "6a1b1c1d-0000-4000-8000-000000000001" },
      LineItems: [
        {
          Description: "Gift box",
          Quantity: 2,
          UnitAmount: 10,
          AccountCode: "200",
          TaxType: "OUTPUT2",
          LineAmount: 20,
        },
      ],
      Date: "2026-05-10",
      DueDate: "2026-06-09",
      LineAmountTypes: "Exclusive",
      InvoiceNumber: "INV-1",
      Reference: "PO 7",
      Url: "https://t.example/go/p/invoice/1",
      CurrencyCode: "GBP",
      Status: "AUTHORISED",
    });
  });

  test("an account that has no code is named by its id", () => {
    const accountKey = "0a1b2c3d-1111-4222-8333-444455556666";
    const wire = sent("Invoice", invoiceOnWire(anInvoice({ lines: [aLine({ accountKey })] })));
    expect(wire).toMatchObject({ LineItems: [{ AccountID: accountKey }] });
    expect(sent("Payment", paymentOnWire(aPayment({ accountKey })))).toMatchObject({
      Account: { AccountID: accountKey },
    });
  });

  test("a credit note's key stands at the end of its reference and is read from there", () => {
    const { record } = xeroRules.prepare(aCreditNote(), CONTEXT);
    invariant(record.recordType === "creditNote", "still a credit note");
    const wire = sent("CreditNote", creditNoteOnWire(record));
    expect(wire.Reference).toBe(`PO 7 ${record.marker}`);
    const read = READABLE.creditNote.read({
      ...wire,
      CreditNoteID: "an-id",
      SubTotal: 20,
      TotalTax: 4,
      Total: 24,
      RemainingCredit: 24,
      UpdatedDateUTC: "2026-05-10T09:00:00.000",
      CreditNoteNumber: "CN-1",
    });
    invariant(read.ok, read.ok ? "" : read.error);
    expect(read.value[0]).toMatchObject({ reference: "PO 7", marker: record.marker });
  });

  test("an update of a contact never sends a ContactNumber", () => {
    const contact = { ...aContact(), marker: "T-00000000-1" };
    expect(sent("Contact", contactOnWire(contact, null)).ContactNumber).toBe("T-00000000-1");
    expect(sent("Contact", contactOnWire(contact, "an-id"))).not.toHaveProperty("ContactNumber");
  });

  test("an item of which no sale is known is sent without sales details", () => {
    const item = anItem({ salesPrice: null, salesAccountKey: null, salesTaxKey: null });
    expect(sent("Item", itemOnWire(item))).not.toHaveProperty("SalesDetails");
    expect(sent("Item", itemOnWire(anItem()))).toMatchObject({ SalesDetails: { UnitPrice: 2.5525 } });
  });

  test("a rate is turned round and back without more loss than Xero's six decimals", () => {
    expect(currencyRateOnWire(decimal("0.85"))).toBe(1.176471);
    expect(fxRateOf(decimal("1.176471"))?.toDecimalPlaces(5).toFixed()).toBe("0.85");
    expect(currencyRateOnWire(null)).toBeUndefined();
    expect(fxRateOf(decimal("1"))).toBeNull();
  });

  test("a number of more than 15 digits, a penny's part and a date that is none are refused by name", () => {
    const good = shown(anInvoice());
    const refusal = (changes: object): string => {
      const read = READABLE.invoice.read({ ...good, ...changes });
      return read.ok ? "" : read.error;
    };
    expect(refusal({})).toBe("");
    expect(refusal({ Total: Number("1234567890123456.7") })).toContain('"Total"');
    expect(refusal({ AmountDue: 10.005 })).toContain('"AmountDue"');
    expect(refusal({ Date: "/Date(9999999999999999999)/" })).toContain('"Date"');
    expect(refusal({ UpdatedDateUTC: "yesterday" })).toContain('"UpdatedDateUTC"');
    expect(refusal({ Status: "HALFDONE" })).toContain('"Status"');
  });
});

describe("encodedBytes", () => {
  test("is the length of the very JSON that is sent, in bytes and not in characters", () => {
    const invoice = anInvoice({ lines: [aLine({ description: "Café ☕" })] });
    const body = JSON.stringify({
      Invoices: [invoice, invoice].map((one) => sent("Invoice", invoiceOnWire(one))),
    });
    const frame = Buffer.byteLength('{"Invoices":[]}');
    const counted = 2 * xeroRules.encodedBytes(invoice) + frame;
    expect(counted).toBeGreaterThanOrEqual(Buffer.byteLength(body));
    expect(counted - Buffer.byteLength(body)).toBeLessThanOrEqual(4);
  });

  test.each([
    ["Contact", aContact(), (contact: ReturnType<typeof aContact>) => contactOnWire(contact, null)],
    ["Item", anItem(), itemOnWire],
    ["CreditNote", aCreditNote(), creditNoteOnWire],
    ["Payment", aPayment(), paymentOnWire],
  ] as const)("of a %s is what the SDK's own form of it takes, and a comma", (type, record, onWire) => {
    const form = JSON.stringify(sent(type, (onWire as (one: typeof record) => object)(record)));
    expect(xeroRules.encodedBytes(record)).toBe(Buffer.byteLength(form) + 2);
  });

  test("a record that no number can carry is refused by apply and so has no bytes", () => {
    expect(xeroRules.encodedBytes(aPayment({ amount: { minor: 10n ** 17n + 1n, currency: "GBP" } }))).toBe(0);
  });
});
