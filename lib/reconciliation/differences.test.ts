import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseLocalDate } from "@/lib/domain/local-date";
import { aCircumstance, aContactEntry, anEntry, anEntryPart, anEntryTax } from "@/tests/builders/entry";
import { findDifference } from "./differences";
import type { Entry } from "./entry";

const kindOf = (
  source: Partial<Entry>,
  ledger: Partial<Entry>,
  circumstances: Parameters<typeof aCircumstance>[0] = {},
): string | null =>
  findDifference(anEntry(source), anEntry({ id: "x-1", ...ledger }), aCircumstance(circumstances))?.kind ??
  null;

const typed = { isOurs: false };

describe("what a person may change in the ledger", () => {
  test.each<[string, string, Partial<Entry>]>([
    ["another total", "amountDiffers", { gross: 2401n }],
    ["another currency", "amountDiffers", { currency: "EUR" }],
    ["another date", "dateDiffers", { date: parseLocalDate("2026-05-11") }],
    ["another contact", "contactDiffers", { contactName: "Ben Franklin" }],
    ["another rate of tax", "taxDiffers", { taxes: [anEntryTax({ ratePercent: "0", net: 2400n, tax: 0n })] }],
    ["another split", "taxDiffers", { taxes: [anEntryTax({ net: 2100n, tax: 300n })] }],
    ["no tax", "taxDiffers", { taxes: [] }],
    ["another number", "numberDiffers", { number: "INV-7" }],
  ])("%s is named", (_, kind, changes) => {
    expect(kindOf({ contactId: "z-ada" }, { contactId: "x-ada", ...changes })).toBe(kind);
  });

  test("each field that differs is said, the weightiest first, and the kind is that one's", () => {
    const june = parseLocalDate("2026-06-01");
    const difference = findDifference(
      anEntry(),
      anEntry({ id: "x", gross: 2500n, date: june, number: "N" }),
      aCircumstance(),
    );
    expect(difference?.kind).toBe("amountDiffers");
    expect(difference?.fields).toEqual([
      { field: "amount", source: "24.00", ledger: "25.00" },
      { field: "date", source: "2026-05-10", ledger: "2026-06-01" },
      { field: "number", source: "INV-1", ledger: "N" },
    ]);
  });

  test("a document that we posted anew under its next number is the same document", () => {
    expect(kindOf({}, { number: "INV-1-2" })).toBeNull();
    expect(kindOf({}, { number: "INV-1-COPY" })).toBe("numberDiffers");
    expect(kindOf({}, { number: "INV-10" })).toBe("numberDiffers");
  });
});

describe("a contact", () => {
  const sides = (ledgerContactInSource: string | null, contactName: string) =>
    kindOf({ contactId: "z-ada" }, { contactId: "x-1", contactName }, { ledgerContactInSource });

  test("is the same where the ledger's was found to be the source's, whatever it is called", () => {
    expect(sides("z-ada", "Countess of Lovelace")).toBeNull();
  });

  test("is another where the ledger's was found to be another one of the source, though they share a name", () => {
    expect(sides("z-ben", "Ada Lovelace")).toBe("contactDiffers");
  });

  test("is known by its name where the source does not have it", () => {
    expect([sides(null, " ada  LOVELACE"), sides(null, "Ben")]).toEqual([null, "contactDiffers"]);
  });

  test("of ours that was renamed is named", () => {
    const named = (name: string) => aContactEntry({ label: name, strictKey: name.toLowerCase() });
    expect(findDifference(named("Ada"), named("Eve"), aCircumstance())?.fields).toEqual([
      { field: "name", source: "Ada", ledger: "Eve" },
    ]);
    expect(findDifference(named("Ada"), named("Eve"), aCircumstance(typed))).toBeNull();
  });
});

