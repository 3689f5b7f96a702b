import { ConnectorError } from "@/lib/connectors/contract/connector-error";
import type { Transaction } from "@/lib/db/client";
import { toInputJson } from "@/lib/db/input-json";
import { type CanonicalRecord, canonicalRecordSchema } from "@/lib/domain/canonical-record";
import { contentHash } from "@/lib/domain/content-hash";
import { AGAIN, DONE, type Progress, waitFor } from "@/lib/domain/progress";
import type { RecordType } from "@/lib/domain/record-type";
import { connectionsOf } from "./agreement";
import type { SyncContext } from "./sync-context";

/**
 * Records that the source has deleted: no list and no filter by time shows them. What a notice named and no pull brought is
 * asked for by id, and once in a while all ids are listed and the missing ones asked for by id. Nothing is taken for gone
 * unless the source itself answered that it has it no more.
 */

/** Looked up one by one in a piece of work: what is missing by the thousand was taken away on purpose, over several pieces. */
const ASKED_AT_ONCE = 50;

export async function noticeVanished(
  context: SyncContext,
  recordType: RecordType,
  until: Date,
  everyMs: number,
): Promise<Progress> {
  const capability = context.source.manifest.capabilities[recordType];
  if (typeof capability.read !== "string" || capability.read === "none" || capability.deletesVisible)
    return DONE;
  try {
    const named = await loadNamed(context, recordType);
    if (!(await askFor(context, recordType, named, until))) return AGAIN;
    if (!(await isListDue(context, recordType, everyMs))) return DONE;
    const present = new Set<string>();
    for await (const ids of context.source.connector.listIds(recordType))
      for (const id of ids) present.add(id);
    const missing = (await loadStanding(context, recordType)).filter((id) => !present.has(parentOf(id)));
    if (!(await askFor(context, recordType, missing, until))) return AGAIN;
    await storeListed(context, recordType);
    return DONE;
  } catch (thrown) {
    if (thrown instanceof ConnectorError && thrown.kind === "rateLimited")
      return waitFor(thrown.retryAfterMs ?? 1000);
    throw thrown;
  }
}

/** A payment over several invoices is several records of ours, whose ids begin with the payment's. */
const parentOf = (externalId: string): string => externalId.split(":")[0] ?? externalId;

/** Standing records that a notice of this run named and that its pull did not bring. */
async function loadNamed(context: SyncContext, recordType: RecordType): Promise<string[]> {
  const { connectionId } = context.source;
  return context.database.withWorkspace(context.workspaceId, async (tx) => {
    const rows = await tx.$queryRaw<{ external_id: string }[]>`
      SELECT s.external_id FROM record_snapshots s
        JOIN sync_runs r ON r.id = ${context.runId}::uuid
       WHERE s.connection_id = ${connectionId}::uuid AND s.record_type = ${recordType} AND s.gone_at IS NULL
         AND s.pulled_at < r.started_at
         AND EXISTS (SELECT FROM change_notices n
                      WHERE n.run_id = r.id AND n.connection_id = s.connection_id
                        AND n.external_id = split_part(s.external_id, ':', 1))`;
    return rows.map((row) => row.external_id);
  });
}

async function loadStanding(context: SyncContext, recordType: RecordType): Promise<string[]> {
  const { connectionId } = context.source;
  const rows = await context.database.withWorkspace(context.workspaceId, (tx) =>
    tx.recordSnapshot.findMany({
      where: { connectionId, recordType, goneAt: null },
      select: { externalId: true },
    }),
  );
  return rows.map((row) => row.externalId);
}

/** Asks the source for each and marks those that it has no more. False where the time was up before the end. */
async function askFor(
  context: SyncContext,
  recordType: RecordType,
  externalIds: readonly string[],
  until: Date,
): Promise<boolean> {
  for (let start = 0; start < externalIds.length; start += ASKED_AT_ONCE) {
    const vanished: string[] = [];
    for (const externalId of externalIds.slice(start, start + ASKED_AT_ONCE))
      if (await isVanished(context, recordType, externalId)) vanished.push(externalId);
    await context.database.withWorkspace(context.workspaceId, (tx) =>
      markVanished(context, tx, recordType, vanished, "pending"),
    );
    if (context.clock.now() >= until && start + ASKED_AT_ONCE < externalIds.length) return false;
  }
  return true;
}

