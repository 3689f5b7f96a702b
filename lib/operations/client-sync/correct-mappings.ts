import { recordEvent } from "@/lib/audit/record-event";
import type { Transaction } from "@/lib/db/client";
import type { MappingCorrection, MappingRow } from "@/lib/domain/views/client-sync-view";
import { hasRole, type WorkspaceAccess } from "@/lib/domain/workspace-access";
import { err, ok, type Result } from "@/lib/kernel/result";
import { readWorkbook } from "../export/read-workbook";
import { WORKING_STATES } from "../runs/run-states";
import { startPreview } from "../runs/start-preview";
import { definitionOf, getRuntime } from "../runtime";
import { findReview, type ReviewedPair } from "./find-review";
import { loadMappingRows } from "./mapping-rows";
import { MAPPING_LIMITS } from "./mapping-sheet";
import { readCorrections } from "./read-corrections";
import { type Correction, weighCorrections } from "./weigh-corrections";

type Corrected<T> = Result<T, { message: string }>;

const ROWS_MAX = 200_000;

/**
 * Takes a downloaded review back in which a person changed the ledger's column: another contact's name is their word that
 * it is this one, an emptied cell that it is another client. All of it is taken or nothing, neither system is written to,
 * and both are looked at anew, so that the next review shows what came of it. What was posted is not changed by it.
 */
export async function correctMappings(
  access: WorkspaceAccess,
  { file }: { readonly file: Uint8Array },
): Promise<Corrected<MappingCorrection>> {
  const runtime = await getRuntime();
  if (!hasRole(access, "bookkeeper"))
    return err({ message: "Your role in this workspace does not allow that. Ask its owner." });
  const rows = readWorkbook(file, MAPPING_LIMITS);
  if (!rows.ok) {
    const { row, column, message, remedy } = rows.error;
    return err({ message: `${row === null ? "" : `Cell ${column ?? ""}${row}: `}${message} ${remedy}` });
  }
  const corrected = await runtime.database.withWorkspace(access.workspaceId, async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`matches:${access.workspaceId}`}, 0))`;
    const found = await findReview(tx);
    if (!found?.review?.isPlanned) return err({ message: "There is no review yet. Read both sides first." });
    const { pair, review } = found;
    if (WORKING_STATES.includes(review.state))
      return err({ message: "A sync is at work. Try again when it is done." });
    const labels = {
      sourceLabel: definitionOf(runtime, pair.source.connectorId).manifest.label,
      ledgerLabel: definitionOf(runtime, pair.ledger.connectorId).manifest.label,
    };
    const typed = readCorrections(rows.value, labels);
    if (!typed.ok) return typed;
    const page = { status: null, after: null, limit: ROWS_MAX };
    const present = (await loadMappingRows(tx, pair, review.runId, page)).rows;
    const weighed = weighCorrections(typed.value, present, labels);
    if (!weighed.ok) return weighed;
    return writeCorrections(tx, access, pair, weighed.value, runtime.clock.now());
  });
  if (!corrected.ok) return corrected;
  if (corrected.value === 0) return ok({ corrected: 0, runId: null });
  const started = await startPreview(access);
  return started.ok ? ok({ corrected: corrected.value, runId: started.value.runId }) : started;
}

async function writeCorrections(
  tx: Transaction,
  access: WorkspaceAccess,
  pair: ReviewedPair,
  corrections: readonly Correction[],
  now: Date,
): Promise<Corrected<number>> {
  const sourceIds = corrections.map(({ client }) => client.sourceExternalId);
  const where = { pairId: pair.id, recordType: "contact", sourceExternalId: { in: sourceIds } };
  // A link that stands on a look alone goes; what a sync itself made there is changed by no word.
  const links = await tx.recordLink.findMany({
    where,
    select: { id: true, sourceExternalId: true, how: true },
  });
  const made = new Set(links.flatMap((link) => (link.how === "matched" ? [] : [link.sourceExternalId])));
  const posted = corrections.find(({ client }) => made.has(client.sourceExternalId));
  if (posted)
    return err({
      message: `Nothing was changed. Row ${posted.row}: ${posted.client.sourceName} was added by a sync. Undo that run to choose anew.`,
    });
  await tx.recordLink.deleteMany({ where: { id: { in: links.map((link) => link.id) } } });
  await tx.recordSnapshot.updateMany({
    where: { connectionId: pair.sourceConnectionId, recordType: "contact", externalId: { in: sourceIds } },
    data: { disposition: "pending", dispositionReason: null },
  });
  for (const { client, contact } of corrections) {
    const say = (ledgerExternalId: string, verdict: "same" | "another", ledgerWords: string) =>
      keepWord(tx, access, pair, { client, ledgerExternalId, verdict, ledgerWords }, now);
    const isReplaced = client.ledgerExternalId !== "" && client.ledgerExternalId !== contact?.externalId;
    if (isReplaced) await say(client.ledgerExternalId, "another", client.ledgerName);
    if (contact) await say(contact.externalId, "same", contact.name);
  }
  return ok(corrections.length);
}

/** A person's word about two records, as under Matches. One that was said before of the same client gives way. */
async function keepWord(
  tx: Transaction,
  { workspaceId, userId, userName }: WorkspaceAccess,
  pair: ReviewedPair,
  word: { client: MappingRow; ledgerExternalId: string; verdict: "same" | "another"; ledgerWords: string },
  now: Date,
): Promise<void> {
  const { client, ledgerExternalId, verdict, ledgerWords } = word;
  const { sourceExternalId, sourceName: sourceWords } = client;
  const key = { pairId: pair.id, recordType: "contact", sourceExternalId };
  const decided = { verdict, decidedByUserId: userId, decidedByName: userName, decidedAt: now };
  if (verdict === "same")
    await tx.matchQuestion.updateMany({
      where: { ...key, verdict: "same", ledgerExternalId: { not: ledgerExternalId } },
      data: { ...decided, verdict: "another" },
    });
  await tx.matchQuestion.upsert({
    where: { pairId_recordType_sourceExternalId_ledgerExternalId: { ...key, ledgerExternalId } },
    create: {
      ...{ ...key, ...decided, workspaceId, ledgerExternalId, sourceWords, ledgerWords, createdAt: now },
      differences: sourceWords === ledgerWords ? "" : `name ${ledgerWords}`,
    },
    update: decided,
  });
  await recordEvent(tx, {
    workspaceId,
    actorUserId: userId,
    action: "match.decided",
    subject: `contact:${sourceExternalId}`,
    after: { ledgerExternalId, verdict, by: "a corrected file" },
    at: now,
  });
}
