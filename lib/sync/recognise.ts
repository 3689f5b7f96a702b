import { type CanonicalRecord, isDocument, isGone, type RecordOf } from "@/lib/domain/canonical-record";
import type { AccountingDocument } from "@/lib/domain/document";
import { normaliseName } from "@/lib/domain/name-similarity";
import { type Problem, problem } from "@/lib/domain/problem";
import type { References } from "@/lib/mapping/references";
import { matchContact } from "@/lib/matching/match-contact";
import type { Doubt, Expected, MatchDecision } from "@/lib/matching/match-decision";
import { matchDocument } from "@/lib/matching/match-document";
import { matchSettlement, type Settlement } from "@/lib/matching/match-settlement";
import type { Circumstances, Decision, Rulebook } from "./decision";
import { describeInLine } from "./describe-record-line";

/**
 * What is in the ledger already, before anything is created: certain matches are linked, doubtful ones wait for a
 * person, and what a person said about them holds. The record is given as the ledger would have it where it can be
 * mapped, so that both sides are compared in the ledger's own keys.
 */
export interface Recognising {
  /** As the source has it. */
  readonly record: CanonicalRecord;
  /** With the ledger's keys and our marker, as far as it can be mapped. */
  readonly prepared: CanonicalRecord;
  readonly circumstances: Circumstances;
  readonly references: References;
  readonly rulebook: Rulebook;
}

/** The ledger record that this one is already, or what stands in the way; null where it is new. */
export function recognise(asked: Recognising): Decision | null {
  const { record, prepared, circumstances, rulebook } = asked;
  const said = saidToBeTheSame(circumstances);
  if (said) return said;
  const where = rulebook.markerOf(record.externalId);
  const expected: Expected = {
    marker: prepared.marker,
    isOurs: (other) => rulebook.rules.isMarker(other, where),
  };
  const equal = notAnother(circumstances.candidates, circumstances);
  const nearby = notAnother(circumstances.near, circumstances);
  switch (record.recordType) {
    case "contact": {
      if (circumstances.isNameClaimed) return { verb: "block", problem: problem("nameTaken", record.name) };
      const decision = matchContact(record, expected, [
        ...only(equal, "contact"),
        ...only(nearby, "contact"),
      ]);
      return answer(decision, asked, (other) =>
        other.active ? problem("nameTaken", other.name) : problem("contactArchived", other.name),
      );
    }
    case "item": {
      if (circumstances.isNameClaimed)
        return { verb: "block", problem: problem("itemCodeUnusable", record.code) };
      const same = only(equal, "item")[0];
      return same ? linkTo(same, "matched", `Same code: ${same.code}.`) : null;
    }
    case "invoice":
    case "creditNote":
    case "purchaseOrder":
      if (circumstances.isNameClaimed)
        return { verb: "block", problem: problem("numberTaken", "another document of the source") };
      return recogniseDocument(record, asked, expected, equal, nearby);
    case "bill":
    case "supplierCredit": {
      // Two suppliers number alike: only the same supplier's can be the same document.
      const sameSupplier = equal.filter(
        (candidate) => "contactId" in candidate && isSameContact(record, candidate, asked.references),
      );
      return recogniseDocument(record, asked, expected, sameSupplier, nearby);
    }
    default: {
      const decision = matchSettlement<Settlement>(
        asSettlement(prepared) ?? record,
        expected,
        equal.flatMap((candidate) => asSettlement(candidate) ?? []),
        nearby.flatMap((candidate) => asSettlement(candidate) ?? []),
      );
      return answer(decision, asked, () => problem("refused", ""));
    }
  }
}

