import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseLocalDate } from "@/lib/domain/local-date";
import type { Entry } from "@/lib/reconciliation/entry";
import { aContactEntry, anEntry, anEntryPart, anEntryTax } from "@/tests/builders/entry";
import { pairPlainly } from "@/tests/builders/tie-out-oracle";
import { createSidesWorld, kindsIn, type Sides, type SidesWorld } from "@/tests/builders/tie-out-sides";
import { PAGE_ENTRIES } from "./comparison-work";
import { describeTieOut } from "./describe-tie-out";

let world: SidesWorld;
beforeAll(async () => {
  world = await createSidesWorld();
});
afterAll(() => world.end());

const inLedger = (changes: Partial<Entry> = {}): Entry => anEntry({ id: "x-1", ...changes });
const findings = async (source: readonly Entry[], ledger: readonly Entry[], more: Partial<Sides> = {}) =>
  (await world.compare({ source, ledger, ...more })).findings;
const pairs = async (source: readonly Entry[], ledger: readonly Entry[], more: Partial<Sides> = {}) =>
  (await world.compare({ source, ledger, ...more })).pairs;
const because = (kind: "excluded" | "exception" | "waiting", ...ids: string[]) => ({
  reasons: new Map(ids.map((id) => [`invoice:${id}`, kind])),
});

describe("what is one record", () => {
  it("our marker comes before everything else that is alike", async () => {
    const typed = inLedger({ id: "typed" });
    const ours = inLedger({ id: "ours", marker: "m1", strictKey: "other", looseKey: "other" });
    expect(await pairs([anEntry({ marker: "m1" })], [typed, ours])).toEqual(["invoice z-1/ours"]);
  });

  it("without a marker everything must agree, and then a number alone says: this one, but different", async () => {
    expect(await findings([anEntry()], [inLedger()])).toEqual([]);
    const different = inLedger({ strictKey: "other", gross: 2500n });
    expect(await findings([anEntry()], [different])).toEqual(["amountDiffers invoice z-1/x-1"]);
  });

  it("an exact agreement is not spoilt by an earlier one of the same number", async () => {
    const different = inLedger({ id: "x-0", strictKey: "other", gross: 1n });
    expect(await findings([anEntry()], [different, inLedger()])).toEqual(["onlyInLedger invoice /x-0"]);
  });

  it("two equal records are two: one in the ledger covers one", async () => {
    const source = [anEntry({ id: "z-1" }), anEntry({ id: "z-2" })];
    expect(await findings(source, [inLedger()])).toEqual(["missing invoice z-2/"]);
    expect(await findings(source, [inLedger(), inLedger({ id: "x-2" })])).toEqual([]);
  });

  it("records of two kinds are never one, even with equal keys and markers", async () => {
    const note = inLedger({ recordType: "creditNote", marker: "m1" });
    expect(await findings([anEntry({ marker: "m1" })], [note])).toEqual([
      "missing invoice z-1/",
      "unknownMarker creditNote /x-1",
    ]);
  });

  it("a contact is found by e-mail under a similar name, not under another", async () => {
    const source = aContactEntry({ label: "Harbour Lights Ltd", strictKey: "harbour lights ltd" });
    const similar = aContactEntry({ id: "x-1", label: "Harbour Lights", strictKey: "harbour lights" });
    const other = aContactEntry({ id: "x-2", label: "Boatyard Cafe", strictKey: "boatyard cafe" });
    expect(await findings([source], [other])).toEqual(["missing contact z-1/", "onlyInLedger contact /x-2"]);
    expect(await pairs([source], [other, similar])).toEqual(["contact z-1/x-1"]);
  });

  it("a settlement is known by its document, whatever number each side gives that", async () => {
    const document = anEntry({ marker: "m1" });
    const reissued = inLedger({ marker: "m1", number: "INV-1-2" });
    const settlement = {
      recordType: "payment",
      marker: "",
      strictKey: "paid",
      looseKey: "",
      taxes: [],
    } as const;
    const paid = anEntry({ ...settlement, id: "z-p", settles: { id: "z-1", number: "INV-1" } });
    const found = anEntry({ ...settlement, id: "x-p", settles: { id: "x-1", number: "INV-1-2" } });
    const others = anEntry({ ...settlement, id: "x-q", settles: { id: "x-9", number: "INV-1" } });
    expect(await pairs([document, paid], [reissued, others, found])).toEqual([
      "invoice z-1/x-1",
      "payment z-p/x-p",
    ]);
  });
});

