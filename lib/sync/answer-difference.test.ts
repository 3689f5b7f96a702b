import { expect, test } from "vitest";
import type { Invoice } from "@/lib/domain/document";
import { parseLocalDate } from "@/lib/domain/local-date";
import { aRulebook } from "@/tests/builders/ledger";
import { aContact, aLine, anInvoice, aPayment, gbp } from "@/tests/builders/records";
import { describeAnswerDifference } from "./answer-difference";

const TAG = { categoryKey: "region", optionKey: "north" };
const line = aLine({ accountKey: "200", taxKey: "OUTPUT20", tracking: [TAG] });
const asked = anInvoice({ lines: [line] });
const compare = (changes: Partial<Invoice>): string | null =>
  describeAnswerDifference(asked, anInvoice({ lines: [line], ...changes }), aRulebook());

test("an answer that is what was asked is no difference, with whatever ids and versions the ledger gave it", () => {
  expect(compare({ externalId: "x-1", version: "9", status: "paid", remaining: gbp("0.00") })).toBeNull();
});

test.each<[string, Partial<Invoice>]>([
  ["currency EUR", { gross: { minor: 2400n, currency: "EUR" } }],
  ["total 24.01 instead of 24.00", { gross: gbp("24.01") }],
  ["date 2026-05-11 instead of 2026-05-10", { date: parseLocalDate("2026-05-11") }],
  ["tax 3.99 instead of 4.00", { tax: gbp("3.99") }],
  ["2 lines instead of 1", { lines: [line, line] }],
  ["tracking was dropped", { lines: [aLine({ tracking: [] })] }],
  ["tracking was changed", { lines: [aLine({ tracking: [{ ...TAG, optionKey: "south" }] })] }],
])("%s is told", (words, changes) => {
  expect(compare(changes)).toBe(words);
});

test("the tax that counts is the ledger's own, foreseen, not the one that the source stated", () => {
  const stated = anInvoice({ lines: [line], tax: gbp("3.99") });
  expect(describeAnswerDifference(stated, asked, aRulebook())).toBeNull();
});

test("a payment is compared by amount and date", () => {
  expect(describeAnswerDifference(aPayment(), aPayment({ amount: gbp("23.99") }), aRulebook())).toBe(
    "total 23.99 instead of 24.00",
  );
  expect(describeAnswerDifference(aPayment(), aPayment(), aRulebook())).toBeNull();
});

test("contacts have no amount to compare", () => {
  expect(describeAnswerDifference(aContact(), aContact({ name: "Other" }), aRulebook())).toBeNull();
});
