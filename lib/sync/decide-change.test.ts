import { describe, expect, test } from "vitest";
import type { CanonicalRecord } from "@/lib/domain/canonical-record";
import { concealedContact, makeToken } from "@/lib/domain/erased-person";
import { parseLocalDate } from "@/lib/domain/local-date";
import { problem } from "@/lib/domain/problem";
import { decimal } from "@/lib/kernel/decimal";
import type { ReferenceState } from "@/lib/mapping/references";
import {
  aRulebook,
  ledgerRules,
  linked,
  markerFor,
  predictByLine,
  referencesTo,
} from "@/tests/builders/ledger";
import {
  aContact,
  aLine,
  anAllocation,
  anInvoice,
  anItem,
  anOverpayment,
  aPayment,
  gbp,
  oneOfEach,
} from "@/tests/builders/records";
import { confirmedMaps } from "@/tests/builders/reference-data";
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
const LINKED: Circumstances = { ...NEW, link: { ledgerExternalId: "x-1", isShown: false, settled: null } };

const decide = (
  record: CanonicalRecord,
  circumstances: Partial<Circumstances> = {},
  { states = {}, rulebook = aRulebook() }: Given = {},
) => decideChange(record, { ...NEW, ...circumstances }, referencesTo(states), rulebook);

interface Given {
  readonly states?: Readonly<Record<string, ReferenceState>>;
  readonly rulebook?: ReturnType<typeof aRulebook>;
}

const NO_TAX = { tax: gbp("0.00"), taxes: [], journal: [] };
const JOURNAL: CanonicalRecord = {
  recordType: "manualJournal",
  externalId: "z-journal-1",
  version: "1",
  number: "7",
  reference: "",
  narration: "Stock given away",
  date: parseLocalDate("2026-07-31"),
  currency: "GBP",
  status: "open",
  lineAmounts: "exclusive",
  lines: [],
  total: gbp("100.00"),
  marker: "",
};

const blockedBy = (decision: ReturnType<typeof decide>): string =>
  decision.verb === "block" ? decision.problem.cause : decision.verb;

describe("a record that is new", () => {
  test("is created with the ledger's keys and our marker inside", () => {
    for (const record of oneOfEach()) {
      expect(decide(record), record.recordType).toMatchObject({ verb: "create", ledgerExternalId: null });
    }
    expect(decide(anInvoice())).toMatchObject({
      record: { contactId: "x-ada", marker: markerFor("z-invoice-1"), lines: [{ accountKey: "200" }] },
      prediction: { gross: gbp("24.00") },
    });
  });

  test("is created with a rounding line where the ledger would arrive at another total", () => {
    const line = aLine({ unitPrice: decimal("0.015"), amount: gbp("0.03") });
    const invoice = anInvoice({
      lines: [line, line, line],
      net: gbp("0.09"),
      tax: gbp("0.02"),
      gross: gbp("0.11"),
    });
    const decision = decide(invoice);
    expect(decision).toMatchObject({ verb: "create", prediction: { gross: gbp("0.11") } });
    expect("record" in decision && "lines" in decision.record && decision.record.lines.length).toBe(4);
  });

  test("is blocked where the total would differ by more than rounding", () => {
    expect(blockedBy(decide(anInvoice({ gross: gbp("30.00") })))).toBe("totalsDiffer");
  });

  test("is blocked where the ledger would arrive at another total of a journal", () => {
    const rulebook = aRulebook({
      rules: { ...ledgerRules, predict: () => ({ ...NO_TAX, net: gbp("100.00"), gross: gbp("100.00") }) },
    });
    const journal = (total: string) => decide({ ...JOURNAL, total: gbp(total) }, {}, { rulebook });
    expect(blockedBy(journal("100.00"))).toBe("create");
    expect(blockedBy(journal("120.00"))).toBe("totalsDiffer");
  });

  test("goes under a number of its own where our order of that number was deleted", () => {
    const order: CanonicalRecord = { ...anInvoice(), recordType: "purchaseOrder", deliveryDate: null };
    const ours = {
      ...order,
      externalId: "x-9",
      marker: markerFor("z-invoice-1"),
      status: "deleted" as const,
    };
    expect(decide(order, { candidates: [ours] })).toMatchObject({ record: { number: `${order.number}-2` } });
    const typed = { ...ours, marker: "" };
    expect(decide(order, { candidates: [typed] })).toMatchObject({ record: { number: order.number } });
  });

  test("is blocked by the first thing that nobody mapped", () => {
    const rulebook = aRulebook({ maps: confirmedMaps({ account: new Map() }) });
    expect(blockedBy(decide(anInvoice(), {}, { rulebook }))).toBe("accountNotMapped");
  });

  test("is blocked by what the ledger would refuse, seen in the very record that would be sent", () => {
    const preflight = (record: CanonicalRecord) =>
      record.marker === markerFor("z-invoice-1") ? [problem("periodLocked", "2026-05-31")] : [];
    const rulebook = aRulebook({ rules: { ...ledgerRules, preflight } });
    expect(blockedBy(decide(anInvoice(), {}, { rulebook }))).toBe("periodLocked");
  });

  test("is not sent again in the version that the ledger refused", () => {
    const refusedBefore = problem("refused", "INV-1", "No.");
    expect(decide(anInvoice(), { refusedBefore })).toEqual({ verb: "block", problem: refusedBefore });
  });

  test("that was refused and turns up in the ledger after all is recognised there", () => {
    const refusedBefore = problem("unanswered", "4 times", "Xero answered with status 500.");
    const there = anInvoice({ externalId: "x-9", marker: markerFor("z-invoice-1") });
    expect(decide(anInvoice(), { refusedBefore, candidates: [there] })).toMatchObject({
      verb: "link",
      ledgerExternalId: "x-9",
      how: "adopted",
    });
  });

  test("that a person dismissed is left out, whatever else speaks for it", () => {
    const there = anInvoice({ externalId: "x-9", marker: markerFor("z-invoice-1") });
    expect(decide(anInvoice(), { isDismissed: true, candidates: [there] })).toEqual({
      verb: "exclude",
      reason: "dismissed",
    });
  });

  test("is left out by rule even where it was refused or is known to the ledger", () => {
    const draft = anInvoice({ status: "draft" });
    const known = { refusedBefore: problem("refused", ""), candidates: [anInvoice({ externalId: "x-9" })] };
    expect(decide(draft, known)).toEqual({ verb: "exclude", reason: "draftInSource" });
  });
});

