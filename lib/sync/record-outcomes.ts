import type { WriteOutcome } from "@/lib/connectors/contract/connector";
import { Prisma, type Transaction } from "@/lib/db/client";
import { toInputJson } from "@/lib/db/input-json";
import { type Problem, problem } from "@/lib/domain/problem";
import type { RecordType } from "@/lib/domain/record-type";
import { describeAnswerDifference } from "./answer-difference";
import type { ClaimedIntent } from "./claimed-intent";
import type { Rulebook } from "./decide-change";
import { type Blocked, openExceptions, resolveExceptions } from "./exceptions";
import type { SyncContext } from "./sync-context";

/**
 * Stores what the ledger answered, all of a batch in one transaction: links and states for what is there, an
 * exception for what was refused, and `unknown` for what nobody can say yet. A worker that was stopped for longer than
 * its lease may bring old news of an intent that another one has settled since: such news changes nothing.
 */
export async function recordOutcomes(
  context: SyncContext,
  recordType: RecordType,
  rulebook: Rulebook,
  batch: readonly ClaimedIntent[],
  outcomes: readonly WriteOutcome[],
): Promise<void> {
  if (batch.length === 0) return;
  await context.database.withWorkspace(context.workspaceId, async (tx) => {
    const held = await lockHeld(tx, batch);
    const { landed, refused, unknown, blocked } = sortOutcomes(held, outcomes, rulebook);
    await storeLanded(context, tx, recordType, rulebook, landed);
    await storeRefused(context, tx, recordType, refused);
    await storeUnknown(context, tx, unknown);
    await openExceptions(context, tx, blocked);
    await tx.syncPass.update({
      where: { runId_recordType: { runId: context.runId, recordType } },
      data: { posted: { increment: landed.length }, failed: { increment: refused.length } },
    });
  });
}

/** Those that still wait for the outcome of the very call that this worker made or asked about. */
async function lockHeld(tx: Transaction, batch: readonly ClaimedIntent[]): Promise<ClaimedIntent[]> {
  const rows = await tx.$queryRaw<{ id: string; call_key: string | null }[]>`
    SELECT id, call_key FROM write_intents
     WHERE id IN (${Prisma.join(batch.map((one) => Prisma.sql`${one.id}::uuid`))}) AND state IN ('sending', 'unknown')
     ORDER BY id FOR UPDATE`;
  const keyOf = new Map(rows.map((row) => [row.id, row.call_key]));
  return batch.filter((one) => keyOf.get(one.id) === one.callKey);
}

interface Sorted {
  readonly landed: Landed[];
  readonly refused: ClaimedIntent[];
  readonly unknown: ClaimedIntent[];
  /** Refused, or saved otherwise than asked. */
  readonly blocked: Blocked[];
}

interface Landed {
  readonly intent: ClaimedIntent;
  readonly externalId: string;
  readonly code: string;
}

function sortOutcomes(
  batch: readonly ClaimedIntent[],
  outcomes: readonly WriteOutcome[],
  rulebook: Rulebook,
): Sorted {
  const outcomeOf = new Map(outcomes.map((outcome) => [outcome.intentId, outcome]));
  const sorted: Sorted = { landed: [], refused: [], unknown: [], blocked: [] };
  for (const intent of batch) {
    const outcome = outcomeOf.get(intent.id);
    const block = (cause: Problem): void => {
      const record = { ...intent.record, externalId: intent.sourceExternalId };
      sorted.blocked.push({ record, contentHash: intent.sourceHash, problem: cause });
    };
    if (!outcome || outcome.kind === "unknown") sorted.unknown.push(intent);
    else if (outcome.kind === "rejected") {
      sorted.refused.push(intent);
      block(outcome.problem);
    } else {
      const { externalId, record } = outcome;
      sorted.landed.push({ intent, externalId, code: record.recordType === "item" ? record.code : "" });
      if (intent.verb === "void") continue;
      const difference = describeAnswerDifference(intent.record, record, rulebook);
      if (difference) block(problem("answerDiffers", difference));
    }
  }
  return sorted;
}

