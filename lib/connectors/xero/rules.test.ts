import { describe, expect, test } from "vitest";
import type { CanonicalRecord } from "@/lib/domain/canonical-record";
import { parseLocalDate } from "@/lib/domain/local-date";
import { parseMoney } from "@/lib/domain/money";
import { decimal } from "@/lib/kernel/decimal";
import {
  aContact,
  aCreditNote,
  aLine,
  anAllocation,
  anInvoice,
  anItem,
  anOverpayment,
  aPayment,
  CONTEXT,
  LEDGER,
} from "./fixtures/records";
import { xeroRules } from "./rules";

const { prepare, preflight, isMarker, naturalKey, link } = xeroRules;

const prepared = <T extends CanonicalRecord>(record: T, context = CONTEXT): CanonicalRecord =>
  prepare(record, context).record;
const causes = (record: CanonicalRecord): string[] => preflight(record, LEDGER).map(({ cause }) => cause);

describe("markers", () => {
  test("a contact's key holds the source id and fits ContactNumber", () => {
    const { marker } = prepared(aContact());
    expect(marker).toMatch(/^T-[0-9a-f]{8}-4815162342$/);
    const long = prepared(aContact(), { ...CONTEXT, sourceExternalId: "x".repeat(80) });
    expect(long.marker.length).toBeLessThanOrEqual(50);
  });

  test("two pairs give one source record two markers", () => {
    for (const record of [aContact(), anInvoice(), aCreditNote(), aPayment(), anOverpayment()]) {
      expect(prepared(record).marker).not.toBe(prepared(record, { ...CONTEXT, pairId: "pair-2" }).marker);
    }
  });

  test("an invoice bears the address of its source record", () => {
    expect(prepared(anInvoice()).marker).toBe("https://tieout.example/go/pair-1/invoice/4815162342");
  });

  test("every marker but an item's code is known as this pair's, and no other pair's", () => {
    for (const record of [aContact(), anInvoice(), aCreditNote(), aPayment(), anOverpayment()]) {
      const { marker } = prepared(record);
      expect(isMarker(marker, CONTEXT)).toBe(true);
      expect(isMarker(marker, { ...CONTEXT, pairId: "pair-2" })).toBe(false);
    }
    expect(isMarker(prepared(anItem()).marker, CONTEXT)).toBe(false);
    expect(isMarker("", CONTEXT)).toBe(false);
  });

  test("preparing twice changes nothing more", () => {
    for (const record of [aContact(), anItem(), anInvoice(), aCreditNote(), aPayment(), anOverpayment()]) {
      const once = prepared(record);
      expect(prepare(once, CONTEXT)).toEqual({ record: once, warnings: [] });
    }
  });
});

describe("prepare", () => {
  test("a name with double spaces and brackets is cleaned, and each change is said", () => {
    const { record, warnings } = prepare(aContact({ name: "  Smith  &\tSons <Leeds> " }), CONTEXT);
    expect(record).toMatchObject({ name: "Smith & Sons (Leeds)" });
    expect(warnings).toHaveLength(2);
    for (const warning of warnings) expect(warning).toMatch(/^[A-Z].*\.$/);
  });

  test("a clean contact raises no warning", () => {
    expect(prepare(aContact(), CONTEXT).warnings).toEqual([]);
  });

  test("an item's long name is cut to 50 characters and kept whole in the description", () => {
    const name = `Advent calendar ${"with many little doors ".repeat(4)}`.trim();
    const { record, warnings } = prepare(anItem({ name, description: "Paper" }), CONTEXT);
    expect(record).toMatchObject({ name: name.slice(0, 50).trimEnd(), description: `${name}\nPaper` });
    expect(warnings).toEqual([]);
  });

  test("an item whose description then is too long says what is lost", () => {
    const { record, warnings } = prepare(
      anItem({ name: "n".repeat(60), description: "d".repeat(4_000) }),
      CONTEXT,
    );
    expect(record.recordType === "item" && record.description.length).toBe(4_000);
    expect(warnings).toHaveLength(1);
  });

  test("a line without words gets its item's code or a dash, and a missing due date is the date", () => {
    const lines = [aLine({ description: " ", itemCode: "BOX-1" }), aLine({ description: "" })];
    const record = prepared(anInvoice({ lines, dueDate: null }));
    expect(record).toMatchObject({
      dueDate: "2026-05-10",
      lines: [{ description: "BOX-1" }, { description: "-" }],
    });
  });

  test("a payment's reference begins with its number and keeps the source's own", () => {
    expect(prepared(aPayment({ reference: "CHQ 4" }))).toMatchObject({ reference: "PAY-9, CHQ 4" });
    expect(prepared(aPayment({ reference: "PAY-9" }))).toMatchObject({ reference: "PAY-9" });
  });

  test("a reference with its key inside never passes 255 characters", () => {
    const { record, warnings } = prepare(aCreditNote({ reference: "r".repeat(300) }), CONTEXT);
    const length =
      record.recordType === "creditNote" ? record.reference.length + record.marker.length + 1 : 0;
    expect(length).toBe(255);
    expect(warnings).toHaveLength(1);
  });
});

