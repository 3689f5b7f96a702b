import { ConnectorError } from "@/lib/connectors/contract/connector-error";
import { Prisma } from "@/lib/db/client";
import { toInputJson } from "@/lib/db/input-json";
import { AGAIN, DONE, type Progress, waitFor } from "@/lib/domain/progress";
import type { RecordType } from "@/lib/domain/record-type";
import type { Decimal } from "@/lib/kernel/decimal";
import { cursorJson } from "@/lib/sync/pull-source";
import type { SyncContext } from "@/lib/sync/sync-context";
import { dropEntries, ENTRY_VERSION } from "./entry-rows";
import { noteLedgerPage } from "./note-ledger-page";

/**
 * Reads every record of the ledger, by GET alone and page by page: a page is stored with the place where it ends, so the
 * reading goes on after a kill and holds one page at a time. What was not seen by the end of a type is gone from the ledger.
 * This is what finds the deletions that no list of changes shows.
 */
const DAY_MS = 24 * 60 * 60_000;
/** A whole reading may take this share of a day's calls; a ledger too large for that is read whole less often. */
const SHARE_OF_DAY = 0.1;
/** Cautious: what Xero gives for documents with many lines. */
const RECORDS_A_CALL = 200;

/** True where the next tie-out has to read everything: never done, too long ago, half done, or asked for by a person. */
export async function isWholeReadingDue(context: SyncContext, now: Date): Promise<boolean> {
  const reading = await loadReading(context);
  if (!reading?.finishedAt || reading.entryVersion !== ENTRY_VERSION || reading.requestedAt) return true;
  if (reading.startedAt && reading.startedAt > reading.finishedAt) return true;
  const ageMs = now.getTime() - reading.finishedAt.getTime();
  if (ageMs < DAY_MS) return false;
  const records = await context.database.withWorkspace(context.workspaceId, (tx) =>
    tx.tieOutEntry.count({ where: { pairId: context.pairId, side: "ledger" } }),
  );
  return ageMs >= wholeEveryMs(records, context.ledger.manifest.limits.callsPerDay);
}

/** How long a whole reading of so many records holds: a day, or as many as keep it to a tenth of the calls. */
export function wholeEveryMs(records: number, callsPerDay: number): number {
  const calls = Math.ceil(records / RECORDS_A_CALL);
  return DAY_MS * Math.max(1, Math.ceil(calls / (callsPerDay * SHARE_OF_DAY)));
}

/** Makes the next tie-out of the pair read everything, from the beginning. */
export async function requestWholeReading(
  context: Pick<SyncContext, "database" | "workspaceId" | "pairId">,
  now: Date,
): Promise<void> {
  const { workspaceId, pairId } = context;
  await context.database.withWorkspace(workspaceId, (tx) =>
    tx.ledgerReading.upsert({
      where: { pairId },
      create: { workspaceId, pairId, requestedAt: now },
      update: { requestedAt: now, startedAt: null },
    }),
  );
}

export async function readWholeLedger(
  context: SyncContext,
  rates: ReadonlyMap<string, Decimal>,
  until: Date,
): Promise<Progress> {
  const { startedAt, done, cursor } = await beginReading(context);
  let from = cursor;
  for (const recordType of context.recordTypes) {
    if (done.includes(recordType)) continue;
    // Kinds that arrive with another are in that one's pages.
    if (typeof context.ledger.manifest.capabilities[recordType].read !== "string") continue;
    try {
      const pages = context.ledger.connector.pull(recordType, from, { knownVersions: async () => new Map() });
      for await (const page of pages) {
        await context.database.withWorkspace(context.workspaceId, async (tx) => {
          await noteLedgerPage(context, tx, page.records, rates, context.clock.now());
          await tx.ledgerReading.update({
            where: { pairId: context.pairId },
            data: { cursor: toInputJson(page.nextCursor) },
          });
        });
        if (context.clock.now() >= until) return AGAIN;
      }
    } catch (thrown) {
      if (thrown instanceof ConnectorError && thrown.kind === "rateLimited")
        return waitFor(thrown.retryAfterMs ?? 1000);
      throw thrown;
    }
    await endType(context, recordType, startedAt);
    from = null;
  }
  await context.database.withWorkspace(context.workspaceId, (tx) =>
    tx.ledgerReading.update({
      where: { pairId: context.pairId },
      data: { finishedAt: context.clock.now(), requestedAt: null, entryVersion: ENTRY_VERSION },
    }),
  );
  return DONE;
}

const loadReading = ({ database, workspaceId, pairId }: SyncContext) =>
  database.withWorkspace(workspaceId, (tx) => tx.ledgerReading.findUnique({ where: { pairId } }));

/** The reading under way, or a new one. */
async function beginReading(context: SyncContext) {
  const { workspaceId, pairId } = context;
  const reading = await loadReading(context);
  const isUnderWay =
    reading?.startedAt && (reading.finishedAt === null || reading.startedAt > reading.finishedAt);
  if (reading?.startedAt && isUnderWay)
    return {
      startedAt: reading.startedAt,
      done: reading.done,
      cursor: reading.cursor === null ? null : cursorJson(reading.cursor),
    };
  const startedAt = context.clock.now();
  const fresh = { startedAt, done: [], cursor: Prisma.DbNull };
  await context.database.withWorkspace(workspaceId, (tx) =>
    tx.ledgerReading.upsert({ where: { pairId }, create: { workspaceId, pairId, ...fresh }, update: fresh }),
  );
  return { startedAt, done: [], cursor: null };
}

async function endType(context: SyncContext, recordType: RecordType, startedAt: Date): Promise<void> {
  const { workspaceId, pairId } = context;
  const { capabilities } = context.ledger.manifest;
  const types = context.recordTypes.filter((type) => {
    const { read } = capabilities[type];
    return type === recordType || (typeof read === "object" && read.with === recordType);
  });
  await context.database.withWorkspace(workspaceId, async (tx) => {
    const unseen = Prisma.sql`e.record_type = ANY(${types}) AND e.read_at < ${startedAt}`;
    await dropEntries(tx, { workspaceId, pairId, side: "ledger" }, unseen, context.clock.now());
    await tx.ledgerReading.update({
      where: { pairId },
      data: { done: { push: recordType }, cursor: Prisma.DbNull },
    });
  });
}
