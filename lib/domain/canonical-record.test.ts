import fc from "fast-check";
import { expect, test } from "vitest";
import { decimalText } from "@/lib/kernel/decimal";
import { encode } from "@/lib/kernel/json";
import { aLine, anInvoice, aPayment, oneOfEach } from "@/tests/builders/records";
import { canonicalRecordSchema, summarise } from "./canonical-record";
import { decimalSchema, localDateSchema, moneySchema } from "./json-edge";
import { NEW_PAIR_SETTINGS, pairSettingsSchema } from "./pair-settings";

const throughJson = (value: unknown): unknown => JSON.parse(JSON.stringify(encode(value)));

test("every kind of record comes back from JSON as it was", () => {
  for (const record of oneOfEach()) {
    expect(canonicalRecordSchema.parse(throughJson(record))).toEqual(record);
  }
});

test("amounts, prices and rates come back from JSON to the last digit", () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }),
      fc.constantFrom("GBP", "JPY", "KWD"),
      fc.integer({ min: -(10 ** 9), max: 10 ** 9 }),
      (minor, currency, price) => {
        const amount = { minor, currency };
        const unitPrice = decimalSchema.parse(`${price}.000001`);
        const line = aLine({ amount, tax: amount, unitPrice });
        const record = anInvoice({ lines: [line], gross: amount, fxRate: unitPrice, currency });
        const back = canonicalRecordSchema.parse(throughJson(record));
        expect(back).toEqual(record);
        expect(throughJson(back)).toEqual(throughJson(record));
      },
    ),
  );
});

test("no money is read from a JSON number, from parts of a minor unit or without a currency", () => {
  for (const minor of [1250, "12.50", "", "1e3", "+5", " 5"])
    expect(moneySchema.safeParse({ minor, currency: "GBP" }).success, String(minor)).toBe(false);
  for (const currency of ["gbp", "GB", "GBPX", ""])
    expect(moneySchema.safeParse({ minor: "1", currency }).success, currency).toBe(false);
});

test("a faulty decimal or date is an issue with its place, not an exception", () => {
  const faulty = { ...(encode(anInvoice()) as object), date: "2026-02-30", fxRate: "one" };
  const { error } = canonicalRecordSchema.safeParse(faulty);
  expect(error?.issues.map((issue) => issue.path.join("."))).toEqual(["date", "fxRate"]);
  expect(decimalSchema.safeParse(5).success).toBe(false);
  expect(localDateSchema.safeParse(null).success).toBe(false);
});

test("a record of no known kind is refused", () => {
  expect(canonicalRecordSchema.safeParse({ recordType: "bill" }).success).toBe(false);
});

test("documents and settlements are summed up with their own amount, contacts and items without", () => {
  const amounts = oneOfEach().map((record) => [record.recordType, summarise(record).amount?.minor ?? null]);
  expect(amounts).toEqual([
    ["contact", null],
    ["item", null],
    ["invoice", 2400n],
    ["creditNote", 2400n],
    ["allocation", 500n],
    ["payment", 2400n],
    ["overpayment", 2400n],
  ]);
  expect(summarise(aPayment()).label).toBe("Ada Lovelace, invoice INV-1");
});

test("settings of a new pair are settings, and no unknown document status is one", () => {
  expect(pairSettingsSchema.parse(throughJson(NEW_PAIR_SETTINGS))).toEqual(NEW_PAIR_SETTINGS);
  expect(pairSettingsSchema.safeParse({ documentStatus: "posted", version: 1 }).success).toBe(false);
});

test("a price's text is the same however its zeros were written", () => {
  expect(decimalText(decimalSchema.parse("10.5000"))).toBe("10.5");
});
