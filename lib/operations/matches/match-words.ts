import type { Transaction } from "@/lib/db/client";
import { canonicalRecordSchema, isGone } from "@/lib/domain/canonical-record";
import { RECORD_TYPES, type RecordType } from "@/lib/domain/record-type";
import type { MatchVerdict } from "@/lib/domain/views/match-row";
import { describeInLine } from "@/lib/sync/describe-record-line";
import type { MatchedPair } from "./find-plan";

/**
 * What a person says of a record of the source and one of the ledger, and whether it can be true: a source record is at
 * most one ledger record, and a ledger record at most one source record. A few queries a kind, however many words.
 */
export interface MatchWord {
  readonly recordType: RecordType;
  readonly sourceExternalId: string;
  readonly ledgerExternalId: string;
  /** Null takes an earlier word back. */
  readonly verdict: MatchVerdict | null;
}

export interface WordFault {
  readonly message: string;
  readonly remedy: string;
}

/** A word with what is stored of it, ready to be kept; or why it cannot be taken. */
export interface WeighedWord extends MatchWord {
  readonly fault: WordFault | null;
  readonly questionId: string | null;
  readonly before: MatchVerdict | null;
  readonly sourceWords: string;
  readonly ledgerWords: string;
}

/** Weighs all words against each other and against what is known; in the order given. */
export async function weighWords(
  tx: Transaction,
  pair: MatchedPair,
  words: readonly MatchWord[],
): Promise<WeighedWord[]> {
  const weighed = new Map<MatchWord, WeighedWord>();
  for (const recordType of RECORD_TYPES) {
    const own = words.filter((word) => word.recordType === recordType);
    if (own.length === 0) continue;
    const known = await loadKnown(tx, pair, recordType, own);
    for (const word of own) weighed.set(word, weigh(word, known));
  }
  return words.flatMap((word) => weighed.get(word) ?? []);
}

type Known = Awaited<ReturnType<typeof loadKnown>>;

async function loadKnown(
  tx: Transaction,
  pair: MatchedPair,
  recordType: RecordType,
  words: readonly MatchWord[],
) {
  const sourceIds = [...new Set(words.map((word) => word.sourceExternalId))];
  const ledgerIds = [...new Set(words.map((word) => word.ledgerExternalId))];
  const touching = {
    pairId: pair.id,
    recordType,
    OR: [{ sourceExternalId: { in: sourceIds } }, { ledgerExternalId: { in: ledgerIds } }],
  };
  const snapshots = await tx.recordSnapshot.findMany({
    where: { connectionId: pair.sourceConnectionId, recordType, externalId: { in: sourceIds }, goneAt: null },
    select: { externalId: true, record: true, disposition: true },
  });
  const inLedger = await tx.ledgerRecord.findMany({
    where: { connectionId: pair.ledgerConnectionId, recordType, externalId: { in: ledgerIds } },
    select: { externalId: true, record: true },
  });
  const links = await tx.recordLink.findMany({
    where: touching,
    select: { sourceExternalId: true, ledgerExternalId: true },
  });
  const questions = await tx.matchQuestion.findMany({ where: touching });
  const said = new Set(words.map(keyOf));
  // What was said before and is not said anew stands.
  const standing = questions.filter((one) => one.verdict === "same" && !said.has(keyOf(one)));
  return {
    questions: new Map(questions.map((one) => [keyOf(one), one])),
    linkedSources: new Set(links.map((link) => link.sourceExternalId)),
    linkedLedger: new Set(links.map((link) => link.ledgerExternalId)),
    standingSources: new Set(standing.map((one) => one.sourceExternalId)),
    standingLedger: new Set(standing.map((one) => one.ledgerExternalId)),
    source: new Map(snapshots.map((row) => [row.externalId, row])),
    ledger: new Map(inLedger.map((row) => [row.externalId, canonicalRecordSchema.parse(row.record)])),
    sameBySource: byKey(words, "sourceExternalId"),
    sameByLedger: byKey(words, "ledgerExternalId"),
  };
}

const keyOf = (one: { readonly sourceExternalId: string; readonly ledgerExternalId: string }): string =>
  JSON.stringify([one.sourceExternalId, one.ledgerExternalId]);

/** How often "the same" is said of each record. */
function byKey(
  words: readonly MatchWord[],
  key: "sourceExternalId" | "ledgerExternalId",
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const word of words)
    if (word.verdict === "same") counts.set(word[key], (counts.get(word[key]) ?? 0) + 1);
  return counts;
}

function weigh(word: MatchWord, known: Known): WeighedWord {
  const source = known.source.get(word.sourceExternalId);
  const ledger = known.ledger.get(word.ledgerExternalId);
  const question = known.questions.get(keyOf(word));
  return {
    ...word,
    fault: faultOf(word, known),
    questionId: question?.id ?? null,
    before: question?.verdict === "same" || question?.verdict === "another" ? question.verdict : null,
    sourceWords: source ? describeInLine(canonicalRecordSchema.parse(source.record), "") : "",
    ledgerWords: ledger ? describeInLine(ledger, "") : "",
  };
}

function faultOf(word: MatchWord, known: Known): WordFault | null {
  const { sourceExternalId, ledgerExternalId, verdict } = word;
  const source = known.source.get(sourceExternalId);
  const ledger = known.ledger.get(ledgerExternalId);
  if (!source) return FAULTS.sourceGone;
  if (known.linkedSources.has(sourceExternalId)) return FAULTS.mapped;
  if (verdict === null) return null;
  if (!ledger || (verdict === "same" && isGone(ledger))) return FAULTS.ledgerGone;
  if (verdict === "another") return null;
  if (source.disposition === "excluded") return FAULTS.leftOut;
  if (known.linkedLedger.has(ledgerExternalId)) return FAULTS.taken;
  const timesOfSource = known.sameBySource.get(sourceExternalId) ?? 0;
  if (timesOfSource > 1 || known.standingSources.has(sourceExternalId)) return FAULTS.twoOfLedger;
  const timesOfLedger = known.sameByLedger.get(ledgerExternalId) ?? 0;
  if (timesOfLedger > 1 || known.standingLedger.has(ledgerExternalId)) return FAULTS.twoOfSource;
  return null;
}

const FAULTS = {
  sourceGone: {
    message: "This record is not in the source any more.",
    remedy: "Delete the row, or download the review again.",
  },
  mapped: {
    message: "This record is mapped already, and a word does not change that.",
    remedy: "Take the earlier word back under Matches, or undo the run that posted it; then say it again.",
  },
  ledgerGone: {
    message: "The record that it is compared with is not in the books, or is void there.",
    remedy: "Take the id of a record that stands in the books, as another row of the review names it.",
  },
  leftOut: {
    message: "This record is left out by a rule, so it cannot be matched.",
    remedy: "Change the rule in the set-up first, and read both sides again.",
  },
  taken: {
    message: "The record of the books belongs to another record already.",
    remedy: "Choose another one, or undo the run that mapped it.",
  },
  twoOfLedger: {
    message: "It is said to be two records of the books.",
    remedy: "Leave “Same” on one of them alone.",
  },
  twoOfSource: {
    message: "Two records are said to be the same one of the books.",
    remedy: "Leave “Same” on one of them alone.",
  },
} as const satisfies Readonly<Record<string, WordFault>>;
