import { expect, test } from "vitest";
import { parseLocalDate } from "@/lib/domain/local-date";
import { aContactEntry, anEntry, anEntryPart, anEntryTax } from "@/tests/builders/entry";
import type { Entry } from "./entry";
import { findEntryChanges } from "./entry-changes";

const fieldsOf = (changes: Partial<Entry>, before: Entry = anEntry()): string[] =>
  findEntryChanges(before, { ...before, ...changes }).map(({ field }) => field);

test.each<[string, Partial<Entry>]>([
  ["status", { standing: false }],
  ["amount", { gross: 1n }],
  ["amount,tax,account", { currency: "EUR", accounts: [anEntryPart("200", 1n)] }],
  ["date", { date: parseLocalDate("2026-05-11") }],
  ["contact", { contactName: "Ben" }],
  ["tax", { taxes: [anEntryTax({ tax: 1n })] }],
  ["account", { accounts: [anEntryPart("200", 1n)] }],
  ["tracking", { tracking: [anEntryPart("a/b", 1n)] }],
  ["rate", { fxRate: "1.1" }],
  ["number", { number: "INV-2" }],
])("%s is what changed", (fields, changes) => {
  expect(fieldsOf(changes).join(",")).toBe(fields);
});

test("a change has both values in it, with their currency", () => {
  expect(findEntryChanges(anEntry(), anEntry({ gross: 2500n }))).toEqual([
    { field: "amount", before: "GBP 24.00", after: "GBP 25.00" },
  ]);
});

test("a renamed contact is a change of the contact, and of no document's settlement", () => {
  expect(fieldsOf({ label: "Eve" }, aContactEntry())).toEqual(["name"]);
  const settlement = anEntry({ recordType: "payment", settles: { id: "x", number: "INV-1" } });
  expect(fieldsOf({ contactName: "Eve", label: "Eve, invoice INV-1" }, settlement)).toEqual([]);
});

test("the same record read again has changed nothing", () => {
  expect(fieldsOf({})).toEqual([]);
});
