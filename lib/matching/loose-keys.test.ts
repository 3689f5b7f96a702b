import { expect, test } from "vitest";
import { aContact, anInvoice, aPayment, gbp } from "@/tests/builders/records";
import { looseKeysOf, looseName, looseNumber } from "./loose-keys";

test.each([
  ["INV-0042", "inv 42"],
  ["INV-0042", "42"],
  ["INV-0042", "SI/0042"],
  ["INV-0042", "＃INV－0042"],
  ["2026-0007", "2026 0007"],
  ["ABC", "a.b.c"],
])("%s and %s are one number in two spellings", (first, second) => {
  expect(looseNumber(first)).toBe(looseNumber(second));
});

test.each([
  ["INV-42", "INV-43"],
  ["INV-42", "INV-42-2"],
  ["INV-42A", "INV-42B"],
  ["2025-0007", "2026-0007"],
])("%s and %s are two numbers", (first, second) => {
  expect(looseNumber(first)).not.toBe(looseNumber(second));
});

test("no number is no key", () => {
  expect([looseNumber(""), looseNumber(" - "), looseNumber("000")]).toEqual(["", "", "0"]);
});

test.each([
  ["Harbour Lights Ltd", "HARBOUR LIGHTS LIMITED"],
  ["Smith & Sons", "Smith and Sons"],
  ["St. Ives Gifts", "St Ives Gifts"],
  ["O'Neill Boats", "ONeill Boats"],
  ["Lovelace, Ada", "Ada Lovelace"],
  ["Müller GmbH & Co. KG", "Muller"],
])("%s and %s are one name in two spellings", (first, second) => {
  expect(looseName(first)).toBe(looseName(second));
});

test("a name of legal forms alone keeps its words", () => {
  expect(looseName("The Company Ltd")).toBe("company ltd the");
  expect(looseName("")).toBe("");
});

test("the keys fit an index, however long a name is", () => {
  const { looseKey } = looseKeysOf(
    aContact({ name: Array.from({ length: 900 }, (_, at) => `word${at}`).join(" ") }),
  );
  expect(looseKey.length).toBeLessThanOrEqual(200);
});

test("two documents of one day and total, and two payments of one document and amount, are twins", () => {
  expect(looseKeysOf(anInvoice({ number: "A" })).twinKey).toBe(
    looseKeysOf(anInvoice({ number: "B" })).twinKey,
  );
  expect(looseKeysOf(anInvoice({ gross: gbp("1.00") })).twinKey).not.toBe(looseKeysOf(anInvoice()).twinKey);
  expect(looseKeysOf(aPayment()).twinKey).not.toBe(looseKeysOf(aPayment({ invoiceId: "other" })).twinKey);
  expect(looseKeysOf(aPayment({ invoiceId: "" })).twinKey).toBe("");
});