async function storeLanded(
  context: SyncContext,
  tx: Transaction,
  recordType: RecordType,
  rulebook: Rulebook,
  landed: readonly Landed[],
): Promise<void> {
  if (landed.length === 0) return;
  const now = context.clock.now();
  const sourceIds = landed.map((one) => one.intent.sourceExternalId);
  const isUndo = context.undoesRunId !== null;
  await tx.recordLink.deleteMany({
    where: { pairId: context.pairId, recordType, sourceExternalId: { in: sourceIds } },
  });
  if (!isUndo) await createLinks(context, tx, recordType, rulebook, landed);
  await tx.$executeRaw`
    UPDATE write_intents w SET state = 'applied', open_key = NULL, lease_owner = NULL, lease_until = NULL,
           resolved_at = ${now}, ledger_external_id = v.external_id
      FROM (VALUES ${Prisma.join(landed.map((one) => Prisma.sql`(${one.intent.id}::uuid, ${one.externalId})`))}) AS v (id, external_id)
     WHERE w.id = v.id`;
  await tx.$executeRaw`
    UPDATE record_snapshots s
       SET disposition = ${isUndo ? "excluded" : "posted"}, disposition_reason = ${isUndo ? "undone" : null},
           disposition_hash = CASE WHEN ${isUndo} THEN s.content_hash ELSE v.content_hash END
      FROM (VALUES ${Prisma.join(landed.map((one) => Prisma.sql`(${one.intent.sourceExternalId}, ${one.intent.sourceHash})`))}) AS v (external_id, content_hash)
     WHERE s.connection_id = ${context.source.connectionId}::uuid AND s.record_type = ${recordType} AND s.external_id = v.external_id`;
  await closeChanges(context, tx, recordType, sourceIds, "applied");
  await resolveExceptions(context, tx, recordType, sourceIds);
}

async function createLinks(
  context: SyncContext,
  tx: Transaction,
  recordType: RecordType,
  rulebook: Rulebook,
  landed: readonly Landed[],
): Promise<void> {
  await tx.recordLink.createMany({
    data: landed.map(({ intent, externalId, code }) => ({
      workspaceId: context.workspaceId,
      pairId: context.pairId,
      recordType,
      sourceExternalId: intent.sourceExternalId,
      ledgerExternalId: externalId,
      how: "created",
      naturalKey: rulebook.rules.naturalKey(intent.record),
      sourceHash: intent.sourceHash,
      detail: toInputJson({ code }),
    })),
  });
}

async function storeRefused(
  context: SyncContext,
  tx: Transaction,
  recordType: RecordType,
  refused: readonly ClaimedIntent[],
): Promise<void> {
  if (refused.length === 0) return;
  await tx.writeIntent.updateMany({
    where: { id: { in: refused.map((one) => one.id) } },
    data: {
      state: "rejected",
      openKey: null,
      leaseOwner: null,
      leaseUntil: null,
      resolvedAt: context.clock.now(),
    },
  });
  await closeChanges(
    context,
    tx,
    recordType,
    refused.map((one) => one.sourceExternalId),
    "failed",
  );
}

async function storeUnknown(
  context: SyncContext,
  tx: Transaction,
  unknown: readonly ClaimedIntent[],
): Promise<void> {
  if (unknown.length === 0) return;
  await tx.writeIntent.updateMany({
    where: { id: { in: unknown.map((one) => one.id) } },
    data: {
      state: "unknown",
      leaseOwner: null,
      leaseUntil: null,
      emptySearches: 0,
      searchAfter: new Date(context.clock.now().getTime() + context.settleMs),
    },
  });
}

async function closeChanges(
  context: SyncContext,
  tx: Transaction,
  recordType: RecordType,
  sourceIds: readonly string[],
  state: "applied" | "failed",
): Promise<void> {
  await tx.plannedChange.updateMany({
    where: { runId: context.runId, recordType, sourceExternalId: { in: [...sourceIds] } },
    data: { state },
  });
}
