import fc from "fast-check";
import { expect, test } from "vitest";
import { parseLocalDate } from "@/lib/domain/local-date";
import { aContactEntry, anEntry, anEntryTax } from "@/tests/builders/entry";
import { type Accounted, accountedKey, type Comparison, compareEntries } from "./compare";
import type { Entry } from "./entry";
import { totalByMonth, totalByType } from "./totals";

const few = (prefix: string) => fc.constantFrom("", `${prefix}1`, `${prefix}2`, `${prefix}3`);
const entry = (side: string): fc.Arbitrary<Entry> =>
  fc
    .record({
      number: fc.nat({ max: 999 }),
      recordType: fc.constantFrom("invoice" as const, "payment" as const, "contact" as const),
      currency: fc.constantFrom("GBP", "EUR"),
      gross: fc.bigInt({ min: -5000n, max: 5000n }),
      day: fc.constantFrom("2026-05-10", "2026-06-01"),
      standing: fc.boolean(),
      marker: few("m"),
      strictKey: few("s"),
      looseKey: few("l"),
    })
    .map(({ number, day, recordType, gross, currency, ...keys }) =>
      recordType === "contact"
        ? aContactEntry({ ...keys, id: `${side}${number}` })
        : anEntry({
            ...keys,
            id: `${side}${number}`,
            recordType,
            gross,
            currency,
            date: parseLocalDate(day),
            taxes: [anEntryTax({ net: gross, tax: 0n })],
          }),
    );

const side = (name: string) =>
  fc.uniqueArray(entry(name), { maxLength: 12, selector: (one) => `${one.recordType} ${one.id}` });

const world = fc
  .record({
    source: side("z"),
    ledger: side("x"),
    reasons: fc.array(fc.constantFrom("excluded" as const, "exception" as const, null), {
      minLength: 12,
      maxLength: 12,
    }),
  })
  .map(({ source, ledger, reasons }) => {
    const accounted = new Map<string, Accounted>();
    for (const [index, one] of source.entries()) {
      const kind = reasons[index] ?? null;
      if (kind) accounted.set(accountedKey(one.recordType, one.id), { kind, sentence: "because" });
    }
    return { source, ledger, comparison: compareEntries(source, ledger, accounted) };
  });

const standing = (entries: readonly Entry[]): Entry[] => entries.filter((one) => one.standing);
const ids = (entries: readonly (Entry | null)[]): string[] =>
  entries.flatMap((one) => (one ? [`${one.recordType} ${one.id}`] : [])).sort();

test("source = ledger + excluded + exceptions + discrepancies, in count and amount, whatever the two sides hold", () => {
  fc.assert(
    fc.property(world, ({ source, comparison }) => {
      const lines = totalByType(comparison);
      for (const line of lines) {
        const { ledger, excluded, exceptions, discrepancies } = line;
        const parts = [ledger, excluded, exceptions, discrepancies];
        expect(parts.reduce((total, part) => total + part.count, 0)).toBe(line.source.count);
        expect(parts.reduce((total, part) => total + part.minor, 0n)).toBe(line.source.minor);
        const own = standing(source).filter(
          (one) => one.recordType === line.recordType && one.currency === line.currency,
        );
        expect(line.source).toEqual({
          count: own.length,
          minor: own.reduce((total, one) => total + one.gross, 0n),
        });
      }
      expect(lines.reduce((total, line) => total + line.source.count, 0)).toBe(standing(source).length);
    }),
    { numRuns: 500 },
  );
});

test("every standing record of either side has exactly one place", () => {
  fc.assert(
    fc.property(world, ({ source, ledger, comparison }) => {
      const missing = comparison.findings.filter((finding) => finding.kind === "missing");
      const strays = comparison.findings.filter(
        (one) => one.kind === "doubled" || one.kind === "unknownMarker",
      );
      expect(
        ids([
          ...comparison.pairs.map((pair) => pair.source),
          ...comparison.accounted.map((one) => one.source),
          ...missing.map((finding) => finding.source),
        ]),
      ).toEqual(ids(standing(source)));
      expect(
        ids([
          ...comparison.pairs.map((pair) => pair.ledger),
          ...comparison.onlyInLedger,
          ...strays.map((finding) => finding.ledger),
        ]),
      ).toEqual(ids(standing(ledger)));
    }),
    { numRuns: 500 },
  );
});

test("without a finding both sides agree in every total", () => {
  fc.assert(
    fc.property(side("z"), (source) => {
      const plain = standing(source).map((one) => ({ ...one, marker: `own ${one.recordType} ${one.id}` }));
      const ledger = plain.map((one) => ({ ...one, id: `x${one.id}` }));
      const comparison = compareEntries(plain, ledger, new Map());
      expect(comparison.findings).toEqual([]);
      for (const line of totalByType(comparison)) expect(line.ledger).toEqual(line.source);
      for (const line of totalByMonth(comparison)) expect(line.ledger).toEqual(line.source);
    }),
  );
});

const comparisonOf = (changes: Partial<Comparison>): Comparison => ({
  pairs: [],
  findings: [],
  accounted: [],
  onlyInLedger: [],
  voided: { source: 0, ledger: 0 },
  ...changes,
});

test("a pair that differs is in the ledger, with the difference under discrepancies", () => {
  const pairs = [{ source: anEntry(), ledger: anEntry({ id: "x", gross: 2500n }) }];
  expect(totalByType(comparisonOf({ pairs }))).toMatchObject([
    {
      source: { count: 1, minor: 2400n },
      ledger: { count: 1, minor: 2500n },
      discrepancies: { count: 0, minor: -100n },
    },
  ]);
});

test("euros in the ledger are never counted as pounds", () => {
  const pairs = [{ source: anEntry(), ledger: anEntry({ id: "x", currency: "EUR" }) }];
  expect(totalByType(comparisonOf({ pairs }))).toMatchObject([
    { currency: "GBP", ledger: { count: 0, minor: 0n }, discrepancies: { count: 1, minor: 2400n } },
  ]);
});

test("months show each rate of both sides, and rounding lines apart", () => {
  const source = anEntry({ taxes: [anEntryTax({ net: 1999n, tax: 401n })] });
  const ledger = anEntry({ id: "x", taxes: [anEntryTax({ net: 1999n, tax: 400n })], rounding: 1n });
  expect(totalByMonth(comparisonOf({ pairs: [{ source, ledger }] }))).toMatchObject([
    {
      month: "2026-05",
      ratePercent: "20",
      source: { count: 1, net: 1999n, tax: 401n },
      ledger: { tax: 400n },
    },
    { ratePercent: "rounding", source: { count: 0, net: 0n }, ledger: { count: 1, net: 1n, tax: 0n } },
  ]);
});

test("a pair dated in two months stands in both, and a missing one on the source side alone", () => {
  const june = parseLocalDate("2026-06-01");
  const lines = totalByMonth(
    comparisonOf({
      pairs: [{ source: anEntry(), ledger: anEntry({ date: june }) }],
      findings: [{ kind: "missing", source: anEntry({ date: june }), ledger: null, sentence: "" }],
    }),
  );
  expect(lines.map(({ month, source, ledger }) => [month, source.count, ledger.count])).toEqual([
    ["2026-05", 1, 0],
    ["2026-06", 1, 1],
  ]);
});