/** True only where the source says so: one that cannot be read is there. */
async function isVanished(
  context: SyncContext,
  recordType: RecordType,
  externalId: string,
): Promise<boolean> {
  try {
    return (await context.source.connector.get(recordType, externalId)) === null;
  } catch (thrown) {
    if (thrown instanceof ConnectorError && thrown.kind === "wireMismatch") return false;
    throw thrown;
  }
}

/**
 * Keeps the record as it was, said to be deleted where its kind can say so. `pending`: the plan decides what follows in the
 * ledger; `posted`: nothing follows, since it was the ledger that it was deleted after.
 */
export async function markVanished(
  context: SyncContext,
  tx: Transaction,
  recordType: RecordType,
  sourceIds: readonly string[],
  disposition: "pending" | "posted",
): Promise<void> {
  if (sourceIds.length === 0) return;
  const rows = await tx.recordSnapshot.findMany({
    where: {
      connectionId: connectionsOf(context).source,
      recordType,
      externalId: { in: [...sourceIds] },
      goneAt: null,
    },
    select: { id: true, record: true },
  });
  for (const row of rows) {
    const record = asDeleted(canonicalRecordSchema.parse(row.record));
    const hash = contentHash(record);
    await tx.recordSnapshot.update({
      where: { id: row.id },
      data: {
        record: toInputJson(record),
        contentHash: hash,
        goneAt: context.clock.now(),
        disposition,
        ...(disposition === "posted" ? { dispositionHash: hash } : {}),
      },
    });
  }
}

const asDeleted = (record: CanonicalRecord): CanonicalRecord =>
  "status" in record ? { ...record, status: "deleted" } : record;

const listedKey = (recordType: RecordType): string => `ids:${recordType}`;

async function isListDue(context: SyncContext, recordType: RecordType, everyMs: number): Promise<boolean> {
  const { connectionId } = context.source;
  const row = await context.database.withWorkspace(context.workspaceId, (tx) =>
    tx.cursor.findUnique({
      where: { connectionId_recordType: { connectionId, recordType: listedKey(recordType) } },
      select: { value: true },
    }),
  );
  if (row === null) {
    // Everything has just been read for the first time, so the clock begins now.
    await storeListed(context, recordType);
    return false;
  }
  const at = typeof row.value === "string" ? Date.parse(row.value) : 0;
  return context.clock.now().getTime() - at >= everyMs;
}

async function storeListed(context: SyncContext, recordType: RecordType): Promise<void> {
  const { connectionId } = context.source;
  const { workspaceId } = context;
  const key = { connectionId, recordType: listedKey(recordType) };
  const value = context.clock.now().toISOString();
  await context.database.withWorkspace(workspaceId, (tx) =>
    tx.cursor.upsert({
      where: { connectionId_recordType: key },
      create: { workspaceId, ...key, value },
      update: { value },
    }),
  );
}

/**
 * Lets the plan look at records whose counterpart was voided or deleted in the ledger since they were posted. What is gone is
 * found first, one step at a time: it is little or nothing, and all three tables joined at once are not.
 */
export async function noticeGoneInLedger(context: SyncContext, recordType: RecordType): Promise<void> {
  await context.database.withWorkspace(
    context.workspaceId,
    (tx) => tx.$executeRaw`
      WITH gone AS MATERIALIZED (
        SELECT external_id FROM ledger_records
         WHERE connection_id = ${context.ledger.connectionId}::uuid AND record_type = ${recordType}
           AND record ->> 'status' IN ('void', 'deleted')
      ), linked AS MATERIALIZED (
        SELECT k.source_external_id FROM gone
          JOIN record_links k ON k.pair_id = ${context.pairId}::uuid AND k.record_type = ${recordType}
                             AND k.ledger_external_id = gone.external_id
      )
      UPDATE record_snapshots s SET disposition = 'pending'
        FROM linked
       WHERE s.connection_id = ${context.source.connectionId}::uuid AND s.record_type = ${recordType}
         AND s.external_id = linked.source_external_id AND s.disposition IN ('posted', 'linked')
         AND COALESCE(s.record ->> 'status', '') NOT IN ('void', 'deleted')`,
  );
}
