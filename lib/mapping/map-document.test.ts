import fc from "fast-check";
import { expect, test } from "vitest";
import { referencesTo } from "@/tests/builders/ledger";
import { aLine, anInvoice, gbp } from "@/tests/builders/records";
import { confirmedMaps } from "@/tests/builders/reference-data";
import { mapDocument } from "./map-document";
import type { References } from "./references";
import type { ValueMaps } from "./value-maps";

const everything = referencesTo();

function mapped(
  document: Parameters<typeof mapDocument>[0],
  maps: ValueMaps = confirmedMaps(),
  references: References = everything,
) {
  const result = mapDocument(document, maps, references);
  if (!result.ok) throw new Error(result.error.map((one) => one.cause).join(", "));
  return result.value;
}

function problemsOf(
  document: Parameters<typeof mapDocument>[0],
  maps: ValueMaps = confirmedMaps(),
  references: References = everything,
) {
  const result = mapDocument(document, maps, references);
  return result.ok ? [] : result.error.map((one) => [one.cause, one.subject]);
}

test("every key of the source is replaced by the confirmed one of the ledger", () => {
  const tracked = confirmedMaps({ tracking: new Map([["z-north", "region/north"]]) });
  const line = aLine({
    itemId: "z-box",
    tracking: [
      { categoryKey: "z-region", optionKey: "z-north" },
      { categoryKey: "z-season", optionKey: "z-summer" },
    ],
  });
  const { record, warnings } = mapped(anInvoice({ lines: [line] }), tracked);
  expect(record.contactId).toBe("x-ada");
  expect(record.lines[0]).toMatchObject({
    accountKey: "200",
    taxKey: "OUTPUT20",
    itemCode: "BOX",
    itemId: null,
    tracking: [{ categoryKey: "region", optionKey: "north" }],
  });
  expect(warnings).toEqual([]);
});

test("number, dates, quantities, prices and totals go through untouched", () => {
  const document = anInvoice({ lines: [aLine(), aLine({ taxKey: "z-vat5", description: "Tea" })] });
  const { record } = mapped(document);
  const { lines, contactId: _contactId, status: _status, ...kept } = record;
  const { lines: before, contactId: _id, status: _open, ...asked } = document;
  expect(kept).toEqual(asked);
  expect(lines.map((line) => [line.quantity, line.unitPrice, line.amount, line.description])).toEqual(
    before.map((line) => [line.quantity, line.unitPrice, line.amount, line.description]),
  );
});

test("the account decides which side of a tax is meant", () => {
  const { record } = mapped(anInvoice({ lines: [aLine({ accountKey: "z-fees" })] }));
  expect(record.lines[0]).toMatchObject({ accountKey: "400", taxKey: "INPUT20" });
});

test("what nobody mapped is a problem by the name that people know, never a default", () => {
  const maps = confirmedMaps({
    account: new Map(),
    sourceLabel: new Map([["account:z-sales", "Online sales"]]),
  });
  expect(problemsOf(anInvoice(), maps)).toEqual([["accountNotMapped", "Online sales"]]);
  expect(problemsOf(anInvoice(), confirmedMaps({ tax: new Map() }))).toEqual([
    ["taxNotMapped", "Standard VAT"],
  ]);
});

test("a line without an account or tax of its own has a mapping of its own", () => {
  const bare = anInvoice({ lines: [aLine({ accountKey: null, taxKey: null })] });
  expect(mapped(bare).record.lines[0]).toMatchObject({ accountKey: "400", taxKey: "NONE" });
  const maps = confirmedMaps({ account: new Map([["z-sales", "200"]]) });
  expect(problemsOf(bare, maps).map(([cause]) => cause)).toEqual(["accountNotMapped"]);
});

test("an account that the ledger no longer has is a problem, and its tax is not asked for", () => {
  const maps = confirmedMaps({ account: new Map([["z-sales", "gone"]]) });
  expect(problemsOf(anInvoice(), maps)).toEqual([["accountNotUsable", "gone"]]);
});

test("ten lines with one fault make one problem", () => {
  const lines = Array.from({ length: 10 }, () => aLine({ accountKey: "z-other" }));
  expect(problemsOf(anInvoice({ lines }))).toHaveLength(1);
});

test("a document waits for a contact that is blocked, left out or unknown", () => {
  for (const state of ["blocked", "excluded", "absent"] as const) {
    const references = referencesTo({ "z-ada": { state } });
    expect(problemsOf(anInvoice(), confirmedMaps(), references)).toEqual([
      ["contactNotPosted", "Ada Lovelace"],
    ]);
  }
});

test("a document that names no contact says so, and waits for none", () => {
  const references = referencesTo({ "": { state: "absent" } });
  expect(problemsOf(anInvoice({ contactId: "", contactName: "" }), confirmedMaps(), references)).toEqual([
    ["contactMissing", ""],
  ]);
});

test("a contact that is only planned is enough for the preview", () => {
  const references = referencesTo({ "z-ada": { state: "planned", ledgerCode: "" } });
  expect(mapped(anInvoice(), confirmedMaps(), references).record.contactId).toBe("");
});

test("an item that the ledger does not have is left off with one warning, and its amount stands", () => {
  const references = referencesTo({ "z-box": { state: "excluded" } });
  const line = aLine({ itemId: "z-box", itemCode: "BOX-1" });
  const { record, warnings } = mapped(anInvoice({ lines: [line, line] }), confirmedMaps(), references);
  expect(record.lines.map((one) => [one.itemCode, one.amount.minor])).toEqual([
    [null, 2000n],
    [null, 2000n],
  ]);
  expect(warnings).toEqual([
    "Item BOX-1 is not in the ledger, so its lines are posted without an item code.",
  ]);
});

test("a document outside tax needs no tax mapping", () => {
  const document = anInvoice({ lineAmounts: "noTax", lines: [aLine({ taxKey: "z-unknown" })] });
  expect(mapped(document).record.lines[0]?.taxKey).toBe("NONE");
});

test("the chosen status is the one that is posted, whatever was paid in the source", () => {
  const drafts = confirmedMaps({ documentStatus: "draft" });
  expect(mapped(anInvoice({ status: "paid" })).record.status).toBe("open");
  expect(mapped(anInvoice({ status: "paid" }), drafts).record.status).toBe("draft");
});

test("mapping never changes an amount, and says either a record or at least one problem", () => {
  const key = fc.constantFrom("z-sales", "z-fees", "z-other", null);
  const tax = fc.constantFrom("z-vat20", "z-vat5", "z-other", null);
  const line = fc
    .record({ accountKey: key, taxKey: tax, minor: fc.bigInt({ min: -99999n, max: 99999n }) })
    .map(({ minor, ...keys }) => aLine({ ...keys, amount: { minor, currency: "GBP" } }));
  fc.assert(
    fc.property(fc.array(line, { maxLength: 6 }), (lines) => {
      const result = mapDocument(anInvoice({ lines, gross: gbp("1.00") }), confirmedMaps(), everything);
      if (!result.ok) {
        expect(result.error.length).toBeGreaterThan(0);
        return;
      }
      expect(result.value.record.lines.map((one) => one.amount)).toEqual(lines.map((one) => one.amount));
      for (const one of result.value.record.lines) {
        expect(one.accountKey).not.toBeNull();
        expect(one.taxKey).not.toBeNull();
      }
    }),
  );
});
