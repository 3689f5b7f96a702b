import type { Transaction } from "@/lib/db/client";
import { canonicalRecordSchema } from "@/lib/domain/canonical-record";
import { problem } from "@/lib/domain/problem";
import type { RecordType } from "@/lib/domain/record-type";
import { isReversalId, parseReversalId } from "@/lib/domain/reversal";
import { connectionsOf } from "./agreement";
import type { Landed } from "./claimed-intent";
import { type Blocked, resolveExceptions } from "./exceptions";
import type { SyncContext } from "./sync-context";

/**
 * What became of documents that take others back. A record counts as taken back once its opposite is in the ledger and,
 * where the two are to be set against each other, once that is done: until then it stays linked as it was, so that the next
 * undo finds how far this one came.
 */
export interface TakenBack {
  readonly recordType: RecordType;
  readonly ledgerExternalId: string;
  readonly sourceExternalId: string;
}

/** Stores opposite documents and their settlements as the ledger took them. `differing` are the ids of those saved otherwise than asked. */
export async function storeReversals(
  context: SyncContext,
  tx: Transaction,
  recordType: RecordType,
  landed: readonly Landed[],
  differing: ReadonlySet<string>,
): Promise<void> {
  const done: TakenBack[] = [];
  for (const { intent, externalId } of landed) {
    const row = await findReversal(context, tx, intent.sourceExternalId);
    if (!row) continue;
    const isDocument = row.byRecordType === recordType;
    const isDifferent = differing.has(intent.sourceExternalId);
    const isWhole = !isDifferent && !(isDocument && row.settles);
    await tx.reversal.update({
      where: { id: row.id },
      data: isDocument
        ? { byExternalId: externalId, state: isDifferent ? "differs" : "posted" }
        : { allocationExternalId: externalId },
    });
    if (isWhole) done.push({ ...row, recordType: row.type });
  }
  await completeReversals(context, tx, done);
}

/** From here on the records count as taken back: no link, no exception, and left out until a person lets them be posted again. */
export async function completeReversals(
  context: SyncContext,
  tx: Transaction,
  records: readonly TakenBack[],
): Promise<void> {
  const { pairId } = context;
  const now = context.clock.now();
  for (const { recordType, ledgerExternalId, sourceExternalId } of records) {
    await tx.reversal.update({
      where: { pairId_recordType_ledgerExternalId: { pairId, recordType, ledgerExternalId } },
      data: { state: "complete", completedAt: now },
    });
    const { count } = await tx.recordLink.deleteMany({
      where: { pairId, recordType, sourceExternalId, ledgerExternalId },
    });
    if (count === 0) continue;
    await tx.$executeRaw`
      UPDATE record_snapshots
         SET disposition = 'excluded', disposition_reason = 'undone', disposition_hash = content_hash
       WHERE connection_id = ${connectionsOf(context).source}::uuid AND record_type = ${recordType}
         AND external_id = ${sourceExternalId}`;
    await resolveExceptions(context, tx, recordType, [sourceExternalId]);
  }
}

/** What the ledger refused is told of the record that was to be taken back: its opposite has no place in the source. */
export async function blameReversed(
  context: SyncContext,
  tx: Transaction,
  blocked: readonly Blocked[],
): Promise<Blocked[]> {
  const named: Blocked[] = [];
  for (const one of blocked) {
    const row = isReversalId(one.record.externalId)
      ? await findReversal(context, tx, one.record.externalId)
      : null;
    const snapshot =
      row &&
      (await tx.recordSnapshot.findUnique({
        where: {
          connectionId_recordType_externalId: {
            connectionId: connectionsOf(context).source,
            recordType: row.type,
            externalId: row.sourceExternalId,
          },
        },
        select: { record: true, contentHash: true },
      }));
    if (!row || !snapshot) {
      named.push(one);
      continue;
    }
    const { cause, subject, vendorMessage } = one.problem;
    const isSaid = cause === "periodLocked" || cause === "unanswered";
    const told =
      cause === "answerDiffers"
        ? problem(cause, `${row.byNumber}: ${subject}`)
        : isSaid
          ? one.problem
          : problem("reversalRefused", row.byNumber, vendorMessage);
    named.push({
      ...one,
      record: canonicalRecordSchema.parse(snapshot.record),
      contentHash: snapshot.contentHash,
      problem: told,
    });
  }
  return named;
}

async function findReversal(context: SyncContext, tx: Transaction, id: string) {
  const named = parseReversalId(id);
  if (!named) return null;
  const key = { pairId: context.pairId, ...named };
  const found = await tx.reversal.findUnique({ where: { pairId_recordType_ledgerExternalId: key } });
  return found ? { ...found, type: named.recordType } : null;
}