describe("preflight", () => {
  test("records that Xero takes have no problem", () => {
    for (const record of [
      aContact(),
      anItem(),
      anInvoice(),
      aCreditNote(),
      anAllocation(),
      aPayment(),
      anOverpayment(),
    ])
      expect(preflight(prepared(record), LEDGER)).toEqual([]);
  });

  test.each<[string, CanonicalRecord, string]>([
    ["a name of 256 characters", aContact({ name: "n".repeat(256) }), "nameTooLong"],
    ["a contact's currency that is not enabled", aContact({ currency: "SEK" }), "currencyNotEnabled"],
    ["a code of 31 characters", anItem({ code: "c".repeat(31) }), "itemCodeUnusable"],
    ["an item without a code", anItem({ code: "" }), "itemCodeUnusable"],
    ["an invoice in a currency that is not enabled", anInvoice({ currency: "SEK" }), "currencyNotEnabled"],
    [
      "a line on an archived account",
      anInvoice({ lines: [aLine({ accountKey: "201" })] }),
      "accountNotUsable",
    ],
    ["a line on a system account", anInvoice({ lines: [aLine({ accountKey: "610" })] }), "accountNotUsable"],
    ["a line on a bank account", anInvoice({ lines: [aLine({ accountKey: "090" })] }), "accountNotUsable"],
    ["a line on no known account", anInvoice({ lines: [aLine({ accountKey: "999" })] }), "accountNotUsable"],
    ["a line without an account", anInvoice({ lines: [aLine({ accountKey: null })] }), "accountNotMapped"],
    [
      "a sales rate on an expense",
      anInvoice({ lines: [aLine({ accountKey: "400" })] }),
      "taxNotAllowedForAccount",
    ],
    ["an archived rate", anInvoice({ lines: [aLine({ taxKey: "OLD" })] }), "taxNotMapped"],
    ["a line without tax", anInvoice({ lines: [aLine({ taxKey: null })] }), "taxNotMapped"],
    ["an invoice without lines", anInvoice({ lines: [] }), "refused"],
    ["an invoice on the lock date", anInvoice({ date: parseLocalDate("2026-03-31") }), "periodLocked"],
    [
      "an allocation before the lock date",
      anAllocation({ date: parseLocalDate("2026-03-30") }),
      "periodLocked",
    ],
    ["a payment before the lock date", aPayment({ date: parseLocalDate("2026-01-01") }), "periodLocked"],
    ["a total below zero", anInvoice({ lines: [aLine({ quantity: decimal("-2") })] }), "negativeTotal"],
    ["a payment of nothing", aPayment({ amount: parseMoney("0", "GBP") }), "negativeTotal"],
    ["a payment into a sales account", aPayment({ accountKey: "200" }), "accountTakesNoPayments"],
    ["a payment into no account", aPayment({ accountKey: null }), "paymentAccountNotMapped"],
    [
      "an overpayment into another currency's bank",
      anOverpayment({ accountKey: "091" }),
      "accountCurrencyDiffers",
    ],
    [
      "an amount of 16 digits",
      aPayment({ amount: parseMoney("12345678901234.56", "GBP") }),
      "amountTooLarge",
    ],
    [
      "a line of 16 digits",
      anInvoice({ lines: [aLine({ unitPrice: decimal("99999999999999.9") })] }),
      "amountTooLarge",
    ],
  ])("%s is named", (_claim, record, cause) => {
    expect(causes(record)).toContain(cause);
  });

  test("a draft may be dated in a locked period, since Xero books it when it is approved", () => {
    const draft = anInvoice({ date: parseLocalDate("2026-03-31"), status: "draft" });
    expect(causes(draft)).toEqual([]);
  });

  test("a document without tax needs no rate", () => {
    expect(causes(anInvoice({ lineAmounts: "noTax", lines: [aLine({ taxKey: null })] }))).toEqual([]);
  });

  test("the same problem on many lines is told once", () => {
    const lines = Array.from({ length: 40 }, () => aLine({ accountKey: "999" }));
    expect(preflight(anInvoice({ lines }), LEDGER)).toHaveLength(1);
  });
});

describe("keys and links", () => {
  test("names are compared without case and extra spaces, codes without case", () => {
    expect(naturalKey(aContact({ name: " Ada  LOVELACE" }))).toBe("ada lovelace");
    expect(naturalKey(anItem({ code: "box-1" }))).toBe("BOX-1");
    expect(naturalKey(anInvoice())).toBe("INV-1");
  });

  test("settlements are known by what both systems call them", () => {
    expect(naturalKey(aPayment())).toBe(
      naturalKey(aPayment({ invoiceId: "another", externalId: "another" })),
    );
    expect(naturalKey(aPayment())).not.toBe(naturalKey(aPayment({ amount: parseMoney("24.01", "GBP") })));
    expect(naturalKey(anAllocation())).not.toBe(naturalKey(anAllocation({ invoiceNumber: "INV-2" })));
  });

  test("an allocation is shown on its credit note, and an item nowhere", () => {
    expect(link("allocation", "note/invoice/1")).toBe(link("creditNote", "note"));
    expect(link("item", "1")).toBeNull();
  });
});