const few = (prefix: string) => fc.constantFrom("", `${prefix}1`, `${prefix}2`, `${prefix}3`);
const entry = (side: string): fc.Arbitrary<Entry> =>
  fc
    .record({
      number: fc.nat({ max: 999 }),
      recordType: fc.constantFrom("invoice" as const, "bill" as const, "contact" as const),
      currency: fc.constantFrom("GBP", "EUR", "JPY"),
      gross: fc.bigInt({ min: -5000n, max: 5000n }),
      day: fc.constantFrom("2026-05-10", "2026-06-01"),
      standing: fc.boolean(),
      marker: few("m"),
      strictKey: few("s"),
      looseKey: few("l"),
      label: fc.constantFrom("Ada", "Ada Ltd", "Ben"),
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
  fc.uniqueArray(entry(name), { maxLength: 14, selector: (one) => `${one.recordType} ${one.id}` });
const REASONS = ["excluded", "exception", "waiting", null] as const;
const anything = fc
  .record({
    source: side("z"),
    ledger: side("x"),
    reasons: fc.array(fc.constantFrom(...REASONS), { minLength: 14, maxLength: 14 }),
  })
  .map(({ source, ledger, reasons }) => ({
    source,
    ledger,
    reasons: new Map(
      source.flatMap((one, index) => {
        const reason = reasons[index] ?? null;
        return reason === null ? [] : [[`${one.recordType}:${one.id}`, reason] as const];
      }),
    ),
  }));

describe("whatever the two sides hold", () => {
  it("the same records are found to be one as by going over them one by one", async () => {
    await fc.assert(
      fc.asyncProperty(anything, async (sides) => {
        const isAccounted = ({ recordType, id }: Entry): boolean =>
          ["excluded", "exception"].includes(sides.reasons.get(`${recordType}:${id}`) ?? "");
        const compared = await world.compare(sides);
        expect(compared.pairs).toEqual(pairPlainly(sides.source, sides.ledger, isAccounted));
      }),
      { numRuns: 40 },
    );
  });

  it("every standing record of the source has one place in the sums, and every one of the ledger a pair or a name", async () => {
    await fc.assert(
      fc.asyncProperty(anything, async (sides) => {
        const { summary, pairs: found, findings: named } = await world.compare(sides);
        const standing = sides.source.filter((one) => one.standing);
        expect(summary.byType.reduce((sum, line) => sum + line.source.count, 0)).toBe(standing.length);
        for (const line of summary.byType) {
          const { source, ledger, excluded, exceptions, waiting, accepted, discrepancies } = line;
          const parts = [ledger, excluded, exceptions, waiting, accepted, discrepancies];
          expect(parts.reduce((sum, part) => sum + part.count, 0)).toBe(source.count);
          expect(parts.reduce((sum, part) => sum + part.minor, 0n)).toBe(source.minor);
        }
        const alone = sides.ledger.filter(
          ({ standing: stands, recordType, id }) =>
            stands && !found.some((pair) => pair.startsWith(`${recordType} `) && pair.endsWith(`/${id}`)),
        );
        for (const { recordType, id } of alone)
          expect(
            named.filter((text) => text.endsWith(`/${id}`) && text.includes(` ${recordType} `)),
          ).toHaveLength(1);
      }),
      { numRuns: 40 },
    );
  });
});

describe("what is named", () => {
  it("what was posted twice is doubled, and the source record is named with it", async () => {
    const twice = [inLedger({ marker: "m1" }), inLedger({ id: "x-2", marker: "m1" })];
    expect(await findings([anEntry({ marker: "m1" })], twice)).toEqual(["doubled invoice z-1/x-2"]);
  });

  it("a record that was voided by hand is not just missing", async () => {
    const voided = inLedger({ marker: "m1", standing: false });
    expect(await findings([anEntry({ marker: "m1" })], [voided])).toEqual(["voidedInLedger invoice z-1/x-1"]);
    expect(await findings([anEntry()], [inLedger({ standing: false })])).toEqual([
      "voidedInLedger invoice z-1/x-1",
    ]);
  });

  it("one that was voided and posted anew since agrees", async () => {
    const both = [inLedger({ marker: "m1", standing: false }), inLedger({ id: "x-2", marker: "m1" })];
    expect(await findings([anEntry({ marker: "m1" })], both)).toEqual([]);
  });

  it("our marker on what is void or absent in the source is named as such", async () => {
    const ours = inLedger({ marker: "m1" });
    expect(await findings([anEntry({ marker: "m1", standing: false })], [ours])).toEqual([
      "voidedInSource invoice z-1/x-1",
    ]);
    expect(await findings([], [ours])).toEqual(["unknownMarker invoice /x-1"]);
  });

  it("what someone else put into the ledger is no discrepancy, unless it looks like a second copy of ours", async () => {
    expect(await findings([], [inLedger()])).toEqual(["onlyInLedger invoice /x-1"]);
    const ours = inLedger({ marker: "m1", contactId: "x-ada" });
    const typed = inLedger({
      id: "x-2",
      number: "BY-HAND",
      strictKey: "b",
      looseKey: "b",
      contactId: "x-ada",
    });
    const source = [anEntry({ marker: "m1" })];
    expect(await findings(source, [ours, typed])).toEqual(["likelyDouble invoice /x-2"]);
    expect(await findings(source, [ours, { ...typed, gross: 2300n }])).toEqual(["onlyInLedger invoice /x-2"]);
  });

  it("a document that moved to another contact is named, and one whose contact was renamed is not", async () => {
    const ada = aContactEntry({ id: "z-ada", marker: "c1" });
    const ben = aContactEntry({ id: "z-ben", marker: "c2", label: "Ben", strictKey: "ben", looseKey: "" });
    const source = [ada, ben, anEntry({ marker: "m1", contactId: "z-ada" })];
    const contacts = [
      { ...ada, id: "x-ada" },
      { ...ben, id: "x-ben" },
    ];
    const under = (contactId: string, contactName: string) =>
      inLedger({ marker: "m1", contactId, contactName });
    expect(await findings(source, [...contacts, under("x-ada", "Countess of Lovelace")])).toEqual([]);
    expect(await findings(source, [...contacts, under("x-ben", "Ben")])).toEqual([
      "contactDiffers invoice z-1/x-1",
    ]);
  });
});

describe("exclusions and exceptions", () => {
  it("what a rule leaves out, or what waits, is accounted for and not missing", async () => {
    for (const kind of ["excluded", "exception", "waiting"] as const)
      expect(await findings([anEntry()], [], because(kind, "z-1"))).toEqual([`${kind} invoice z-1/`]);
  });

  it("a reason does not hide a record that is in the ledger after all", async () => {
    const ours = inLedger({ marker: "m" });
    expect(await findings([anEntry({ marker: "m" })], [ours], because("excluded", "z-1"))).toEqual([]);
  });

  it("what waits is not taken for something that was typed into the ledger", async () => {
    expect(await findings([anEntry()], [inLedger()], because("exception", "z-1"))).toEqual([
      "exception invoice z-1/",
      "onlyInLedger invoice /x-1",
    ]);
  });

  it("a difference that an open exception speaks of is not named a second time", async () => {
    const different = inLedger({ marker: "m", gross: 2500n });
    const compared = await world.compare({
      source: [anEntry({ marker: "m" })],
      ledger: [different],
      ...because("exception", "z-1"),
    });
    expect(compared.findings).toEqual(["exception invoice z-1/x-1"]);
    expect(compared.summary).toMatchObject({ discrepancies: 0, score: { agreeing: 0, expected: 1 } });
  });
});

describe("however many records there are", () => {
  it("no more than two pages of them are held, and the sums are those of all", async () => {
    const many = PAGE_ENTRIES * 6 + 7;
    const source = Array.from({ length: many }, (_, index) =>
      anEntry({ id: `z-${index}`, number: `N${index}`, marker: `m${index}`, contactId: `c${index}` }),
    );
    const ledger = source
      .slice(5)
      .map((one, index) => ({ ...one, id: `x-${index}`, ...(index === 0 ? { gross: 1n } : {}) }));
    const { heldMost, summary } = await world.compare({ source, ledger });
    expect(heldMost).toBeGreaterThan(0);
    expect(heldMost).toBeLessThanOrEqual(PAGE_ENTRIES * 2);
    expect(summary.score).toEqual({ agreeing: many - 6, expected: many });
    expect(summary.discrepancies).toBe(6);
  });
});

describe("the figures", () => {
  it("add up both sides under each key, by contact as the source knows it", async () => {
    const source = [
      aContactEntry({ id: "z-ada", marker: "c1" }),
      anEntry({ marker: "m1", contactId: "z-ada", accounts: [anEntryPart("200", 2000n)] }),
    ];
    const ledger = [
      aContactEntry({ id: "x-ada", marker: "c1" }),
      inLedger({ marker: "m1", contactId: "x-ada", accounts: [anEntryPart("260", 2000n)] }),
    ];
    const compared = await world.compare({ source, ledger });
    expect(kindsIn(compared)).toEqual(["accountDiffers"]);
    const { figures } = compared;
    expect(figures).toContain("contact z-ada GBP 1 2000+400 | 1 2000+400");
    expect(figures).toContain("account 200 GBP 1 2000+0 | 0 0+0");
    expect(figures).toContain("account 260 GBP 0 0+0 | 1 2000+0");
    expect(figures).toContain("monthTax 2026-05 20 GBP 1 2000+400 | 1 2000+400");
  });
});

describe("the report", () => {
  const NAMES = {
    tieOutId: "t",
    asOf: new Date("2026-11-21T12:00:00Z"),
    wholeAsOf: new Date("2026-11-21T12:00:00Z"),
    scope: "whole" as const,
    sourceName: "Tidewater",
    ledgerName: "Tidewater Ltd",
    voided: { source: 0, ledger: 0 },
  };
  const sourceOf = (count: number): Entry[] =>
    Array.from({ length: count }, (_, index) =>
      anEntry({ id: `z-${index}`, number: `${index}`, marker: `m${index}` }),
    );
  const report = async (source: readonly Entry[], ledger: readonly Entry[], more: Partial<Sides> = {}) =>
    describeTieOut((await world.compare({ source, ledger, ...more })).summary, NAMES);
  const posted = (source: readonly Entry[]): Entry[] => source.map((one) => ({ ...one, id: `x-${one.id}` }));

  it.each([
    [0, "There is nothing to compare yet."],
    [1, "The one record agrees to the cent."],
    [2, "All 2 records agree to the cent."],
    [1234, "All 1,234 records agree to the cent."],
  ])("with %i records that agree the headline says so", async (count, headline) => {
    const source = sourceOf(count);
    expect(await report(source, posted(source))).toMatchObject({ headline, discrepancies: 0, counts: {} });
  });

  it("says what waits beside what agrees, and names it before what a rule leaves out", async () => {
    const source = sourceOf(4);
    const waits = await report(source, posted(source.slice(2)), {
      reasons: new Map([
        ["invoice:z-0", "exception"],
        ["invoice:z-1", "waiting"],
      ]),
    });
    expect(waits.headline).toBe("2 records agree to the cent. 1 waits for you. 1 is not posted yet.");
    const left = await report(source, posted(source.slice(1)), because("excluded", "z-0"));
    expect(left.headline).toBe("All 3 records agree to the cent.");
  });

  it("puts a discrepancy before everything else", async () => {
    const source = sourceOf(3);
    const view = await report(source, posted(source.slice(2)), because("exception", "z-0"));
    expect(view).toMatchObject({ discrepancies: 1, headline: "1 record does not agree." });
  });

  it("counts every rounding line and sums it by currency", async () => {
    const pair = (id: string, currency: string, rounding: bigint) => {
      const taxes = (tax: bigint) => [anEntryTax({ net: 2000n - rounding, tax })];
      const source = anEntry({ id, number: id, marker: id, currency, taxes: taxes(400n + rounding) });
      return { source, ledger: { ...source, id: `x${id}`, rounding, taxes: taxes(400n) } };
    };
    const rounded = [pair("1", "GBP", 1n), pair("2", "GBP", -3n), pair("3", "JPY", 1n), pair("4", "GBP", 0n)];
    const compared = await world.compare({
      source: rounded.map((one) => one.source),
      ledger: rounded.map((one) => one.ledger),
    });
    const view = describeTieOut(compared.summary, NAMES);
    expect(view.discrepancies).toBe(0);
    expect(view.roundings).toEqual({
      count: 3,
      totals: [
        { amount: "-0.02", currency: "GBP" },
        { amount: "1", currency: "JPY" },
      ],
    });
    expect(kindsIn(compared)).toEqual(["rounding", "rounding", "rounding"]);
    expect(compared.sentences[1]).toContain("-0.03");
  });

  it("has a JSON form that is the report", async () => {
    const source = sourceOf(2);
    const view = await report(source, posted(source.slice(1)));
    expect(JSON.parse(JSON.stringify(view))).toEqual(view);
  });
});