describe("accounts and tracking", () => {
  const on = (key: string, net = 2000n) => [anEntryPart(key, net)];

  test("a line that was moved to another account is named with both", () => {
    const difference = findDifference(
      anEntry({ accounts: on("200") }),
      anEntry({ accounts: on("260") }),
      aCircumstance({ accountName: (key) => (key === "200" ? "Sales" : "Other revenue") }),
    );
    expect(difference?.fields).toEqual([
      { field: "account", source: "20.00 on Sales", ledger: "20.00 on Other revenue" },
    ]);
  });

  test("a penny on another account is named where nothing was rounded", () => {
    const moved = [anEntryPart("200", 1999n), anEntryPart("260", 1n)];
    expect(kindOf({ accounts: on("200") }, { accounts: moved })).toBe("accountDiffers");
    expect(kindOf({ accounts: on("200") }, { accounts: on("200", 1999n) })).toBe("accountDiffers");
  });

  test("where amounts hold the tax, rounding may move a unit between account and tax", () => {
    const rounded = (net: bigint) => [anEntryPart("200", net, 2)];
    expect(kindOf({ accounts: rounded(2000n) }, { accounts: rounded(2002n) })).toBeNull();
    expect(kindOf({ accounts: rounded(2000n) }, { accounts: rounded(2003n) })).toBe("accountDiffers");
  });

  test("what somebody typed in is coded as they like", () => {
    expect(kindOf({ accounts: on("200") }, { accounts: on("260") }, typed)).toBeNull();
    expect(kindOf({ fxRate: "1.2" }, { fxRate: "1.3" }, typed)).toBeNull();
  });

  test("without a mapping nothing can be said of accounts", () => {
    expect(kindOf({ accounts: null }, { accounts: on("260") })).toBeNull();
  });

  test("a tracking option counts where the mapping fills its category, and is a person's own elsewhere", () => {
    const tracked = { trackedCategories: new Set(["region"]) };
    expect(kindOf({ tracking: on("region/north") }, { tracking: on("region/south") }, tracked)).toBe(
      "trackingDiffers",
    );
    expect(kindOf({ tracking: [] }, { tracking: on("team/blue") }, tracked)).toBeNull();
  });
});

describe("an exchange rate", () => {
  test("agrees within what a ledger keeps of it, whichever way round it keeps it", () => {
    expect(kindOf({ fxRate: "0.8571" }, { fxRate: "0.8570996311" })).toBeNull();
    expect(kindOf({ fxRate: "190.05" }, { fxRate: "190.0418091980" })).toBeNull();
  });

  test("that is another one is named with both", () => {
    expect(kindOf({ fxRate: "0.8571" }, { fxRate: "0.86" })).toBe("rateDiffers");
    expect(kindOf({ fxRate: "0.8571" }, { fxRate: null })).toBe("rateDiffers");
  });

  test("that the source does not say is the ledger's", () => {
    expect(kindOf({ fxRate: null }, { fxRate: "0.86" })).toBeNull();
  });

  test("kept as a reciprocal with six decimals is never called another one", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500_000_000 }), (millionths) => {
        const rate = millionths / 1_000_000;
        const kept = Number((1 / rate).toFixed(6));
        // A ledger cannot keep what is less than its smallest step.
        fc.pre(kept > 0);
        const ledger = (1 / kept).toFixed(10);
        expect(kindOf({ fxRate: rate.toFixed(6) }, { fxRate: ledger })).toBeNull();
      }),
    );
  });
});

describe("tax that rounding moved", () => {
  test("a rounding line explains exactly the tax that it replaces", () => {
    const source = { taxes: [anEntryTax({ net: 1999n, tax: 401n })] };
    expect(kindOf(source, { taxes: [anEntryTax({ net: 1999n, tax: 400n })], rounding: 1n })).toBeNull();
    expect(kindOf(source, { taxes: [anEntryTax({ net: 1999n, tax: 399n })], rounding: 1n })).toBe(
      "taxDiffers",
    );
  });

  test("a rounding line that nothing asked for is named", () => {
    expect(kindOf({}, { rounding: 1n })).toBe("taxDiffers");
  });

  test("tax inside the price may move by half a penny a line and one for the document, and no more", () => {
    const source = { taxes: [anEntryTax({ net: 2497n, tax: 500n, lines: 3 })] };
    const moved = (units: bigint) => ({
      taxes: [anEntryTax({ net: 2497n - units, tax: 500n + units, lines: 3 })],
    });
    expect([1n, -3n, 4n].map((units) => kindOf(source, moved(units)))).toEqual([null, null, "taxDiffers"]);
  });

  test("an amount that moved from one rate to another is named, though the total agrees", () => {
    const at = (ratePercent: string, net: bigint, tax: bigint) => anEntryTax({ ratePercent, net, tax });
    const source = { taxes: [at("20", 1000n, 200n), at("5", 1000n, 50n)] };
    expect(kindOf(source, { taxes: [at("20", 1001n, 200n), at("5", 999n, 50n)] })).toBe("taxDiffers");
  });

  test("rates without net and tax do not count", () => {
    const nothing = anEntryTax({ ratePercent: "0", net: 0n, tax: 0n });
    expect(kindOf({ taxes: [anEntryTax(), nothing] }, {})).toBeNull();
  });
});
