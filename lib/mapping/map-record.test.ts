import { expect, test } from "vitest";
import type { CanonicalRecord } from "@/lib/domain/canonical-record";
import { referencesTo } from "@/tests/builders/ledger";
import {
  aContact,
  aCreditNote,
  anAllocation,
  anInvoice,
  anItem,
  anOverpayment,
  aPayment,
  oneOfEach,
} from "@/tests/builders/records";
import { confirmedMaps } from "@/tests/builders/reference-data";
import { mapRecord } from "./map-record";
import type { ReferenceState } from "./references";

const map = (
  record: CanonicalRecord,
  states: Readonly<Record<string, ReferenceState>> = {},
  maps = confirmedMaps(),
) => {
  const result = mapRecord(record, maps, referencesTo(states));
  return result.ok
    ? result.value.record
    : { problems: result.error.map((one) => `${one.cause}: ${one.subject}`) };
};

test("no key of the source is left in what is mapped", () => {
  for (const record of oneOfEach().filter((one) => one.recordType !== "contact")) {
    const { externalId: _externalId, ...content } = { ...map(record), externalId: "" };
    // Payments keep the source's contact for people; the ledger knows whose an invoice is.
    const shown = record.recordType === "payment" ? { ...content, contactId: "" } : content;
    expect(JSON.stringify(shown, (_, value) => (typeof value === "bigint" ? `${value}` : value))).not.toMatch(
      /"z-(?!line)/,
    );
  }
});

test("mapping twice gives the same and leaves the source record as it was", () => {
  for (const record of oneOfEach()) {
    const before = structuredClone(
      JSON.stringify(record, (_, one) => (typeof one === "bigint" ? `${one}` : one)),
    );
    expect(map(record)).toEqual(map(record));
    expect(JSON.stringify(record, (_, one) => (typeof one === "bigint" ? `${one}` : one))).toBe(before);
  }
});

test("a contact needs no mapping", () => {
  expect(map(aContact())).toEqual(aContact());
});

test("an item loses the default account and tax that nobody mapped, and is posted all the same", () => {
  expect(map(anItem())).toMatchObject({ salesAccountKey: "200", salesTaxKey: "OUTPUT20" });
  expect(map(anItem({ salesAccountKey: "z-other" }))).toMatchObject({
    salesAccountKey: null,
    salesTaxKey: null,
    code: "BOX-1",
  });
});

test("a payment goes to the mapped bank account and invoice", () => {
  expect(map(aPayment())).toMatchObject({ accountKey: "090", invoiceId: "x-invoice-1" });
});

test("a payment of an invoice that is not posted and into an unmapped account says both", () => {
  const states = { "z-invoice-1": { state: "blocked" } } as const;
  expect(map(aPayment({ accountKey: "z-till" }), states)).toEqual({
    problems: ["documentNotPosted: INV-1", "paymentAccountNotMapped: z-till"],
  });
  expect(map(aPayment({ accountKey: null }))).toEqual({ problems: ["paymentAccountNotMapped: none"] });
});

test("an allocation needs both of its documents", () => {
  expect(map(anAllocation())).toMatchObject({ creditNoteId: "x-credit-note-1", invoiceId: "x-invoice-1" });
  const states = {
    "z-invoice-1": { state: "absent" },
    "z-credit-note-1": { state: "excluded" },
  } as const;
  expect(map(anAllocation(), states)).toEqual({
    problems: ["documentNotPosted: CN-1", "documentNotPosted: INV-1"],
  });
});

test("an overpayment needs its contact and its bank account", () => {
  expect(map(anOverpayment())).toMatchObject({ contactId: "x-ada", accountKey: "090" });
  const states = { "z-ada": { state: "blocked" } } as const;
  expect(map(anOverpayment(), states)).toEqual({ problems: ["contactNotPosted: Ada Lovelace"] });
});

test("a settlement of planned documents is mapped without their ids, for the preview alone", () => {
  const states = { "z-invoice-1": { state: "planned", ledgerCode: "" } } as const;
  expect(map(aPayment(), states)).toMatchObject({ invoiceId: "", accountKey: "090" });
});

test("an invoice and a credit note are mapped alike", () => {
  const invoice = map(anInvoice());
  const note = map(aCreditNote());
  expect("lines" in invoice && invoice.lines).toEqual("lines" in note && note.lines);
});
