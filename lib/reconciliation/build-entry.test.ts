import { expect, test } from "vitest";
import { parseLocalDate } from "@/lib/domain/local-date";
import {
  aContact,
  aCreditNote,
  anAllocation,
  anInvoice,
  anItem,
  anOverpayment,
  aPayment,
  gbp,
  oneOfEach,
} from "@/tests/builders/records";
import { buildEntry } from "./build-entry";

const entryOf = (record: Parameters<typeof buildEntry>[0]) => buildEntry(record, "m", new Map(), null);
const keyOf = (record: Parameters<typeof buildEntry>[0]) => entryOf(record).strictKey;

test("an entry says what the record says, in minor units", () => {
  expect(entryOf(anInvoice())).toMatchObject({
    id: "z-invoice-1",
    number: "INV-1",
    label: "Ada Lovelace",
    date: "2026-05-10",
    currency: "GBP",
    gross: 2400n,
    taxes: [{ ratePercent: "20", net: 2000n, tax: 400n }],
    standing: true,
    marker: "m",
  });
  expect(entryOf(aContact())).toMatchObject({ currency: null, gross: 0n, date: null, taxes: [] });
});

test("void and deleted records of every kind that has a status do not stand", () => {
  const gone = [
    anInvoice({ status: "void" }),
    anInvoice({ status: "deleted" }),
    aCreditNote({ status: "void" }),
    aPayment({ status: "deleted" }),
    anOverpayment({ status: "deleted" }),
  ];
  expect(gone.map((record) => entryOf(record).standing)).toEqual(gone.map(() => false));
  expect(oneOfEach().map((record) => entryOf(record).standing)).toEqual(oneOfEach().map(() => true));
  expect(entryOf(anInvoice({ status: "draft" })).standing).toBe(true);
});

test("keys do not depend on the case and spacing of names and codes", () => {
  expect(keyOf(aContact({ name: " ADA  lovelace" }))).toBe(keyOf(aContact()));
  expect(keyOf(anItem({ code: "box-1 " }))).toBe(keyOf(anItem()));
  expect(keyOf(anInvoice({ contactName: "ada LOVELACE" }))).toBe(keyOf(anInvoice()));
});

test("the strict key of a document holds number, contact, date, currency and total", () => {
  const keys = [
    anInvoice(),
    anInvoice({ number: "INV-2" }),
    anInvoice({ contactName: "Ben" }),
    anInvoice({ date: parseLocalDate("2026-05-11") }),
    anInvoice({ gross: gbp("24.01") }),
    anInvoice({ gross: { minor: 2400n, currency: "EUR" } }),
  ].map(keyOf);
  expect(new Set(keys).size).toBe(keys.length);
  expect(entryOf(anInvoice({ gross: gbp("1.00") })).looseKey).toBe("INV-1");
});

test("settlements have nothing short of their strict key, and name their documents beside it", () => {
  for (const record of [aPayment(), anOverpayment(), anAllocation()]) {
    expect(entryOf(record).looseKey).toBe("");
    expect(keyOf({ ...record, amount: gbp("1.00") })).not.toBe(keyOf(record));
  }
  const { invoiceId: id, invoiceNumber: number } = aPayment();
  expect(entryOf(aPayment())).toMatchObject({ settles: { id, number }, uses: null });
  expect(entryOf(anAllocation()).uses).toMatchObject({ id: anAllocation().creditNoteId });
  expect(keyOf(aPayment({ invoiceNumber: "INV-1-2" }))).toBe(keyOf(aPayment()));
});

test("without a mapping an entry has no accounts, and with one it has those", () => {
  expect(entryOf(anInvoice()).accounts).toBeNull();
  const coding = { accounts: [{ key: "200", net: 2000n, roundedLines: 0 }], tracking: [] };
  expect(buildEntry(anInvoice(), "m", new Map(), coding)).toMatchObject(coding);
});

test("a record without a name, code or e-mail has no key to be found by", () => {
  expect(entryOf(anItem({ code: "" })).strictKey).toBe("");
  expect(entryOf(aContact({ email: "" })).looseKey).toBe("");
});
