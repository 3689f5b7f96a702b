import { expect, test } from "vitest";
import { parseLocalDate } from "@/lib/domain/local-date";
import type { PairSettings } from "@/lib/domain/pair-settings";
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
import { EXCLUSIONS, exclusionOf } from "./exclusion";

const APPROVED: PairSettings = { documentStatus: "approved", cutOver: null, version: 1 };
const DRAFTS: PairSettings = { documentStatus: "draft", cutOver: null, version: 1 };

test("nothing is left out that stands in the source", () => {
  for (const record of oneOfEach()) expect(exclusionOf(record, APPROVED), record.recordType).toBeNull();
  expect(exclusionOf(anInvoice({ status: "paid" }), APPROVED)).toBeNull();
  expect(exclusionOf(aContact({ active: false }), APPROVED)).toBeNull();
});

test.each([
  ["a draft", anInvoice({ status: "draft" }), "draftInSource"],
  ["one that waits for approval", aCreditNote({ status: "submitted" }), "draftInSource"],
  ["a void document", aCreditNote({ status: "void" }), "voidInSource"],
  ["a deleted document", anInvoice({ status: "deleted" }), "voidInSource"],
  ["a deleted payment", aPayment({ status: "deleted" }), "voidInSource"],
  ["a deleted overpayment", anOverpayment({ status: "deleted" }), "voidInSource"],
  ["an item that is switched off", anItem({ active: false }), "inactiveInSource"],
] as const)("%s is left out with its reason", (_, record, reason) => {
  expect(exclusionOf(record, APPROVED)).toBe(reason);
  expect(EXCLUSIONS[reason]).toMatch(/\.$/);
});

test("where documents are posted as drafts nothing is paid or allocated, and an overpayment stands alone", () => {
  expect([aPayment(), anAllocation(), anOverpayment()].map((record) => exclusionOf(record, DRAFTS))).toEqual([
    "draftsTakeNoPayment",
    "draftsTakeNoPayment",
    null,
  ]);
  expect(exclusionOf(aPayment({ status: "deleted" }), DRAFTS)).toBe("voidInSource");
});

test("what is dated before the cut-over is left out, but for what may still be owed", () => {
  const settings: PairSettings = {
    ...APPROVED,
    cutOver: { date: parseLocalDate("2030-01-01"), openDocuments: "match", openingAccountKey: null },
  };
  expect(
    [aPayment(), anAllocation(), anOverpayment()].map((record) => exclusionOf(record, settings)),
  ).toEqual(["beforeCutOver", "beforeCutOver", "beforeCutOver"]);
  expect(
    [anInvoice(), aCreditNote(), aContact(), anItem()].map((record) => exclusionOf(record, settings)),
  ).toEqual([null, null, null, null]);
  expect(exclusionOf(anInvoice({ status: "draft" }), settings)).toBe("draftInSource");
});
