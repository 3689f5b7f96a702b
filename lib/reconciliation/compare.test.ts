import { describe, expect, test } from "vitest";
import { parseLocalDate } from "@/lib/domain/local-date";
import { aContactEntry, anEntry, anEntryTax } from "@/tests/builders/entry";
import { type Accounted, accountedKey, compareEntries } from "./compare";
import type { Entry } from "./entry";

const inLedger = (changes: Partial<Entry> = {}): Entry => anEntry({ id: "x-1", ...changes });
const compare = (
  source: readonly Entry[],
  ledger: readonly Entry[],
  accounted: ReadonlyMap<string, Accounted> = new Map(),
) => compareEntries(source, ledger, accounted);
const kinds = (source: readonly Entry[], ledger: readonly Entry[]): string[] =>
  compare(source, ledger).findings.map((finding) => finding.kind);
const waiting = (kind: Accounted["kind"], ...ids: string[]) =>
  new Map(ids.map((id) => [accountedKey("invoice", id), { kind, sentence: "because" }]));

describe("what is one record", () => {
  test("our marker comes before everything else that is alike", () => {
    const source = anEntry({ marker: "m1" });
    const typed = inLedger({ id: "typed" });
    const ours = inLedger({ id: "ours", marker: "m1", strictKey: "other", looseKey: "other" });
    const { pairs, onlyInLedger } = compare([source], [typed, ours]);
    expect(pairs).toEqual([{ source, ledger: ours }]);
    expect(onlyInLedger).toEqual([typed]);
  });

  test("without a marker everything must agree, and then a number alone says: this one, but different", () => {
    expect(kinds([anEntry()], [inLedger()])).toEqual([]);
    const different = inLedger({ strictKey: "other", gross: 2500n });
    expect(kinds([anEntry()], [different])).toEqual(["amountDiffers"]);
  });

  test("an exact agreement is not spoilt by an earlier one of the same number", () => {
    const different = inLedger({ id: "x-0", strictKey: "other", gross: 1n });
    const { pairs, onlyInLedger, findings } = compare([anEntry()], [different, inLedger()]);
    expect([pairs[0]?.ledger.id, onlyInLedger.length, findings]).toEqual(["x-1", 1, []]);
  });

  test("two equal records are two: one in the ledger covers one", () => {
    const source = [anEntry({ id: "z-1" }), anEntry({ id: "z-2" })];
    expect(kinds(source, [inLedger()])).toEqual(["missing"]);
    expect(kinds(source, [inLedger(), inLedger({ id: "x-2" })])).toEqual([]);
  });

  test("records of two kinds are never one, even with equal keys and markers", () => {
    const note = inLedger({ recordType: "creditNote", marker: "m1" });
    expect(kinds([anEntry({ marker: "m1" })], [note])).toEqual(["missing", "unknownMarker"]);
  });

  test("an empty marker or key pairs nothing", () => {
    const bare = { strictKey: "", looseKey: "" };
    expect(kinds([anEntry(bare)], [inLedger(bare)])).toEqual(["missing"]);
  });

  test("a contact is found by e-mail under a similar name, not under another", () => {
    const source = aContactEntry({ label: "Harbour Lights Ltd", strictKey: "harbour lights ltd" });
    const similar = aContactEntry({ id: "x-1", label: "Harbour Lights", strictKey: "harbour lights" });
    const other = aContactEntry({ id: "x-2", label: "Boatyard Cafe", strictKey: "boatyard cafe" });
    expect(kinds([source], [other])).toEqual(["missing"]);
    expect(compare([source], [other, similar]).pairs.map((pair) => pair.ledger.id)).toEqual(["x-1"]);
  });
});