function recogniseDocument(
  record: AccountingDocument,
  asked: Recognising,
  expected: Expected,
  equal: readonly CanonicalRecord[],
  nearby: readonly CanonicalRecord[],
): Decision | null {
  const { rulebook, references } = asked;
  const ofType = (candidates: readonly CanonicalRecord[]): AccountingDocument[] =>
    candidates.filter(isDocument).filter((candidate) => candidate.recordType === record.recordType);
  const decision = matchDocument<AccountingDocument>(
    record,
    {
      ...expected,
      ledgerContactId: ledgerContactOf(record, references),
      status: rulebook.maps.documentStatus,
    },
    ofType(equal),
    ofType(nearby),
  );
  return answer(decision, asked, () =>
    problem("numberTaken", decision.kind === "conflict" ? decision.evidence : ""),
  );
}

/** The documents of the ledger that a person said to be others, though they have this one's number. */
export const othersOfTheNumber = (
  document: AccountingDocument,
  { candidates, verdicts }: Circumstances,
): AccountingDocument[] =>
  candidates
    .filter(isDocument)
    .filter(
      (candidate) =>
        candidate.number === document.number &&
        !isGone(candidate) &&
        verdicts.get(candidate.externalId)?.verdict === "another",
    );

/** A person's word stands as long as what it was about is there. */
function saidToBeTheSame({ candidates, near, verdicts }: Circumstances): Decision | null {
  for (const candidate of [...candidates, ...near]) {
    const said = verdicts.get(candidate.externalId);
    if (said?.verdict === "same" && !isGone(candidate))
      return linkTo(candidate, "matched", `${said.by} said that it is this one.`);
  }
  return null;
}

const notAnother = (
  candidates: readonly CanonicalRecord[],
  { verdicts }: Circumstances,
): readonly CanonicalRecord[] =>
  candidates.filter((candidate) => verdicts.get(candidate.externalId)?.verdict !== "another");

function answer<T extends CanonicalRecord>(
  decision: MatchDecision<T>,
  asked: Recognising,
  conflict: (other: T) => Problem,
): Decision | null {
  switch (decision.kind) {
    case "linked":
      return linkTo(decision.record, decision.how, decision.evidence);
    case "conflict":
      return { verb: "block", problem: conflict(decision.record) };
    case "doubt":
      return { verb: "block", problem: doubtProblem(decision.doubts, asked), doubts: decision.doubts };
    case "none":
      return null;
  }
}

function doubtProblem(
  doubts: readonly Doubt<CanonicalRecord>[],
  { record, circumstances }: Recognising,
): Problem {
  const [doubt] = doubts;
  if (!doubt) return problem("refused", "");
  const isOfItsNumber =
    isDocument(record) && isDocument(doubt.record) && doubt.record.number === record.number;
  if (isOfItsNumber && doubts.length === 1) return problem("numberTaken", doubt.differences);
  const words = describeInLine(doubt.record, circumstances.postedFrom.get(doubt.record.externalId) ?? "");
  return problem("possibleTwin", doubts.length === 1 ? words : `${words}, and ${doubts.length - 1} more`);
}

function ledgerContactOf(record: AccountingDocument, references: References): string {
  const contact = references.contact(record.contactId);
  return contact.state === "linked" ? contact.ledgerId : "";
}

function isSameContact(
  record: AccountingDocument,
  candidate: { readonly contactId: string; readonly contactName: string },
  references: References,
): boolean {
  return (
    candidate.contactId === ledgerContactOf(record, references) ||
    normaliseName(candidate.contactName) === normaliseName(record.contactName)
  );
}

function linkTo(record: CanonicalRecord, how: "adopted" | "matched", evidence: string): Decision {
  return {
    verb: "link",
    ledgerExternalId: record.externalId,
    ledgerCode: record.recordType === "item" ? record.code : "",
    how,
    evidence,
  };
}

const asSettlement = (record: CanonicalRecord): Settlement | null => ("date" in record ? record : null);

function only<T extends CanonicalRecord["recordType"]>(
  records: readonly CanonicalRecord[],
  recordType: T,
): RecordOf<T>[] {
  return records.filter((record): record is RecordOf<T> => record.recordType === recordType);
}
