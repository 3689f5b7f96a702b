import type { ConnectorRules } from "@/lib/connectors/contract/connector";
import type { WriteVerb } from "@/lib/connectors/contract/manifest";
import { type CanonicalRecord, isDocument, isGone } from "@/lib/domain/canonical-record";
import type { AccountingDocument } from "@/lib/domain/document";
import { type Money, moneyText } from "@/lib/domain/money";
import type { CutOver, PairSettings } from "@/lib/domain/pair-settings";
import type { Prediction } from "@/lib/domain/prediction";
import { type Problem, problem } from "@/lib/domain/problem";
import type { ReferenceData } from "@/lib/domain/reference-data";
import { type SettledDocument, settledDocument, usedCredit } from "@/lib/domain/settlement";
import type { Agreed, DisputedField } from "@/lib/domain/two-sided";
import { addRoundingLine } from "@/lib/mapping/add-rounding-line";
import { mapRecord } from "@/lib/mapping/map-record";
import { openingDocument, withOpeningAccount } from "@/lib/mapping/opening-document";
import type { ReferenceState, References } from "@/lib/mapping/references";
import type { ValueMaps } from "@/lib/mapping/value-maps";
import type { Doubt } from "@/lib/matching/match-decision";
import { type CarriedDocument, cutOverAfter, isCarried } from "./cut-over";
import { ASK_ALWAYS, decideGone, decideTwoSided, type FlowRules } from "./decide-two-sided";
import { type ExclusionReason, exclusionOf } from "./exclusion";
import { othersOfTheNumber, recognise } from "./recognise";

/** What is going to happen to one source record, decided before anything is written. */
export type Decision =
  | { readonly verb: "exclude"; readonly reason: ExclusionReason }
  | {
      readonly verb: "block";
      readonly problem: Problem;
      /** The fields that both sides changed, where a person is to say which of the two holds. */
      readonly sides?: readonly DisputedField[];
      /** The ledger records that it may be already, where a person is to say. */
      readonly doubts?: readonly Doubt<CanonicalRecord>[];
    }
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
  /** True where a person asked that the source's version goes over what somebody changed in the ledger. */
  readonly mayOverwrite?: boolean;
  /** The record as the ledger has it, without its lines; absent where it is not known. */
  readonly shown?: CanonicalRecord;
  /** What both sides had when they last agreed; null where that was never noted. */
  readonly agreed?: Agreed | null;
}

/** A person's word about a ledger record: it is the source record, or it is another one. */
export interface Verdict {
  readonly verdict: "same" | "another";
  /** Who said so. */
  readonly by: string;
}

/** What nobody has looked for: of a record whose decision was made before. */
export const NOTHING_NEAR = {
  near: [],
  verdicts: new Map(),
  postedFrom: new Map(),
} satisfies Partial<Circumstances>;

/** What is known of a record before the decision. */
export interface Circumstances {
  readonly link: LinkedAs | null;
  /** Records of the ledger with the same natural key, e-mail or marker, not linked to another source record. */
  readonly candidates: readonly CanonicalRecord[];
  /** Records of the ledger that agree in so much that they may be this one under another number or name. */
  readonly near: readonly CanonicalRecord[];
  /** What a person said of ledger records, by their id there. */
  readonly verdicts: ReadonlyMap<string, Verdict>;
  /** The other app that posted a candidate, by the candidate's id, where it is known. */
  readonly postedFrom: ReadonlyMap<string, string>;
  /** True where another source record has the same natural key and came first. */
  readonly isNameClaimed: boolean;
  /** Refused by the ledger in this very version and with these very settings: no use in sending it again. */
  readonly refusedBefore: Problem | null;
  /** A person left out this very version of the record. */
  readonly isDismissed: boolean;
  /** The source was found to have it no more. */
  readonly hasVanished?: boolean;
  /** What was open on the day of the cut-over of a document that is dated before it; null where nothing was. */
  readonly openAtCutOver?: Money | null;
  /** The number that the plan gave the document where its own may not be free; null where it has none. */
  readonly reissuedAs: string | null;
}

export interface Rulebook {
  readonly settings: PairSettings;
  readonly maps: ValueMaps;
  readonly ledger: ReferenceData;
  readonly rules: ConnectorRules;
  /** What the owner chose for a record type; a person is asked where it is absent. */
  readonly flowRules?: (recordType: CanonicalRecord["recordType"]) => FlowRules;
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
  const isTaken = othersOfTheNumber(record, circumstances).length > 0;
  const warnings = [
    isTaken
      ? `It goes as ${number}: ${record.number} is another document there.`
      : `It goes as ${number}: ${record.number} was voided, and a voided number may not be free.`,
  ];
  const decision = decideWrite({ ...record, number }, "create", null, references, rulebook);
  return "warnings" in decision ? { ...decision, warnings: [...decision.warnings, ...warnings] } : decision;
}

function freeNumber(document: AccountingDocument, circumstances: Circumstances, rulebook: Rulebook): string {
  const { candidates } = circumstances;
  const where = rulebook.markerOf(document.externalId);
  const voided = only(candidates, document.recordType).filter(
    (candidate) => candidate.status === "void" && rulebook.rules.isMarker(candidate.marker, where),
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
