import type { ConnectorRules } from "@/lib/connectors/contract/connector";
import type { WriteVerb } from "@/lib/connectors/contract/manifest";
import { type CanonicalRecord, isGone } from "@/lib/domain/canonical-record";
import type { AccountingDocument } from "@/lib/domain/document";
import type { PairSettings } from "@/lib/domain/pair-settings";
import type { Prediction } from "@/lib/domain/prediction";
import { type Problem, problem } from "@/lib/domain/problem";
import type { ReferenceData } from "@/lib/domain/reference-data";
import { addRoundingLine } from "@/lib/mapping/add-rounding-line";
import { mapRecord } from "@/lib/mapping/map-record";
import type { References } from "@/lib/mapping/references";
import type { ValueMaps } from "@/lib/mapping/value-maps";
import { type MatchDecision, matchContact } from "@/lib/matching/match-contact";
import { matchDocument } from "@/lib/matching/match-document";
import { type ExclusionReason, exclusionOf } from "./exclusion";

/** What is going to happen to one source record, decided before anything is written. */
export type Decision =
  | { readonly verb: "exclude"; readonly reason: ExclusionReason }
  | { readonly verb: "block"; readonly problem: Problem }
  | {
      readonly verb: "link";
      readonly ledgerExternalId: string;
      readonly ledgerCode: string;
      readonly how: "adopted" | "matched";
      readonly evidence: string;
    }
  | {
      readonly verb: WriteVerb;
      /** The record as it is to be sent, marker inside. */
      readonly record: CanonicalRecord;
      readonly ledgerExternalId: string | null;
      readonly warnings: readonly string[];
      readonly prediction: Prediction | null;
    };

/** What a source record is in the ledger already. */
export interface LinkedAs {
  readonly ledgerExternalId: string;
  /** True where the ledger shows the amount, date and name that the source has now. */
  readonly isShown: boolean;
  /** Why what changed since is no change any more, in words; null while it is one. */
  readonly settled: string | null;
}

/** What is known of a record before the decision. */
export interface Circumstances {
  readonly link: LinkedAs | null;
  /** Records of the ledger with the same natural key, e-mail or marker, not linked to another source record. */
  readonly candidates: readonly CanonicalRecord[];
  /** True where another source record has the same natural key and came first. */
  readonly isNameClaimed: boolean;
  /** Refused by the ledger in this very version and with these very settings: no use in sending it again. */
  readonly refusedBefore: Problem | null;
  /** The number that the plan gave the document where its own may not be free; null where it has none. */
  readonly reissuedAs: string | null;
}

export interface Rulebook {
  readonly settings: PairSettings;
  readonly maps: ValueMaps;
  readonly ledger: ReferenceData;
  readonly rules: ConnectorRules;
  readonly writable: (recordType: CanonicalRecord["recordType"], verb: WriteVerb) => boolean;
  readonly markerOf: (sourceExternalId: string) => Parameters<ConnectorRules["prepare"]>[1];
}

export function decideChange(
  record: CanonicalRecord,
  circumstances: Circumstances,
  references: References,
  rulebook: Rulebook,
): Decision {
  if (circumstances.link) {
    const { ledgerExternalId, settled } = circumstances.link;
    if (settled !== null) {
      const ledgerCode = record.recordType === "item" ? record.code : "";
      return { verb: "link", ledgerExternalId, ledgerCode, how: "matched", evidence: settled };
    }
    if (circumstances.refusedBefore) return { verb: "block", problem: circumstances.refusedBefore };
    return decideLinked(record, circumstances.link, references, rulebook);
  }
  const exclusion = exclusionOf(record, rulebook.settings) ?? excludedWithItsDocument(record, references);
  if (exclusion) return { verb: "exclude", reason: exclusion };
  if (circumstances.refusedBefore) return { verb: "block", problem: circumstances.refusedBefore };
  const recognised = recognise(record, circumstances, references, rulebook);
  if (recognised) return recognised;
  return reissued(record, circumstances, references, rulebook);
}

/**
 * A new record. Where we posted the document before and it was voided, the ledger may hold on to its number, so it goes
 * under one of its own.
 */
function reissued(
  record: CanonicalRecord,
  circumstances: Circumstances,
  references: References,
  rulebook: Rulebook,
): Decision {
  if (record.recordType !== "invoice" && record.recordType !== "creditNote")
    return decideWrite(record, "create", null, references, rulebook);
  const number = circumstances.reissuedAs ?? freeNumber(record, circumstances, rulebook);
  if (number === record.number) return decideWrite(record, "create", null, references, rulebook);
  const warnings = [
    `It goes as ${number}: ${record.number} was voided, and a voided number may not be free.`,
  ];
  const decision = decideWrite({ ...record, number }, "create", null, references, rulebook);
  return "warnings" in decision ? { ...decision, warnings: [...decision.warnings, ...warnings] } : decision;
}

function freeNumber(document: AccountingDocument, { candidates }: Circumstances, rulebook: Rulebook): string {
  const where = rulebook.markerOf(document.externalId);
  const voided = only(candidates, document.recordType).filter(
    (candidate) => candidate.status === "void" && rulebook.rules.isMarker(candidate.marker, where),
  );
  return voided.length === 0 ? document.number : `${document.number}-${voided.length + 1}`;
}