describe("settlements of documents that are left out", () => {
  const states = { "z-invoice-1": { state: "excluded" } } as const;

  test("are left out with them", () => {
    for (const record of [aPayment(), anAllocation()])
      expect(decide(record, {}, { states })).toEqual({ verb: "exclude", reason: "documentExcluded" });
    const note = { "z-credit-note-1": { state: "excluded" } } as const;
    expect(decide(anAllocation(), {}, { states: note })).toMatchObject({ verb: "exclude" });
  });

  test("but an overpayment belongs to no document", () => {
    expect(decide(anOverpayment(), {}, { states })).toMatchObject({ verb: "create" });
  });

  test("and one of a blocked document waits as an exception", () => {
    const blocked = { "z-invoice-1": { state: "blocked" } } as const;
    expect(blockedBy(decide(aPayment(), {}, { states: blocked }))).toBe("documentNotPosted");
  });
});

describe("a record that the ledger already has", () => {
  const typed = anInvoice({ externalId: "x-7", contactId: "x-ada" });

  test("is linked, never created again", () => {
    expect(decide(anInvoice(), { candidates: [typed] })).toMatchObject({ verb: "link", how: "matched" });
    const marked = { ...typed, gross: gbp("1.00"), marker: markerFor("z-invoice-1") };
    expect(decide(anInvoice(), { candidates: [marked] })).toMatchObject({ verb: "link", how: "adopted" });
    const item = anItem({ externalId: "x-8" });
    expect(decide(anItem(), { candidates: [item] })).toMatchObject({ verb: "link", ledgerCode: "BOX-1" });
  });

  test("is for a person where only its number is the same", () => {
    const other = { ...typed, gross: gbp("99.00") };
    expect(blockedBy(decide(anInvoice(), { candidates: [other] }))).toBe("numberTaken");
  });

  test("is for a person where the contact is archived there", () => {
    const archived = aContact({ externalId: "x-1", active: false });
    expect(blockedBy(decide(aContact(), { candidates: [archived] }))).toBe("contactArchived");
  });

  test("is blocked where another source record came first with the same name, code or number", () => {
    const causes = [aContact(), anItem(), anInvoice()].map((record) =>
      blockedBy(decide(record, { isNameClaimed: true })),
    );
    expect(causes).toEqual(["nameTaken", "itemCodeUnusable", "numberTaken"]);
  });

  test("is not a contact that was posted for somebody else with the same e-mail", () => {
    const contact = aContact({ name: "Ada Lovelace Trading" });
    const ofAnother = aContact({ externalId: "x-1", marker: markerFor("z-other") });
    expect(decide(contact, { candidates: [ofAnother] })).toMatchObject({ verb: "create" });
  });
});

