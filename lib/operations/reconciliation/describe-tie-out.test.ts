import { expect, test } from "vitest";
import type { TieOutView } from "@/lib/domain/views/tie-out-view";
import { type Accounted, accountedKey, compareEntries } from "@/lib/reconciliation/compare";
import type { Entry } from "@/lib/reconciliation/entry";
import { aContactEntry, anEntry, anEntryTax } from "@/tests/builders/entry";
import { describeTieOut } from "./describe-tie-out";

const NAMES = {
  asOf: new Date("2026-11-21T12:00:00Z"),
  sourceName: "Tidewater",
  ledgerName: "Tidewater Ltd",
};
const describeSides = (
  source: readonly Entry[],
  ledger: readonly Entry[],
  reasons: readonly (readonly [string, Accounted["kind"]])[] = [],
): TieOutView => {
  const accounted = new Map(
    reasons.map(([id, kind]) => [accountedKey("invoice", id), { kind, sentence: `${id} waits.` }]),
  );
  return describeTieOut(compareEntries(source, ledger, accounted), NAMES);
};

const sourceOf = (count: number): Entry[] =>
  Array.from({ length: count }, (_, index) =>
    anEntry({ id: `z-${index}`, number: `${index}`, marker: `m${index}` }),
  );
const ledgerOf = (source: readonly Entry[]): Entry[] => source.map((one) => ({ ...one, id: `x-${one.id}` }));

test.each([
  [0, "There is nothing to compare yet."],
  [1, "The one record agrees to the cent."],
  [2, "All 2 records agree to the cent."],
  [1234, "All 1,234 records agree to the cent."],
])("with %i records that agree the headline says so", (count, headline) => {
  const source = sourceOf(count);
  expect(describeSides(source, ledgerOf(source))).toMatchObject({ headline, discrepancies: 0, named: [] });
});

test("what waits is said beside what agrees, and is no discrepancy", () => {
  const source = sourceOf(3);
  const view = describeSides(source, ledgerOf(source.slice(1)), [["z-0", "exception"]]);
  expect(view).toMatchObject({ discrepancies: 0, headline: "2 records agree to the cent. 1 waits for you." });
  expect(view.named).toEqual([
    {
      recordType: "invoice",
      kind: "exception",
      number: "0",
      label: "Ada Lovelace",
      amount: { amount: "24.00", currency: "GBP" },
      sentence: "z-0 waits.",
    },
  ]);
  const two = describeSides(sourceOf(3), ledgerOf(source.slice(2)), [
    ["z-0", "exception"],
    ["z-1", "exception"],
  ]);
  expect(two.headline).toBe("1 record agrees to the cent. 2 wait for you.");
});

test("what a rule leaves out does not wait for anyone", () => {
  const source = sourceOf(3);
  const view = describeSides(source, ledgerOf(source.slice(1)), [["z-0", "excluded"]]);
  expect(view.headline).toBe("All 2 records agree to the cent.");
  expect(view.named.map((row) => row.kind)).toEqual(["excluded"]);
});

test("a discrepancy comes before everything else in the headline, and each is named", () => {
  const source = sourceOf(3);
  const view = describeSides(source, ledgerOf(source.slice(2)), [["z-0", "exception"]]);
  expect(view).toMatchObject({ discrepancies: 1, headline: "1 record does not agree." });
  expect(view.named.map((row) => row.kind)).toEqual(["missing", "exception"]);
  expect(describeSides(sourceOf(2), []).headline).toBe("2 records do not agree.");
});

test("amounts are texts with the digits of their currency, and contacts have none", () => {
  const yen = anEntry({
    marker: "m",
    currency: "JPY",
    gross: 1500n,
    taxes: [anEntryTax({ net: 1500n, tax: 0n })],
  });
  const contact = aContactEntry({ id: "z-c" });
  const view = describeSides([yen, contact], ledgerOf([yen, contact]));
  expect(view.byType.map((line) => [line.recordType, line.source])).toEqual([
    ["invoice", { count: 1, total: { amount: "1500", currency: "JPY" } }],
    ["contact", { count: 1, total: null }],
  ]);
  expect(view.byMonth[0]).toMatchObject({ month: "2026-05", taxRate: "20 %", difference: { amount: "0" } });
});

test("a report has a JSON form that is the report", () => {
  const source = sourceOf(2);
  const view = describeSides(source, ledgerOf(source.slice(1)));
  expect(JSON.parse(JSON.stringify(view))).toEqual(view);
});

test("every rounding line is counted, summed by currency and named with its amount", () => {
  const pair = (id: string, currency: string, rounding: bigint) => {
    const source = anEntry({
      id,
      number: id,
      marker: id,
      currency,
      taxes: [anEntryTax({ net: 2000n - rounding, tax: 400n + rounding })],
    });
    const ledger = {
      ...source,
      id: `x${id}`,
      rounding,
      taxes: [anEntryTax({ net: 2000n - rounding, tax: 400n })],
    };
    return { source, ledger };
  };
  const pairs = [pair("1", "GBP", 1n), pair("2", "GBP", -3n), pair("3", "JPY", 1n), pair("4", "GBP", 0n)];
  const view = describeSides(
    pairs.map((one) => one.source),
    pairs.map((one) => one.ledger),
  );
  expect(view.discrepancies).toBe(0);
  expect(view.roundings).toEqual({
    count: 3,
    totals: [
      { amount: "-0.02", currency: "GBP" },
      { amount: "1", currency: "JPY" },
    ],
  });
  expect(view.named.map((row) => [row.kind, row.number])).toEqual([
    ["rounding", "1"],
    ["rounding", "2"],
    ["rounding", "3"],
  ]);
  expect(view.named[1]?.sentence).toContain("-0.03");
  expect(view.byMonth.filter((line) => line.taxRate === "Rounding").length).toBe(2);
});

test("what someone else put into the ledger is listed apart", () => {
  const view = describeSides([], [anEntry({ id: "x-9", number: "TYPED" })]);
  expect(view.discrepancies).toBe(0);
  expect(view.onlyInLedger).toMatchObject({ count: 1, rows: [{ kind: "onlyInLedger", number: "TYPED" }] });
});