/** The ledger record that this one is already, or the conflict with it; null where it is new. */
function recognise(
  record: CanonicalRecord,
  circumstances: Circumstances,
  references: References,
  rulebook: Rulebook,
): Decision | null {
  const where = rulebook.markerOf(record.externalId);
  const { marker } = rulebook.rules.prepare(record, where).record;
  const isOurs = (other: string): boolean => rulebook.rules.isMarker(other, where);
  switch (record.recordType) {
    case "contact": {
      if (circumstances.isNameClaimed) return { verb: "block", problem: problem("nameTaken", record.name) };
      const decision = matchContact(record, { marker, isOurs }, only(circumstances.candidates, "contact"));
      return answer(decision, (other) => problem("contactArchived", other.name));
    }
    case "item": {
      if (circumstances.isNameClaimed)
        return { verb: "block", problem: problem("itemCodeUnusable", record.code) };
      const same = only(circumstances.candidates, "item")[0];
      return same ? linkTo(same, "matched", `Same code: ${same.code}.`) : null;
    }
    case "invoice":
    case "creditNote": {
      if (circumstances.isNameClaimed)
        return { verb: "block", problem: problem("numberTaken", "another document of the source") };
      const contact = references.contact(record.contactId);
      const ledgerContactId = contact.state === "linked" ? contact.ledgerId : "";
      const decision = matchDocument<AccountingDocument>(
        record,
        { marker, ledgerContactId },
        only(circumstances.candidates, record.recordType),
      );
      return answer(decision, () =>
        problem("numberTaken", decision.kind === "conflict" ? decision.evidence : ""),
      );
    }
    case "allocation":
    case "payment":
    case "overpayment": {
      const standing = circumstances.candidates.filter(
        (candidate) => !("status" in candidate && candidate.status === "deleted"),
      );
      const own = standing.find((candidate) => candidate.marker !== "" && candidate.marker === marker);
      // Two equal payments are two: the one that we posted for the other is not this one.
      const same = own ?? standing.find((candidate) => !isOurs(candidate.marker));
      if (!same) return null;
      const adopted = same === own;
      return linkTo(
        same,
        adopted ? "adopted" : "matched",
        "Already in the ledger with the same document, date and amount.",
      );
    }
  }
}

function answer<T extends CanonicalRecord>(
  decision: MatchDecision<T>,
  conflict: (other: T) => Problem,
): Decision | null {
  if (decision.kind === "linked") return linkTo(decision.record, decision.how, decision.evidence);
  return decision.kind === "conflict" ? { verb: "block", problem: conflict(decision.record) } : null;
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

/** What an exception about a changed record is about: where the ledger shows it, it can be seen when it is done. */
export const CHANGED_VISIBLY = "amount, date or name";
const CHANGED_IN_DETAIL = "details that change no amount";

/** A record that is posted and has changed since: sent again where the ledger takes it, else for a person. */
function decideLinked(
  record: CanonicalRecord,
  link: LinkedAs,
  references: References,
  rulebook: Rulebook,
): Decision {
  const isVoid = isGone(record);
  const verb: WriteVerb = isVoid ? "void" : "update";
  const isMasterRecord = record.recordType === "contact" || record.recordType === "item";
  if (rulebook.writable(record.recordType, verb) && (isMasterRecord || isVoid)) {
    return decideWrite(record, verb, link.ledgerExternalId, references, rulebook);
  }
  return {
    verb: "block",
    problem: problem("changedAfterPosting", link.isShown ? CHANGED_IN_DETAIL : CHANGED_VISIBLY),
  };
}

function decideWrite(
  record: CanonicalRecord,
  verb: WriteVerb,
  ledgerExternalId: string | null,
  references: References,
  rulebook: Rulebook,
): Decision {
  const mapped = mapRecord(record, rulebook.maps, references);
  if (!mapped.ok) return { verb: "block", problem: first(mapped.error) };
  const prepared = rulebook.rules.prepare(mapped.value.record, rulebook.markerOf(record.externalId));
  const rounded = roundToSource(prepared.record, rulebook);
  if (!rounded.ok) return { verb: "block", problem: rounded.problem };
  const problems = verb === "void" ? [] : rulebook.rules.preflight(rounded.record, rulebook.ledger);
  if (problems.length > 0) return { verb: "block", problem: first(problems) };
  return {
    verb,
    record: rounded.record,
    ledgerExternalId,
    warnings: [...mapped.value.warnings, ...prepared.warnings],
    prediction: rulebook.rules.predict(rounded.record, rulebook.ledger),
  };
}

function roundToSource(
  record: CanonicalRecord,
  rulebook: Rulebook,
): { ok: true; record: CanonicalRecord } | { ok: false; problem: Problem } {
  if (record.recordType !== "invoice" && record.recordType !== "creditNote") return { ok: true, record };
  const prediction = rulebook.rules.predict(record, rulebook.ledger);
  if (!prediction) return { ok: true, record };
  const rounded = addRoundingLine(record, prediction.gross, rulebook.maps);
  return rounded.ok ? { ok: true, record: rounded.value.record } : { ok: false, problem: rounded.error };
}

/** Settlements of a document that is left out are left out with it. */
function excludedWithItsDocument(record: CanonicalRecord, references: References): ExclusionReason | null {
  const states =
    record.recordType === "payment"
      ? [references.invoice(record.invoiceId)]
      : record.recordType === "allocation"
        ? [references.invoice(record.invoiceId), references.creditNote(record.creditNoteId)]
        : [];
  return states.some((state) => state.state === "excluded") ? "documentExcluded" : null;
}

function only<T extends CanonicalRecord["recordType"]>(
  records: readonly CanonicalRecord[],
  recordType: T,
): Extract<CanonicalRecord, { recordType: T }>[] {
  return records.filter(
    (record): record is Extract<CanonicalRecord, { recordType: T }> => record.recordType === recordType,
  );
}

function first(problems: readonly Problem[]): Problem {
  return problems[0] ?? problem("refused", "");
}
