import { expect, test } from "vitest";
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

const APPROVED: PairSettings = { documentStatus: "approved", version: 1 };
const DRAFTS: PairSettings = { documentStatus: "draft", version: 1 };

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
