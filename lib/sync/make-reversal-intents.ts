import { z } from "zod";
import { Prisma, type Transaction } from "@/lib/db/client";
import { type CanonicalRecord, canonicalRecordSchema } from "@/lib/domain/canonical-record";
import { contentHash } from "@/lib/domain/content-hash";
import type { RecordType } from "@/lib/domain/record-type";
import { parseReversalId, reversalId, withOpposite } from "@/lib/domain/reversal";
import { encode } from "@/lib/kernel/json";
import { insertWriteIntents, type NewWriteIntent } from "./insert-write-intents";
import { SETTLED_BY } from "./plan-undo";
import type { SyncContext } from "./sync-context";

/**
 * Stored orders to post what takes records in closed periods back, exactly as the preview showed it. Opposite documents go
 * first, and only where all went that was to go from the record before; one is set against its record once it is in the ledger
 * as asked, and where it is not, that is left alone.
 */
const PAGE_CHANGES = 100;

const detailSchema = z.object({ record: canonicalRecordSchema });

/** Makes the intents of the next planned reversals of a type; answers how many planned changes were dealt with. */
export async function makeReversalIntents(context: SyncContext, recordType: RecordType): Promise<number> {
  return context.database.withWorkspace(context.workspaceId, async (tx) => {
    const changes = await tx.plannedChange.findMany({
      where: { runId: context.runId, recordType, verb: "create", state: "planned" },
      orderBy: { sequence: "asc" },
      take: PAGE_CHANGES,
      select: { id: true, sourceExternalId: true, detail: true },
    });
    if (changes.length === 0) return 0;
    const posted = await loadPosted(
      context,
      tx,
      changes.map((change) => change.sourceExternalId),
    );
    const held = await loadHeld(
      context,
      tx,
      changes.map((change) => change.sourceExternalId),
    );
    const made: string[] = [];
    const intents: NewWriteIntent[] = [];
    for (const change of changes) {
      const { record: planned } = detailSchema.parse(change.detail);
      const record = withPosted(planned, posted.get(change.sourceExternalId));
      if (record === null || held.has(change.sourceExternalId)) continue;
      made.push(change.id);
      intents.push({
        verb: "create",
        sourceExternalId: change.sourceExternalId,
        sourceHash: contentHash(record),
        marker: record.marker,
        payload: encode(record),
        payloadBytes: context.ledger.rules.encodedBytes(record),
        ledgerExternalId: null,
        openKey: [context.pairId, recordType, change.sourceExternalId, "create"].join(":"),
      });
    }
    await insertWriteIntents(context, tx, recordType, intents);
    await tx.plannedChange.updateMany({ where: { id: { in: made } }, data: { state: "intended" } });
    const { count: failed } = await tx.plannedChange.updateMany({
      where: { id: { in: changes.map(({ id }) => id).filter((id) => !made.includes(id)) } },
      data: { state: "failed" },
    });
    if (failed > 0)
      await tx.syncPass.update({
        where: { runId_recordType: { runId: context.runId, recordType } },
        data: { failed: { increment: failed } },
      });
    return changes.length;
  });
}

/** Null for an allocation whose opposite document is not in the ledger as it was asked for. */
function withPosted(planned: CanonicalRecord, byExternalId: string | undefined): CanonicalRecord | null {
  if (planned.recordType !== "allocation" && planned.recordType !== "supplierAllocation") return planned;
  return byExternalId === undefined ? null : withOpposite(planned, byExternalId);
}

/**
 * Records on which something stayed that was to go first: the ledger refused to let it go, and with that on it the record
 * could not be set against its opposite in full.
 */
async function loadHeld(
  context: SyncContext,
  tx: Transaction,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const held = new Set<string>();
  for (const [recordType, settled] of Object.entries(SETTLED_BY)) {
    const own = ids.flatMap((id) => {
      const named = parseReversalId(id);
      return named?.recordType === recordType ? [named.ledgerExternalId] : [];
    });
    if (own.length === 0) continue;
    const rows = await tx.$queryRaw<{ id: string }[]>`
      SELECT DISTINCT s.record ->> ${settled.key} AS id
        FROM ledger_records s
        JOIN planned_changes u ON u.run_id = ${context.runId}::uuid AND u.record_type = s.record_type
                              AND u.ledger_external_id = s.external_id AND u.verb = 'void' AND u.state <> 'applied'
       WHERE s.connection_id = ${context.ledger.connectionId}::uuid
         AND s.record_type IN (${Prisma.join([...settled.by])}) AND s.record ->> ${settled.key} = ANY (${own})`;
    for (const row of rows) held.add(reversalId(recordType, row.id));
  }
  return held;
}

/** The ids in the ledger of opposite documents that were saved as asked, by the id of the reversal. */
async function loadPosted(
  context: SyncContext,
  tx: Transaction,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.reversal.findMany({
    where: {
      pairId: context.pairId,
      state: "posted",
      ledgerExternalId: { in: ids.flatMap((id) => parseReversalId(id)?.ledgerExternalId ?? []) },
    },
    select: { recordType: true, ledgerExternalId: true, byExternalId: true },
  });
  return new Map(
    rows.flatMap(({ recordType, ledgerExternalId, byExternalId }): [string, string][] =>
      byExternalId === null ? [] : [[reversalId(recordType, ledgerExternalId), byExternalId]],
    ),
  );
}
