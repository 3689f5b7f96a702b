import type { Transaction } from "@/lib/db/client";
import { toInputJson } from "@/lib/db/input-json";
import { canonicalRecordSchema, summarise } from "@/lib/domain/canonical-record";
import { AGAIN, DONE, type Progress } from "@/lib/domain/progress";
import type { RecordType } from "@/lib/domain/record-type";
import { isTwoSided } from "./agreement";
import { type BackChange, type BackPage, nextOf, notPlanned, withoutRefused } from "./back-change";
import type { Rulebook } from "./decision";
import { openExceptions } from "./exceptions";
import { ASK_ALWAYS } from "./flow-rules";
import { planPartiesBack } from "./plan-back-parties";
import { planPaymentsBack } from "./plan-back-payments";
import { isPhaseDone, markPhaseDone } from "./run-state";
import type { SyncContext } from "./sync-context";

/**
 * Plans what goes from the ledger to the source: new and changed contacts and items, payments that the bank brought, voids.
 * The context is the exchanged one: `source` is what was read (the accounts), `ledger` what is written. Nothing is written
 * here. What is the same on both sides, whoever wrote it last, gives no planned change, so our own writes end here.
 */
const PAGE_RECORDS = 100;

export type PlanPage = (
  context: SyncContext,
  tx: Transaction,
  recordType: RecordType,
  rulebook: Rulebook,
  page: { readonly after: string; readonly size: number },
) => Promise<BackPage>;

export async function planBack(
  context: SyncContext,
  recordType: RecordType,
  rulebook: Rulebook,
  until: Date,
): Promise<Progress> {
  if (await isPhaseDone(context, recordType, "plannedAt")) return DONE;
  const { back } = rulebook.flowRules?.(recordType) ?? ASK_ALWAYS;
  for (const planPage of back.state === "off" ? [] : plannersOf(recordType)) {
    let after: string | null = "";
    while (after !== null) {
      if (context.clock.now() >= until) return AGAIN;
      const page: { after: string; size: number } = { after, size: PAGE_RECORDS };
      after = await context.database.withWorkspace(context.workspaceId, async (tx) => {
        const { changes, next } = await planPage(context, tx, recordType, rulebook, page);
        await storeChanges(context, tx, recordType, changes);
        return next;
      });
    }
  }
  await markPhaseDone(context, recordType, "plannedAt");
  return DONE;
}

function plannersOf(recordType: RecordType): readonly PlanPage[] {
  if (isTwoSided(recordType)) return [planPartiesBack];
  return recordType === "payment" ? [planVoidsBack, planPaymentsBack] : [planVoidsBack];
}

/** Documents and payments that were voided or deleted in the ledger by hand, where the owner lets the source follow. */
async function planVoidsBack(
  context: SyncContext,
  tx: Transaction,
  recordType: RecordType,
  rulebook: Rulebook,
  { after, size }: { readonly after: string; readonly size: number },
): Promise<BackPage> {
  const isFollowed = rulebook.flowRules?.(recordType).back.voidRule === "follow";
  if (!isFollowed || !rulebook.writable(recordType, "void")) return { changes: [], next: null };
  const rows = await tx.$queryRaw<
    {
      external_id: string;
      content_hash: string;
      source_external_id: string;
      record: unknown;
      here: unknown;
    }[]
  >`
    SELECT l.external_id, l.content_hash, k.source_external_id, l.record, s.record AS here
      FROM ledger_records l
      JOIN record_links k ON k.pair_id = ${context.pairId}::uuid AND k.record_type = l.record_type
                         AND k.ledger_external_id = l.external_id
      JOIN record_snapshots s ON s.connection_id = ${context.ledger.connectionId}::uuid
                             AND s.record_type = k.record_type AND s.external_id = k.source_external_id
     WHERE l.connection_id = ${context.source.connectionId}::uuid AND l.record_type = ${recordType}
       AND l.external_id > ${after} AND l.record ->> 'status' IN ('void', 'deleted')
       AND COALESCE(s.record ->> 'status', '') NOT IN ('void', 'deleted')
       AND ${notPlanned(context)}
     ORDER BY l.external_id LIMIT ${size}`;
  const changes = rows.map((row): BackChange => {
    const record = canonicalRecordSchema.parse(row.record);
    const sent = canonicalRecordSchema.parse(row.here);
    const decision = { verb: "void", sent, targetId: row.source_external_id, warnings: [] } as const;
    return { record, contentHash: row.content_hash, decision };
  });
  return {
    changes: await withoutRefused(context, tx, recordType, changes),
    next: nextOf(rows, size),
  };
}

async function storeChanges(
  context: SyncContext,
  tx: Transaction,
  recordType: RecordType,
  changes: readonly BackChange[],
): Promise<void> {
  if (changes.length === 0) return;
  await tx.plannedChange.createMany({
    data: changes.map((change) => changeRow(context, recordType, change)),
    skipDuplicates: true,
  });
  const blocked = changes.flatMap(({ record, contentHash, decision }) =>
    decision.verb === "block" ? [{ record, contentHash, problem: decision.problem }] : [],
  );
  await openExceptions(context, tx, blocked);
  await tx.syncPass.update({
    where: { runId_recordType: { runId: context.runId, recordType } },
    data: {
      planned: { increment: changes.length },
      toPost: { increment: changes.length - blocked.length },
      failed: { increment: blocked.length },
    },
  });
}

function changeRow(
  context: SyncContext,
  recordType: RecordType,
  { record, contentHash, decision }: BackChange,
) {
  const { number, label, amount } = summarise(record);
  const row = {
    workspaceId: context.workspaceId,
    runId: context.runId,
    recordType,
    sourceExternalId: record.externalId,
    verb: decision.verb,
    number,
    label,
    currency: amount?.currency ?? null,
    grossMinor: amount?.minor ?? null,
    booked: toInputJson([]),
    naturalKey: "",
    reason: null,
    ledgerExternalId: null,
    ledgerCode: "",
  };
  if (decision.verb === "block")
    return { ...row, reason: decision.problem.cause, detail: toInputJson(decision.problem) };
  return {
    ...row,
    ledgerExternalId: decision.targetId,
    detail: toInputJson({
      warnings: decision.warnings,
      prediction: null,
      record: decision.sent,
      contentHash,
    }),
  };
}
