import { createHash } from "node:crypto";
import type { Transaction } from "@/lib/db/client";
import {
  MATCH_UPLOAD_BYTES_MAX,
  type MatchChange,
  type MatchUploadView,
  type SheetFault,
} from "@/lib/domain/views/match-row";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { namesOfPair } from "../exceptions/describe-exception";
import { getRuntime, type Runtime } from "../runtime";
import { loadPairIn } from "../setup/load-pair";
import type { MatchedPair } from "./find-plan";
import { keepWords } from "./keep-words";
import { ANSWER_COLUMN, ANSWER_WORDS, LEDGER_ID_COLUMN, MATCH_SHEET, type RowKey } from "./match-sheet";
import { type MatchWord, type WeighedWord, weighWords } from "./match-words";
import { type AnsweredRow, cellFault, readAnswerRows, readAnswers } from "./read-answers";

const FAULTS_SHOWN = 50;
/** So that every changed row can be looked at; whoever changed more does it in two files. */
export const MATCH_CHANGES_MAX = 2_000;

/**
 * Takes the workbook back. Without a digest it only says what would change; with the digest of exactly these changes it takes
 * them, all or none. Where something else was decided in between, the changes are other ones and are shown anew.
 */
export async function uploadMatches(
  access: WorkspaceAccess,
  file: { readonly bytes: Uint8Array; readonly digest: string | null },
): Promise<MatchUploadView> {
  if (file.bytes.byteLength > MATCH_UPLOAD_BYTES_MAX)
    return refused([wholeFile("The file is larger than 5 MB.", "Delete the rows that you did not change.")]);
  const runtime = await getRuntime();
  return runtime.database.withWorkspace(access.workspaceId, async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`matches:${access.workspaceId}`}, 0))`;
    const pair = await loadPairIn(tx);
    if (!pair) return refused([wholeFile("There is nothing to match yet.", "Connect both systems first.")]);
    const read = readAnswerRows(file.bytes, namesOfPair(runtime, pair));
    if (!read.ok) return refused(read.error);
    const { answered, faults } = readAnswers(read.value, await loadSaid(tx, pair));
    if (faults.length > 0) return refused(faults);
    const changed = answered.filter((row) => row.words.length > 0);
    if (changed.length > MATCH_CHANGES_MAX)
      return refused([
        wholeFile(
          `It changes ${changed.length.toLocaleString("en-GB")} rows, and at most ${MATCH_CHANGES_MAX.toLocaleString("en-GB")} are taken at once.`,
          "Change a part of them, upload that, then download again and go on.",
        ),
      ]);
    const weighed = await weighWords(
      tx,
      pair,
      changed.flatMap((row) => row.words),
    );
    const found = faultsOf(changed, weighed);
    if (found.length > 0) return refused(found);
    const digest = digestOf(changed);
    return file.digest === digest && changed.length > 0
      ? take(runtime, tx, access, pair, weighed, changed.length)
      : show(changed, weighed, answered.length - changed.length, digest);
  });
}

async function take(
  runtime: Runtime,
  tx: Transaction,
  access: WorkspaceAccess,
  pair: MatchedPair,
  weighed: readonly WeighedWord[],
  rows: number,
): Promise<MatchUploadView> {
  const kept = await keepWords(runtime, tx, access, pair, weighed);
  return kept.ok
    ? { kind: "taken", taken: rows, outdated: kept.value.outdated }
    : refused([wholeFile(kept.error.message, "Upload the file again in a moment.")]);
}

function show(
  changed: readonly AnsweredRow[],
  weighed: readonly WeighedWord[],
  unchanged: number,
  digest: string,
): MatchUploadView {
  const wordsOf = byWord(weighed);
  return {
    kind: "changes",
    changes: changed.map(({ row, key, name, words }): MatchChange => {
      const own = words.flatMap((word) => wordsOf(word) ?? []);
      return {
        row,
        recordType: key.recordType,
        name: name || own[0]?.sourceWords || "",
        before: own.map((word) => sayingOf(word, word.before)).join("; "),
        after: own.map((word) => sayingOf(word, word.verdict)).join("; "),
      };
    }),
    changeCount: changed.length,
    unchanged,
    digest,
  };
}

/** "Same as invoice INV-7, ..., 24.01 GBP". */
function sayingOf(word: WeighedWord, verdict: MatchWord["verdict"]): string {
  if (verdict === null) return `nothing said of ${word.ledgerWords || word.ledgerExternalId}`;
  return `${ANSWER_WORDS[verdict]} ${verdict === "same" ? "as" : "than"} ${word.ledgerWords}`;
}

/** A fault of a word stands where a person can mend it: at the id where that was changed, else at the answer. */
function faultsOf(changed: readonly AnsweredRow[], weighed: readonly WeighedWord[]): SheetFault[] {
  const wordsOf = byWord(weighed);
  return changed.flatMap(({ row, key, words }) => {
    const faulty = words.find((word) => wordsOf(word)?.fault);
    const fault = faulty && wordsOf(faulty)?.fault;
    if (!faulty || !fault) return [];
    const column = faulty.ledgerExternalId === key.ledgerExternalId ? ANSWER_COLUMN : LEDGER_ID_COLUMN;
    return [cellFault(row, column, fault.message, fault.remedy)];
  });
}

/** What people said so far, of every two records. */
async function loadSaid(tx: Transaction, pair: MatchedPair) {
  const rows = await tx.matchQuestion.findMany({
    where: { pairId: pair.id, verdict: { not: null } },
    select: { recordType: true, sourceExternalId: true, ledgerExternalId: true, verdict: true },
  });
  const known = new Map(rows.map((row) => [keyText(row), row.verdict]));
  return (key: RowKey): MatchWord["verdict"] => {
    const verdict = known.get(keyText(key));
    return verdict === "same" || verdict === "another" ? verdict : null;
  };
}

const keyText = (key: {
  readonly recordType: string;
  readonly sourceExternalId: string;
  readonly ledgerExternalId: string;
}): string => JSON.stringify([key.recordType, key.sourceExternalId, key.ledgerExternalId]);

function byWord(weighed: readonly WeighedWord[]): (word: MatchWord) => WeighedWord | undefined {
  const known = new Map(weighed.map((word) => [keyText(word), word]));
  return (word) => known.get(keyText(word));
}

const digestOf = (changed: readonly AnsweredRow[]): string =>
  createHash("sha256")
    .update(
      JSON.stringify(changed.flatMap(({ words }) => words.map((word) => [keyText(word), word.verdict]))),
    )
    .digest("base64url");

const wholeFile = (message: string, remedy: string): SheetFault => ({
  sheet: MATCH_SHEET,
  row: null,
  column: null,
  message,
  remedy,
});

const refused = (faults: readonly SheetFault[]): MatchUploadView => ({
  kind: "refused",
  faults: faults.slice(0, FAULTS_SHOWN),
  faultCount: faults.length,
});
