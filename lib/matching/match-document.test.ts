import { expect, test } from "vitest";
import type { Invoice } from "@/lib/domain/document";
import { parseLocalDate } from "@/lib/domain/local-date";
import { anInvoice, gbp } from "@/tests/builders/records";
import { matchDocument } from "./match-document";

const EXPECTED = { marker: "https://tieout.example/go/pair-1/invoice/z-invoice-1", ledgerContactId: "x-ada" };
const inLedger = (changes: Partial<Invoice> = {}): Invoice =>
  anInvoice({ externalId: "x-1", contactId: "x-ada", ...changes });
const match = (candidates: readonly Invoice[]) => matchDocument(anInvoice(), EXPECTED, candidates);

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
])("an equal number with another %s is for a person, who is told what differs", (_, changes, evidence) => {
  expect(match([inLedger(changes)])).toMatchObject({ kind: "conflict", evidence });
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
  expect(matchDocument(anInvoice(), unposted, [candidate]).kind).toBe("conflict");
});

test("no expected marker and none there is no adoption", () => {
  const decision = matchDocument(anInvoice(), { ...EXPECTED, marker: "" }, [inLedger()]);
  expect(decision).toMatchObject({ how: "matched" });
});
