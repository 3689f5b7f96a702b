import type { WriteVerb } from "@/lib/connectors/contract/manifest";
import { type CanonicalRecord, isDocument, isGone, type RecordOf } from "@/lib/domain/canonical-record";
import type { AccountingDocument } from "@/lib/domain/document";
import { isErased } from "@/lib/domain/erased-person";
import { type Money, moneyText } from "@/lib/domain/money";
import type { CutOver, PairSettings } from "@/lib/domain/pair-settings";
import { type Problem, problem } from "@/lib/domain/problem";
import { type SettledDocument, settledDocument, usedCredit } from "@/lib/domain/settlement";
import { addRoundingLine } from "@/lib/mapping/add-rounding-line";
import { mapRecord } from "@/lib/mapping/map-record";
import { openingDocument, withOpeningAccount } from "@/lib/mapping/opening-document";
import type { ReferenceState, References } from "@/lib/mapping/references";
import { type CarriedDocument, cutOverAfter, isCarried } from "./cut-over";
import { decideGone, decideTwoSided } from "./decide-two-sided";
import type { Circumstances, Decision, LinkedAs, Rulebook } from "./decision";
import { exclusionOf } from "./exclusion";
import { ASK_ALWAYS, type FlowRules } from "./flow-rules";
import { othersOfTheNumber, recognise } from "./recognise";

export function decideChange(
  record: CanonicalRecord,
  circumstances: Circumstances,
  references: References,
  rulebook: Rulebook,
): Decision {
  if (isErased(record)) return leaveErased(circumstances.link);
  if (circumstances.link) {
    const { ledgerExternalId, settled } = circumstances.link;
    const gone = decideGone(
      record,
      circumstances.link,
      circumstances.hasVanished ?? false,
      rulesOf(record, rulebook),
    );
    if (gone) return gone;
    if (settled !== null) {
      const ledgerCode = record.recordType === "item" ? record.code : "";
      return { verb: "link", ledgerExternalId, ledgerCode, how: "matched", evidence: settled };
    }
    if (circumstances.refusedBefore) return { verb: "block", problem: circumstances.refusedBefore };
    return decideLinked(record, circumstances.link, references, rulebook);
  }
  if (circumstances.hasVanished) return { verb: "exclude", reason: "deletedInSource" };
  const exclusion = exclusionOf(record, rulebook.settings);
  if (exclusion) return { verb: "exclude", reason: exclusion };
  const withDocument = leftOutWithItsDocument(record, references, rulebook.settings);
  if (withDocument) return withDocument;
  if (circumstances.isDismissed) return { verb: "exclude", reason: "dismissed" };
  const cutOver = cutOverAfter(record, rulebook.settings);
  const open = circumstances.openAtCutOver ?? null;
  if (cutOver && open === null) return { verb: "exclude", reason: "beforeCutOver" };
  const prepared = prepareFor(record, references, rulebook);
  const recognised = recognise({ record, prepared, circumstances, references, rulebook });
  // What turns up in the ledger after all, late or by a person's hand, is no longer refused.
  if (recognised?.verb === "link") return recognised;
  if (circumstances.refusedBefore) return { verb: "block", problem: circumstances.refusedBefore };
  if (recognised) return recognised;
  return cutOver && open && isCarried(record)
    ? bringIn(record, open, cutOver, circumstances, references, rulebook)
    : reissued(record, circumstances, references, rulebook);
}

/** A token is no name: what stands in the ledger stays as it is, and what is not there is not made. */
const leaveErased = (link: LinkedAs | null): Decision =>
  link
    ? {
        verb: "link",
        ledgerExternalId: link.ledgerExternalId,
        ledgerCode: "",
        how: "matched",
        evidence: "The details of this person were erased here; the ledger keeps what it has.",
      }
    : { verb: "exclude", reason: "erasedHere" };

