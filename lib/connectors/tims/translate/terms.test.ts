import fc from "fast-check";
import { expect, test } from "vitest";
import { UnreadableRecord } from "@/lib/connectors/contract/unreadable";
import { parseLocalDate } from "@/lib/domain/local-date";
import { decimal } from "@/lib/kernel/decimal";
import { dueDateOf } from "./terms";

const due = (paymentTerms: string, days: string | null = null, date = "2026-01-20") =>
  dueDateOf(
    parseLocalDate(date),
    { paymentTerms, paymentTermsDays: days === null ? null : decimal(days) },
    "sales order",
  );

test.each([
  ["", "2026-01-20"],
  ["Due on receipt", "2026-01-20"],
  ["COD", "2026-01-20"],
  ["Net 30", "2026-02-19"],
  ["30 days", "2026-02-19"],
  ["n/30", "2026-02-19"],
  ["2/10 Net 30", "2026-02-19"],
  ["2% 10 days, net 30", "2026-02-19"],
  ["EOM", "2026-01-31"],
  ["End of the month", "2026-01-31"],
  ["30 days EOM", "2026-03-02"],
  ["EOM + 15", "2026-02-15"],
  ["Net 15 after end of month", "2026-02-15"],
])("%j from 20 January is due on %s", (terms, expected) => {
  expect(due(terms)).toBe(expected);
});

test("the number of days that TIMS states holds over the words, and the end of the month is still the words'", () => {
  expect(due("Our usual terms", "14")).toBe("2026-02-03");
  expect(due("EOM", "10")).toBe("2026-02-10");
});

test("the last day of a month is that month's own, in leap years too", () => {
  expect(due("EOM", null, "2028-02-01")).toBe("2028-02-29");
  expect(due("EOM", null, "2026-12-31")).toBe("2026-12-31");
});

test("terms of an unknown form are refused with the words", () => {
  expect(() => due("By the full moon")).toThrow(UnreadableRecord);
  expect(() => due("By the full moon")).toThrow(/"By the full moon" are no terms that Tieout knows/);
});

test("nothing is ever due before its own date", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 999 }),
      fc.constantFrom("Net %", "% days EOM", "EOM + %", "2/10 net %"),
      (days, form) => due(form.replace("%", String(days))) >= "2026-01-20",
    ),
  );
});
