import { describe, expect, test } from "vitest";
import type { CanonicalRecord } from "@/lib/domain/canonical-record";
import { parseLocalDate } from "@/lib/domain/local-date";
import type { CutOver, PairSettings } from "@/lib/domain/pair-settings";
import type { ReferenceState } from "@/lib/mapping/references";
import { aRulebook, referencesTo } from "@/tests/builders/ledger";
import { anAllocation, anInvoice, aPayment, gbp } from "@/tests/builders/records";
import { decideChange } from "./decide-change";
import { type Circumstances, NOTHING_NEAR } from "./decision";

const NEW: Circumstances = {
  link: null,
  candidates: [],
  ...NOTHING_NEAR,
  isNameClaimed: false,
  refusedBefore: null,
  isDismissed: false,
  reissuedAs: null,
};

/** After the invoice of 10 May, before its payment of 20 May. */
const CUT_OVER: CutOver = {
  date: parseLocalDate("2026-05-15"),
  openDocuments: "match",
  openingAccountKey: null,
};
const BRING_IN: CutOver = { ...CUT_OVER, openDocuments: "bringIn", openingAccountKey: "200" };

function decide(
  record: CanonicalRecord,
  circumstances: Partial<Circumstances> = {},
  cutOver: CutOver = CUT_OVER,
  states: Readonly<Record<string, ReferenceState>> = {},
) {
  const settings: PairSettings = { documentStatus: "approved", cutOver, version: 1 };
  return decideChange(record, { ...NEW, ...circumstances }, referencesTo(states), aRulebook({ settings }));
}

describe("a document from before the cut-over", () => {
  test("is left out where nothing of it was open", () => {
    for (const cutOver of [CUT_OVER, BRING_IN])
      expect(decide(anInvoice(), {}, cutOver)).toEqual({ verb: "exclude", reason: "beforeCutOver" });
  });

  test("is linked where the ledger has it, however it is chosen", () => {
    const inLedger = anInvoice({ externalId: "x-1" });
    for (const cutOver of [CUT_OVER, BRING_IN])
      expect(
        decide(anInvoice(), { candidates: [inLedger], openAtCutOver: gbp("24.00") }, cutOver),
      ).toMatchObject({ verb: "link", ledgerExternalId: "x-1" });
  });

  test("waits for a person where the ledger has one like it", () => {
    const alike = anInvoice({ externalId: "x-1", gross: gbp("24.01") });
    expect(decide(anInvoice(), { candidates: [alike], openAtCutOver: gbp("24.00") }, BRING_IN)).toMatchObject(
      { verb: "block", doubts: [{ differences: "total 24.01 GBP" }] },
    );
  });

  test("that the ledger does not have is brought in only where a person chose so", () => {
    const open = { openAtCutOver: gbp("10.00") };
    expect(decide(anInvoice(), open)).toEqual({ verb: "exclude", reason: "openBeforeCutOver" });
    expect(decide(anInvoice(), open, BRING_IN)).toMatchObject({
      verb: "create",
      record: { date: "2026-05-15", gross: gbp("10.00"), lines: [{ accountKey: "200" }] },
      warnings: ["It is brought in as an opening balance of 10.00 GBP: what was open of it on 2026-05-15."],
    });
  });

  test("that is posted already stays as it is", () => {
    const link = { ledgerExternalId: "x-1", isShown: true, settled: "It is in the ledger as it was posted." };
    expect(decide(anInvoice(), { link })).toMatchObject({ verb: "link" });
  });
});

describe("money that came after the cut-over", () => {
  const leftOut = { "z-invoice-1": { state: "excluded", reason: "openBeforeCutOver" } } as const;

  test("waits where the ledger does not have its document", () => {
    expect(decide(aPayment(), {}, CUT_OVER, leftOut)).toMatchObject({
      verb: "block",
      problem: { cause: "documentBeforeCutOver", subject: "INV-1" },
    });
  });

  test("is left out with a document that is left out for another reason", () => {
    const void_ = { "z-invoice-1": { state: "excluded", reason: "voidInSource" } } as const;
    expect(decide(aPayment(), {}, CUT_OVER, void_)).toEqual({ verb: "exclude", reason: "documentExcluded" });
  });

  test("that sets one old document against another stays out with both", () => {
    const both = {
      ...leftOut,
      "z-credit-note-1": { state: "excluded", reason: "beforeCutOver" },
    } as const;
    const allocation = anAllocation({ date: parseLocalDate("2026-05-20") });
    expect(decide(allocation, {}, CUT_OVER, both)).toEqual({ verb: "exclude", reason: "documentExcluded" });
    expect(decide(allocation, {}, CUT_OVER, leftOut)).toMatchObject({ verb: "block" });
  });
});