/** A document from before the cut-over that the ledger does not have: what was open of it, where the owner wants that. */
function bringIn(
  record: CarriedDocument,
  open: Money,
  cutOver: CutOver,
  circumstances: Circumstances,
  references: References,
  rulebook: Rulebook,
): Decision {
  if (cutOver.openDocuments !== "bringIn") return { verb: "exclude", reason: "openBeforeCutOver" };
  if (cutOver.openingAccountKey === null)
    return { verb: "block", problem: problem("accountNotMapped", "Opening balances") };
  const decision = reissued(
    openingDocument<AccountingDocument>(record, open, cutOver.date),
    circumstances,
    references,
    { ...rulebook, maps: withOpeningAccount(rulebook.maps, cutOver.openingAccountKey) },
  );
  const warning = `It is brought in as an opening balance of ${moneyText(open)} ${open.currency}: what was open of it on ${cutOver.date}.`;
  return "warnings" in decision ? { ...decision, warnings: [...decision.warnings, warning] } : decision;
}

/**
 * A new record. Where we posted the document before and it was taken out again (an order can only be deleted), the ledger
 * may hold on to its number, so it goes under one of its own.
 */
function reissued(
  record: CanonicalRecord,
  circumstances: Circumstances,
  references: References,
  rulebook: Rulebook,
): Decision {
  if (!isNumberedByUs(record)) return decideWrite(record, "create", null, references, rulebook);
  const number = circumstances.reissuedAs ?? freeNumber(record, circumstances, rulebook);
  if (number === record.number) return decideWrite(record, "create", null, references, rulebook);
  const isTaken = othersOfTheNumber(record, circumstances).length > 0;
  const isTakenBack = circumstances.candidates.some(({ externalId }) =>
    circumstances.takenBack?.has(externalId),
  );
  const warnings = [
    isTaken
      ? `It goes as ${number}: ${record.number} is another document there.`
      : record.recordType === "purchaseOrder"
        ? `It goes as ${number}: ${record.number} was deleted, and a deleted order may hold on to its number.`
        : isTakenBack
          ? `It goes as ${number}: ${record.number} lies in a closed period, where another document took it back, and keeps its number.`
          : `It goes as ${number}: ${record.number} was voided, and a voided number may not be free.`,
  ];
  const decision = decideWrite({ ...record, number }, "create", null, references, rulebook);
  return "warnings" in decision ? { ...decision, warnings: [...decision.warnings, ...warnings] } : decision;
}

/** What ledgers keep under one number once; suppliers number their documents themselves. */
const isNumberedByUs = (record: CanonicalRecord): record is NumberedByUs =>
  record.recordType === "invoice" ||
  record.recordType === "creditNote" ||
  record.recordType === "purchaseOrder";
type NumberedByUs = RecordOf<"invoice"> | RecordOf<"creditNote"> | RecordOf<"purchaseOrder">;

function freeNumber(document: AccountingDocument, circumstances: Circumstances, rulebook: Rulebook): string {
  const { candidates } = circumstances;
  const where = rulebook.markerOf(document.externalId);
  const left = document.recordType === "purchaseOrder" ? "deleted" : "void";
  const voided = only(candidates, document.recordType).filter(
    (candidate) => candidate.status === left && rulebook.rules.isMarker(candidate.marker, where),
  );
  const used = voided.length + othersOfTheNumber(document, circumstances).length;
  return used === 0 ? document.number : `${document.number}-${used + 1}`;
}

