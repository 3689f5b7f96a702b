import { ConnectorError } from "@/lib/connectors/contract/connector-error";
import { Prisma, type Transaction } from "@/lib/db/client";
import { toInputJson } from "@/lib/db/input-json";
import type { CanonicalRecord } from "@/lib/domain/canonical-record";
import { contentHash } from "@/lib/domain/content-hash";
import { AGAIN, DONE, type Progress, waitFor } from "@/lib/domain/progress";
import type { RecordType } from "@/lib/domain/record-type";
import { looseKeysOf } from "@/lib/matching/loose-keys";
import { postedFromOf } from "./posted-from";
import { cursorJson } from "./pull-source";
import { isPhaseDone, markPhaseDone, type Phase } from "./run-state";
import type { SyncContext } from "./sync-context";

/**
 * Reads what is in the ledger already, for matching: number or name, marker, and the record without its lines. After
 * posting it runs once more (`caughtUpAt`), so that our own writes are behind the cursor and the next run finds
 * "nothing changed" with one conditional read.
 */
export async function pullLedger(
  context: SyncContext,
  recordType: RecordType,
  phase: Extract<Phase, "ledgerReadAt" | "caughtUpAt">,
  until: Date,
): Promise<Progress> {
  if (await isPhaseDone(context, recordType, phase)) return DONE;
  if (typeof context.ledger.manifest.capabilities[recordType].read === "string") {
    const { connectionId } = context.ledger;
    const where = { connectionId_recordType: { connectionId, recordType } };
    const stored = await context.database.withWorkspace(context.workspaceId, (tx) =>
      tx.cursor.findUnique({ where }),
    );
    try {
      const pages = context.ledger.connector.pull(recordType, stored ? cursorJson(stored.value) : null, {
        knownVersions: async () => new Map(),
      });
      for await (const page of pages) {
        await storePage(context, recordType, page.records, toInputJson(page.nextCursor));
        if (context.clock.now() >= until) return AGAIN;
      }
    } catch (thrown) {
      if (thrown instanceof ConnectorError && thrown.kind === "rateLimited")
        return waitFor(thrown.retryAfterMs ?? 1000);
      throw thrown;
    }
  }
  await markPhaseDone(context, recordType, phase);
  return DONE;
}

async function storePage(
  context: SyncContext,
  recordType: RecordType,
  records: readonly CanonicalRecord[],
  nextCursor: ReturnType<typeof toInputJson>,
): Promise<void> {
  const { connectionId } = context.ledger;
  const { workspaceId } = context;
  const rows = records.map((record) => ({
    workspaceId,
    connectionId,
    recordType: record.recordType,
    externalId: record.externalId,
    naturalKey: context.ledger.rules.naturalKey(record),
    marker: record.marker,
    contentHash: contentHash(record),
    ...looseKeysOf(record),
    postedFrom: postedFromOf(context, record),
    record: toInputJson("lines" in record ? { ...record, lines: [] } : record),
  }));
  const noteAsWell = await context.onPageRead?.(connectionId, records);
  await context.database.withWorkspace(workspaceId, async (tx) => {
    await noteAsWell?.(tx);
    await tx.ledgerRecord.deleteMany({
      where: { connectionId, externalId: { in: rows.map((row) => row.externalId) } },
    });
    await forgetAllocations(tx, connectionId, records);
    await tx.ledgerRecord.createMany({ data: rows });
    await tx.cursor.upsert({
      where: { connectionId_recordType: { connectionId, recordType } },
      create: { workspaceId, connectionId, recordType, value: nextCursor },
      update: { value: nextCursor },
    });
  });
}

const ALLOCATED = [
  { credit: "creditNote", allocation: "allocation", key: "creditNoteId" },
  { credit: "supplierCredit", allocation: "supplierAllocation", key: "supplierCreditId" },
] as const satisfies readonly { credit: RecordType; allocation: RecordType; key: string }[];

/** A note comes with all the allocations that it has: one that was taken off it is shown nowhere, so it is dropped. */
async function forgetAllocations(
  tx: Transaction,
  connectionId: string,
  records: readonly CanonicalRecord[],
): Promise<void> {
  for (const { credit, allocation, key } of ALLOCATED) {
    const credits = records.filter((record) => record.recordType === credit);
    if (credits.length === 0) continue;
    await tx.$executeRaw`
      DELETE FROM ledger_records
       WHERE connection_id = ${connectionId}::uuid AND record_type = ${allocation}
         AND record ->> ${key} IN (${Prisma.join(credits.map((record) => record.externalId))})`;
  }
}
