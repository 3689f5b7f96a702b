import { describe, expect, test } from "vitest";
import type { Invoice } from "@/lib/domain/document";
import { parseLocalDate } from "@/lib/domain/local-date";
import { anInvoice, gbp } from "@/tests/builders/records";
import { matchDocument } from "./match-document";

const EXPECTED = {
  marker: "https://tieout.example/go/pair-1/invoice/z-invoice-1",
  isOurs: (marker: string) => marker.startsWith("https://tieout.example/go/pair-1/"),
  ledgerContactId: "x-ada",
  status: "approved",
} as const;
const inLedger = (changes: Partial<Invoice> = {}): Invoice =>
  anInvoice({ externalId: "x-1", contactId: "x-ada", ...changes });
const match = (candidates: readonly Invoice[], nearby: readonly Invoice[] = [], document = anInvoice()) =>
  matchDocument(document, EXPECTED, candidates, nearby);
/** What a person is asked, a line for each ledger document; or what was decided without one. */
const asked = (decision: ReturnType<typeof match>): readonly string[] =>
  decision.kind === "doubt"
    ? decision.doubts.map(({ record, differences }) => `${record.externalId}: ${differences}`)
    : [decision.kind];

test("a document with our marker is ours, even where it was changed since", () => {
  const changed = inLedger({ externalId: "x-2", marker: EXPECTED.marker, gross: gbp("1.00") });
  expect(match([inLedger(), changed])).toMatchObject({
    kind: "linked",
    how: "adopted",
    record: { externalId: "x-2" },
  });
});

test("a typed document is the same one when contact, date, currency and total agree", () => {
  expect(match([inLedger()])).toMatchObject({ kind: "linked", how: "matched" });
  const renamed = inLedger({ contactId: "x-other", contactName: " ADA lovelace " });
  expect(match([renamed])).toMatchObject({ kind: "linked", how: "matched" });
});

test.each<[string, Partial<Invoice>, string]>([
  ["contact", { contactId: "x-ben", contactName: "Ben" }, "contact Ben"],
  ["date", { date: parseLocalDate("2026-05-11") }, "date 2026-05-11"],
  ["total", { gross: gbp("24.01") }, "total 24.01 GBP"],
  ["currency", { currency: "EUR", gross: { minor: 2400n, currency: "EUR" } }, "total 24.00 EUR"],
])("an equal number with another %s is for a person, who is told what differs", (_, changes, differences) => {
  expect(asked(match([inLedger(changes)]))).toEqual([`x-1: ${differences}`]);
});

test("the one that agrees is found behind one that does not", () => {
  const other = inLedger({ gross: gbp("99.00") });
  expect(match([other, inLedger({ externalId: "x-2" })])).toMatchObject({
    kind: "linked",
    record: { externalId: "x-2" },
  });
});

test("void and deleted documents are nothing that a document could be, not even with our marker", () => {
  for (const status of ["void", "deleted"] as const) {
    expect(match([inLedger({ status }), inLedger({ status, marker: EXPECTED.marker })]).kind).toBe("none");
  }
});

test("a contact that is not in the ledger yet does not match a document without one", () => {
  const unposted = { ...EXPECTED, ledgerContactId: "" };
  const candidate = inLedger({ contactId: "", contactName: "Someone" });
  expect(matchDocument(anInvoice(), unposted, [candidate]).kind).toBe("doubt");
});

test("no expected marker and none there is no adoption", () => {
  const decision = matchDocument(anInvoice(), { ...EXPECTED, marker: "" }, [inLedger()]);
  expect(decision).toMatchObject({ how: "matched" });
});

test("of two that agree in everything a person says which it is", () => {
  expect(asked(match([inLedger(), inLedger({ externalId: "x-2" })]))).toEqual([
    "x-1: there are several that agree in everything",
    "x-2: there are several that agree in everything",
  ]);
});

test("one that we posted for another source record is never taken, nor asked about", () => {
  const ofAnother = "https://tieout.example/go/pair-1/invoice/z-invoice-2";
  expect(match([inLedger({ marker: ofAnother })]).kind).toBe("conflict");
  expect(match([], [inLedger({ number: "INV 1", marker: ofAnother })]).kind).toBe("none");
  const otherPair = "https://tieout.example/go/pair-2/invoice/z-invoice-1";
  expect(match([inLedger({ marker: otherPair })])).toMatchObject({ kind: "linked", how: "matched" });
});

test("a draft that agrees is for a person where new documents are approved, and the same where they are drafts", () => {
  const draft = inLedger({ status: "draft" });
  expect(asked(match([draft]))).toEqual(["x-1: still a draft there"]);
  expect(matchDocument(anInvoice(), { ...EXPECTED, status: "draft" }, [draft]).kind).toBe("linked");
});

test("a paid one that agrees is the same: payments are matched on their own", () => {
  expect(match([inLedger({ status: "paid", remaining: gbp("0.00") })]).kind).toBe("linked");
});

describe("under another number", () => {
  test.each<[string, Partial<Invoice>, string]>([
    ["in another case and with a space", { number: "inv 1" }, "number inv 1"],
    ["with leading zeros", { number: "INV-0001" }, "number INV-0001"],
    ["without its prefix", { number: "1" }, "number 1"],
    ["with a prefix of its own", { number: "SI/1" }, "number SI/1"],
    ["without any number", { number: "" }, "number none"],
    ["with an app's own number", { number: "SHOP-98231" }, "number SHOP-98231"],
    [
      "in another spelling, a day off",
      { number: "inv-1", date: parseLocalDate("2026-05-11") },
      "number inv-1; date 2026-05-11",
    ],
    [
      "in another spelling, a penny off",
      { number: "inv-1", gross: gbp("24.01") },
      "number inv-1; total 24.01 GBP",
    ],
    [
      "in another spelling, to a contact of another legal form",
      { number: "inv-1", contactId: "x-9", contactName: "Ada Lovelace Ltd." },
      "number inv-1; contact Ada Lovelace Ltd.",
    ],
  ])("an equal document %s is for a person", (_, changes, differences) => {
    expect(asked(match([], [inLedger(changes)]))).toEqual([`x-1: ${differences}`]);
  });

  test.each<[string, Partial<Invoice>]>([
    ["of another customer", { number: "X-77", contactId: "x-ben", contactName: "Ben Fisher" }],
    ["of another day", { number: "X-77", date: parseLocalDate("2026-05-11") }],
    ["in another currency", { number: "inv-1", currency: "EUR", gross: { minor: 2400n, currency: "EUR" } }],
    [
      "of another day and total under a like number",
      { number: "inv-1", date: parseLocalDate("2026-05-11"), gross: gbp("99.00") },
    ],
    ["that is void", { number: "inv-1", status: "void" }],
  ])("one %s is another document", (_, changes) => {
    expect(match([], [inLedger(changes)]).kind).toBe("none");
  });
});
