import type { PullPage } from "@/lib/connectors/contract/connector";
import { ConnectorError } from "@/lib/connectors/contract/connector-error";
import type { Transaction } from "@/lib/db/client";
import { toInputJson } from "@/lib/db/input-json";
import { type CanonicalRecord, summarise } from "@/lib/domain/canonical-record";
import { contentHash } from "@/lib/domain/content-hash";
import { AGAIN, DONE, type Progress, waitFor } from "@/lib/domain/progress";
import type { RecordType } from "@/lib/domain/record-type";
import type { Json } from "@/lib/kernel/json";
import { isPhaseDone, markPhaseDone, type Phase } from "./run-state";
import type { SyncContext } from "./sync-context";

/**
 * Mirrors the source. Page and cursor are stored in one transaction, so a kill loses at most a page that is read
 * again; a record that has not changed is not touched; a row that cannot be read is quarantined and counted.
 */
export async function pullSource(
  context: SyncContext,
  recordType: RecordType,
  until: Date,
  /** Read back once more after a run wrote to it. */
  phase: Extract<Phase, "sourceReadAt" | "caughtUpAt"> = "sourceReadAt",
): Promise<Progress> {
  if (await isPhaseDone(context, recordType, phase)) return DONE;
  if (typeof context.source.manifest.capabilities[recordType].read === "string") {
    const cursor = await loadCursor(context, recordType);
    try {
      const pages = context.source.connector.pull(recordType, cursor, {
        knownVersions: (type, externalIds) => knownVersions(context, type, externalIds),
      });
      for await (const page of pages) {
        await storePage(context, recordType, page);
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

async function loadCursor(context: SyncContext, recordType: RecordType): Promise<Json> {
  const row = await context.database.withWorkspace(context.workspaceId, (tx) =>
    tx.cursor.findUnique({
      where: { connectionId_recordType: { connectionId: context.source.connectionId, recordType } },
    }),
  );
  return row ? cursorJson(row.value) : null;
}

/** The column holds what a connector gave: JSON by construction, so it only needs its type back. */
export function cursorJson(value: unknown): Json {
  if (value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean")
    return value;
  if (Array.isArray(value)) return value.map(cursorJson);
  if (typeof value === "object")
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, cursorJson(part)]));
  return null;
}

async function knownVersions(
  context: SyncContext,
  recordType: RecordType,
  externalIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await context.database.withWorkspace(context.workspaceId, (tx) =>
    tx.recordSnapshot.findMany({
      where: { connectionId: context.source.connectionId, recordType, externalId: { in: [...externalIds] } },
      select: { externalId: true, version: true },
    }),
  );
  return new Map(rows.map((row) => [row.externalId, row.version]));
}

async function storePage(context: SyncContext, recordType: RecordType, page: PullPage): Promise<void> {
  const { connectionId } = context.source;
  const noteAsWell = await context.onPageRead?.(connectionId, page.records);
  await context.database.withWorkspace(context.workspaceId, async (tx) => {
    await noteAsWell?.(tx);
    await storeRecords(context, tx, page.records);
    for (const row of page.quarantined) {
      const content = { problem: row.problem, payload: toInputJson(row.payload), state: "open" };
      await tx.quarantinedRow.upsert({
        where: {
          connectionId_recordType_externalId: {
            connectionId,
            recordType: row.recordType,
            externalId: row.externalId,
          },
        },
        create: {
          workspaceId: context.workspaceId,
          connectionId,
          recordType: row.recordType,
          externalId: row.externalId,
          createdAt: context.clock.now(),
          ...content,
        },
        update: content,
      });
    }
    await tx.cursor.upsert({
      where: { connectionId_recordType: { connectionId, recordType } },
      create: {
        workspaceId: context.workspaceId,
        connectionId,
        recordType,
        value: toInputJson(page.nextCursor),
      },
      update: { value: toInputJson(page.nextCursor) },
    });
    await tx.syncPass.update({
      where: { runId_recordType: { runId: context.runId, recordType } },
      data: { read: page.seen, readTotal: page.total },
    });
  });
}

async function storeRecords(
  context: SyncContext,
  tx: Transaction,
  records: readonly CanonicalRecord[],
): Promise<void> {
  const { connectionId } = context.source;
  const known = await tx.recordSnapshot.findMany({
    where: { connectionId, externalId: { in: records.map((record) => record.externalId) } },
    select: { id: true, recordType: true, externalId: true, contentHash: true, version: true, goneAt: true },
  });
  const knownByKey = new Map(known.map((row) => [`${row.recordType}:${row.externalId}`, row]));
  const fresh = [];
  for (const record of records) {
    const row = snapshotRow(context, record);
    const before = knownByKey.get(`${record.recordType}:${record.externalId}`);
    if (!before) fresh.push({ ...row, workspaceId: context.workspaceId, connectionId });
    else if (before.contentHash !== row.contentHash || before.goneAt !== null)
      await tx.recordSnapshot.update({ where: { id: before.id }, data: row });
    else if (before.version !== row.version) {
      await tx.recordSnapshot.update({
        where: { id: before.id },
        data: { version: row.version, record: row.record },
      });
    }
  }
  if (fresh.length > 0) await tx.recordSnapshot.createMany({ data: fresh, skipDuplicates: true });
  await tx.quarantinedRow.updateMany({
    // A row that several records are made of is quarantined under the part of their ids before the colon.
    where: {
      connectionId,
      state: "open",
      externalId: {
        in: records.flatMap(({ externalId }) => [externalId, externalId.split(":")[0] ?? externalId]),
      },
    },
    // What could not be read is in the record now: nobody needs the raw row, which may hold anybody's details.
    data: { state: "resolved", payload: toInputJson(null) },
  });
}

function snapshotRow(context: SyncContext, record: CanonicalRecord) {
  const summary = summarise(record);
  return {
    recordType: record.recordType,
    externalId: record.externalId,
    version: record.version,
    contentHash: contentHash(record),
    record: toInputJson(record),
    number: summary.number,
    label: summary.label,
    documentDate: summary.date,
    currency: summary.amount?.currency ?? null,
    grossMinor: summary.amount?.minor ?? null,
    pulledAt: context.clock.now(),
    goneAt: null,
  };
}