describe("settlements that the ledger already has", () => {
  test("are linked, our own by its marker first", () => {
    const typed = aPayment({ externalId: "x-1", accountKey: "090" });
    const own = aPayment({ externalId: "x-2", marker: markerFor("z-payment-1") });
    expect(decide(aPayment(), { candidates: [typed] })).toMatchObject({
      ledgerExternalId: "x-1",
      how: "matched",
    });
    expect(decide(aPayment(), { candidates: [typed, own] })).toMatchObject({
      ledgerExternalId: "x-2",
      how: "adopted",
    });
    const allocation = anAllocation({ externalId: "x-3" });
    expect(decide(anAllocation(), { candidates: [allocation] })).toMatchObject({
      verb: "link",
      how: "matched",
    });
  });

  test("are not the equal one that was posted for another source payment", () => {
    const ofAnother = aPayment({ externalId: "x-1", marker: markerFor("z-payment-2") });
    expect(decide(aPayment(), { candidates: [ofAnother] })).toMatchObject({ verb: "create" });
  });

  test("are not one that was deleted there", () => {
    for (const [record, gone] of [
      [aPayment(), aPayment({ externalId: "x-1", status: "deleted" })],
      [anOverpayment(), anOverpayment({ externalId: "x-1", status: "deleted" })],
    ] as const)
      expect(decide(record, { candidates: [gone] })).toMatchObject({ verb: "create" });
  });
});

describe("a record that is posted and was changed in the source", () => {
  test("is sent again where it is a contact or an item", () => {
    for (const record of [aContact(), anItem()])
      expect(decide(record, LINKED)).toMatchObject({ verb: "update", ledgerExternalId: "x-1" });
  });

  test("is for a person where it is a document or a settlement", () => {
    for (const record of [anInvoice(), aPayment(), anAllocation(), anOverpayment()])
      expect(blockedBy(decide(record, LINKED)), record.recordType).toBe("changedAfterPosting");
  });

  test("is voided where it was voided, and where the ledger cannot, is for a person", () => {
    const gone = [anInvoice({ status: "void" }), aPayment({ status: "deleted" })];
    for (const record of gone) {
      expect(decide(record, LINKED)).toMatchObject({ verb: "void", ledgerExternalId: "x-1" });
      const rulebook = aRulebook({ writable: () => false });
      expect(blockedBy(decide(record, LINKED, { rulebook }))).toBe("changedAfterPosting");
    }
  });

  test("is voided in a locked or otherwise refused state too: the ledger decides that", () => {
    const rules = { ...ledgerRules, preflight: () => [problem("periodLocked", "2026-05-31")] };
    const decision = decide(anInvoice({ status: "void" }), LINKED, { rulebook: aRulebook({ rules }) });
    expect(decision.verb).toBe("void");
  });

  test("is not sent again in the version that the ledger refused", () => {
    const refusedBefore = problem("refused", "Ada", "No.");
    expect(decide(aContact(), { ...LINKED, refusedBefore })).toEqual({
      verb: "block",
      problem: refusedBefore,
    });
  });

  test("is never created a second time, whatever else is known", () => {
    const noise = { ...LINKED, isNameClaimed: true, candidates: oneOfEach() };
    for (const record of oneOfEach()) expect(["update", "block"]).toContain(decide(record, noise).verb);
  });
});

test("a prediction is made of the record that is sent, rounding line included", () => {
  const decision = decide(anInvoice(), {}, { states: { "z-ada": linked("x-77") } });
  if (decision.verb !== "create") throw new Error(decision.verb);
  expect(decision.prediction).toEqual(predictByLine(decision.record, aRulebook().ledger));
});

describe("a contact whose details were erased here", () => {
  const erased = aContact(concealedContact(makeToken("00000000-0000-4000-8000-000000000001")));

  test("stays what it is in the ledger, whatever changed", () => {
    const link = { ledgerExternalId: "x-1", isShown: false, settled: null, mayOverwrite: true };
    expect(decide(erased, { link, hasVanished: true })).toMatchObject({
      verb: "link",
      ledgerExternalId: "x-1",
    });
  });

  test("is made nowhere under its token", () => {
    expect(decide(erased)).toEqual({ verb: "exclude", reason: "erasedHere" });
  });
});