/** The record with the ledger's keys where it can be mapped, and our marker in it. */
function prepareFor(record: CanonicalRecord, references: References, rulebook: Rulebook): CanonicalRecord {
  const mapped = mapRecord(record, rulebook.maps, references);
  const where = rulebook.markerOf(record.externalId);
  return rulebook.rules.prepare(mapped.ok ? mapped.value.record : record, where).record;
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
  const { shown, agreed, ledgerExternalId } = link;
  const write = (): Decision => {
    const isLetThrough = isMasterRecord || isVoid || link.mayOverwrite === true;
    if (rulebook.writable(record.recordType, verb) && isLetThrough)
      return decideWrite(record, verb, ledgerExternalId, references, rulebook);
    const subject = link.isShown ? CHANGED_IN_DETAIL : CHANGED_VISIBLY;
    return { verb: "block", problem: problem("changedAfterPosting", subject) };
  };
  return isMasterRecord && shown && agreed && link.mayOverwrite !== true
    ? decideTwoSided(record, { ...link, shown, agreed }, rulesOf(record, rulebook), write)
    : write();
}

const rulesOf = ({ recordType }: CanonicalRecord, rulebook: Rulebook): FlowRules =>
  rulebook.flowRules?.(recordType) ?? ASK_ALWAYS;

/** The record as it is to be sent, or why it cannot be. */
export function decideWrite(
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
  const problems =
    verb === "void"
      ? []
      : [
          ...rulebook.rules.preflight(rounded.record, rulebook.ledger),
          ...journalTotalProblems(rounded.record, rulebook),
        ];
  if (problems.length > 0) return { verb: "block", problem: first(problems) };
  return {
    verb,
    record: rounded.record,
    ledgerExternalId,
    warnings: [...mapped.value.warnings, ...prepared.warnings],
    prediction: rulebook.rules.predict(rounded.record, rulebook.ledger),
  };
}

/** A line for a penny would unbalance a journal, so one that comes to another total in the ledger is for a person. */
function journalTotalProblems(record: CanonicalRecord, rulebook: Rulebook): Problem[] {
  if (record.recordType !== "manualJournal") return [];
  const prediction = rulebook.rules.predict(record, rulebook.ledger);
  return prediction === null || prediction.gross.minor === record.total.minor
    ? []
    : [problem("totalsDiffer", record.number || record.narration)];
}

function roundToSource(
  record: CanonicalRecord,
  rulebook: Rulebook,
): { ok: true; record: CanonicalRecord } | { ok: false; problem: Problem } {
  if (!isDocument(record)) return { ok: true, record };
  const prediction = rulebook.rules.predict(record, rulebook.ledger);
  if (!prediction) return { ok: true, record };
  const rounded = addRoundingLine(record, prediction.gross, rulebook.maps);
  return rounded.ok ? { ok: true, record: rounded.value.record } : { ok: false, problem: rounded.error };
}

/**
 * Settlements of a document that is left out are left out with it. But money that came after the cut-over for a document
 * from before it is in nobody's books yet: it waits until the ledger has the document.
 */
function leftOutWithItsDocument(
  record: CanonicalRecord,
  references: References,
  settings: PairSettings,
): Decision | null {
  const documents = documentsOf(record).map((document) => ({
    document,
    state: references[document.recordType](document.id),
  }));
  const excluded = documents.filter(({ state }) => state.state === "excluded");
  const [first] = excluded;
  if (!first) return null;
  const isOfOldBooks = documents.every(({ state }) => isBeforeCutOver(state)) && documents.length > 1;
  const waiting = excluded.find(({ state }) => isBeforeCutOver(state));
  return waiting && !isOfOldBooks && cutOverAfter(record, settings) === null
    ? { verb: "block", problem: problem("documentBeforeCutOver", waiting.document.number) }
    : { verb: "exclude", reason: "documentExcluded" };
}

const isBeforeCutOver = (state: ReferenceState): boolean =>
  state.state === "excluded" && (state.reason === "beforeCutOver" || state.reason === "openBeforeCutOver");

function documentsOf(record: CanonicalRecord): SettledDocument[] {
  switch (record.recordType) {
    case "payment":
    case "billPayment":
      return [settledDocument(record)];
    case "allocation":
    case "supplierAllocation":
      return [settledDocument(record), usedCredit(record)];
    default:
      return [];
  }
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