describe("what is named", () => {
  test("a record of the source that the ledger does not have is missing", () => {
    expect(kinds([anEntry()], [])).toEqual(["missing"]);
  });

  test("what was posted twice is doubled, and the source record is named with it", () => {
    const source = anEntry({ marker: "m1" });
    const twice = [inLedger({ marker: "m1" }), inLedger({ id: "x-2", marker: "m1" })];
    expect(compare([source], twice).findings).toMatchObject([
      { kind: "doubled", source: { id: "z-1" }, ledger: { id: "x-2" } },
    ]);
  });

  test("our marker on something that the source does not have is named", () => {
    expect(kinds([], [inLedger({ marker: "m9" })])).toEqual(["unknownMarker"]);
  });

  test("what someone else put into the ledger is counted and no discrepancy", () => {
    const { findings, onlyInLedger } = compare([], [inLedger()]);
    expect([findings.length, onlyInLedger.length]).toEqual([0, 1]);
  });

  test("a document that is void in the source and stands in the ledger is named", () => {
    const voided = anEntry({ marker: "m1", standing: false });
    expect(kinds([voided], [inLedger({ marker: "m1" })])).toEqual(["unknownMarker"]);
  });

  test("void records on both sides are left out and counted", () => {
    const gone = { standing: false };
    const comparison = compare([anEntry(gone), anEntry({ id: "z-2", ...gone })], [inLedger(gone)]);
    expect(comparison.voided).toEqual({ source: 2, ledger: 1 });
    expect([comparison.findings, comparison.pairs]).toEqual([[], []]);
  });

  test.each<[string, string, Partial<Entry>]>([
    ["another total", "amountDiffers", { gross: 2401n }],
    ["another currency", "amountDiffers", { currency: "EUR" }],
    ["another date", "dateDiffers", { date: parseLocalDate("2026-05-11") }],
    ["another rate", "taxDiffers", { taxes: [anEntryTax({ ratePercent: "0", net: 2400n, tax: 0n })] }],
    ["another split", "taxDiffers", { taxes: [anEntryTax({ net: 2100n, tax: 300n })] }],
    ["no tax", "taxDiffers", { taxes: [] }],
  ])("%s is found where our marker pairs them", (_, kind, changes) => {
    expect(kinds([anEntry({ marker: "m" })], [inLedger({ marker: "m", ...changes })])).toEqual([kind]);
  });
});

describe("exclusions and exceptions", () => {
  test("what a rule leaves out or what waits is accounted for, not missing", () => {
    for (const kind of ["excluded", "exception"] as const) {
      const { accounted, findings } = compare([anEntry()], [], waiting(kind, "z-1"));
      expect([accounted.length, findings]).toEqual([1, []]);
      expect(accounted[0]?.why.kind).toBe(kind);
    }
  });

  test("a reason does not hide a record that is in the ledger after all", () => {
    const posted = compare(
      [anEntry({ marker: "m" })],
      [inLedger({ marker: "m" })],
      waiting("excluded", "z-1"),
    );
    expect([posted.pairs.length, posted.accounted]).toEqual([1, []]);
  });

  test("what waits is not taken for something that was typed into the ledger", () => {
    const { accounted, onlyInLedger } = compare([anEntry()], [inLedger()], waiting("exception", "z-1"));
    expect([accounted.length, onlyInLedger.length]).toEqual([1, 1]);
  });

  test("a reason for one kind of record is none for another of the same id", () => {
    const reasons = new Map([[accountedKey("payment", "z-1"), { kind: "exception", sentence: "" } as const]]);
    expect(compare([anEntry()], [], reasons).findings.map((one) => one.kind)).toEqual(["missing"]);
  });
});

describe("tax that rounding moved", () => {
  const tie = (source: Partial<Entry>, ledger: Partial<Entry>): string[] =>
    kinds([anEntry({ marker: "m", ...source })], [inLedger({ marker: "m", ...ledger })]);

  test("a rounding line explains exactly the tax that it replaces", () => {
    const source = { taxes: [anEntryTax({ net: 1999n, tax: 401n })] };
    expect(tie(source, { taxes: [anEntryTax({ net: 1999n, tax: 400n })], rounding: 1n })).toEqual([]);
    expect(tie(source, { taxes: [anEntryTax({ net: 1999n, tax: 399n })], rounding: 1n })).toEqual([
      "taxDiffers",
    ]);
  });

  test("a rounding line that nothing asked for is named", () => {
    expect(tie({}, { rounding: 1n })).toEqual(["taxDiffers"]);
  });

  test("tax inside the price may move by half a penny a line and one for the document, and no more", () => {
    const source = { taxes: [anEntryTax({ net: 2497n, tax: 500n, lines: 3 })] };
    const moved = (units: bigint) => ({
      taxes: [anEntryTax({ net: 2497n - units, tax: 500n + units, lines: 3 })],
    });
    expect(tie(source, moved(1n))).toEqual([]);
    expect(tie(source, moved(-3n))).toEqual([]);
    expect(tie(source, moved(4n))).toEqual(["taxDiffers"]);
  });

  test("an amount that moved from one rate to another is named, though the total agrees", () => {
    const at = (ratePercent: string, net: bigint, tax: bigint) => anEntryTax({ ratePercent, net, tax });
    const source = { taxes: [at("20", 1000n, 200n), at("5", 1000n, 50n)] };
    expect(tie(source, { taxes: [at("20", 1001n, 200n), at("5", 999n, 50n)] })).toEqual(["taxDiffers"]);
  });

  test("rates without net and tax do not count", () => {
    const nothing = anEntryTax({ ratePercent: "0", net: 0n, tax: 0n });
    expect(tie({ taxes: [anEntryTax(), nothing] }, {})).toEqual([]);
  });
});
