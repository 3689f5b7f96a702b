import fc from "fast-check";
import { expect, test } from "vitest";
import { parseLocalDate } from "@/lib/domain/local-date";
import { aContactEntry, anEntry, anEntryPart, anEntryTax } from "@/tests/builders/entry";
import { createTypeTotaller, figureParts, type Part } from "./totals";

const PARTS = ["excluded", "exceptions", "waiting", "accepted", "discrepancies"] as const;
const event = fc.record({
  recordType: fc.constantFrom("invoice" as const, "payment" as const, "contact" as const),
  currency: fc.constantFrom("GBP", "EUR", "JPY"),
  ledgerCurrency: fc.constantFrom("GBP", "EUR", null),
  gross: fc.bigInt({ min: -5000n, max: 5000n }),
  ledgerGross: fc.option(fc.bigInt({ min: -5000n, max: 5000n })),
  part: fc.constantFrom<Part>(...PARTS),
});

test("the source is the sum of its parts, in count and in amount, whatever happens to its records", () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 40 }), (events) => {
      const totaller = createTypeTotaller();
      for (const { recordType, currency, ledgerCurrency, gross, ledgerGross, part } of events) {
        const source = recordType === "contact" ? aContactEntry() : anEntry({ recordType, currency, gross });
        if (ledgerGross === null) totaller.addAlone(source, part);
        else
          totaller.addPair(
            source,
            {
              ...source,
              gross: recordType === "contact" ? 0n : ledgerGross,
              currency: ledgerCurrency ?? source.currency,
            },
            part,
          );
      }
      const lines = totaller.lines();
      expect(lines.reduce((sum, line) => sum + line.source.count, 0)).toBe(events.length);
      for (const line of lines) {
        const parts = [line.ledger, ...PARTS.map((part) => line[part])];
        expect(parts.reduce((sum, part) => sum + part.count, 0)).toBe(line.source.count);
        expect(parts.reduce((sum, part) => sum + part.minor, 0n)).toBe(line.source.minor);
      }
    }),
  );
});

test("a pair that differs is in the ledger, with the difference under its part", () => {
  const totaller = createTypeTotaller();
  totaller.addPair(anEntry(), anEntry({ id: "x", gross: 2500n }), "accepted");
  expect(totaller.lines()).toMatchObject([
    {
      source: { count: 1, minor: 2400n },
      ledger: { count: 1, minor: 2500n },
      accepted: { count: 0, minor: -100n },
    },
  ]);
});

test("euros in the ledger are never counted as pounds", () => {
  const totaller = createTypeTotaller();
  totaller.addPair(anEntry(), anEntry({ id: "x", currency: "EUR" }), "discrepancies");
  expect(totaller.lines()).toMatchObject([
    { currency: "GBP", ledger: { count: 0, minor: 0n }, discrepancies: { count: 1, minor: 2400n } },
  ]);
});

const partsOf = (entry: Parameters<typeof figureParts>[0]) =>
  figureParts(entry, "z-ada").map(({ dimension, key, net, tax }) => [dimension, key, net, tax]);

test("a document is under its month, day, currency, contact, rates, accounts and tracking", () => {
  const entry = anEntry({
    taxes: [anEntryTax({ net: 1500n, tax: 300n }), anEntryTax({ ratePercent: "0", net: 600n, tax: 0n })],
    accounts: [anEntryPart("200", 2100n)],
    tracking: [anEntryPart("region/north", 1500n)],
  });
  expect(partsOf(entry)).toEqual([
    ["month", "2026-05", 2100n, 300n],
    ["day", "2026-05-10", 2100n, 300n],
    ["currency", "GBP", 2100n, 300n],
    ["contact", "z-ada", 2100n, 300n],
    ["tax", "20", 1500n, 300n],
    ["monthTax", "2026-05 20", 1500n, 300n],
    ["tax", "0", 600n, 0n],
    ["monthTax", "2026-05 0", 600n, 0n],
    ["account", "200", 2100n, 0n],
    ["tracking", "region/north", 1500n, 0n],
  ]);
});

test("a rounding line is part of every total, and apart where rates are told apart", () => {
  const parts = partsOf(anEntry({ taxes: [anEntryTax({ net: 1999n, tax: 400n })], rounding: 1n }));
  expect(parts).toContainEqual(["month", "2026-05", 2000n, 400n]);
  expect(parts).toContainEqual(["tax", "rounding", 1n, 0n]);
});

test("a payment has one amount and no rate, and contacts are in no figure", () => {
  const payment = anEntry({ recordType: "payment", taxes: [], gross: 500n });
  expect(partsOf(payment)).toContainEqual(["tax", "", 500n, 0n]);
  expect(figureParts(aContactEntry(), "")).toEqual([]);
});

test("in each dimension that every record has, the parts sum to the whole", () => {
  const entries = fc
    .record({
      net: fc.bigInt({ min: -9999n, max: 9999n }),
      tax: fc.bigInt({ min: -999n, max: 999n }),
      rounding: fc.bigInt({ min: -2n, max: 2n }),
      day: fc.constantFrom("2026-05-10", "2026-06-01"),
    })
    .map(({ net, tax, rounding, day }) =>
      anEntry({
        taxes: [anEntryTax({ net, tax })],
        rounding,
        gross: net + tax + rounding,
        date: parseLocalDate(day),
      }),
    );
  fc.assert(
    fc.property(entries, (entry) => {
      for (const dimension of ["month", "day", "currency", "contact", "tax", "monthTax"] as const) {
        const own = figureParts(entry, "z-ada").filter((part) => part.dimension === dimension);
        expect(own.reduce((sum, part) => sum + part.net + part.tax, 0n)).toBe(entry.gross);
      }
    }),
  );
});
