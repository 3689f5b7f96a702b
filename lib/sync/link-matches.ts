import { z } from "zod";
import { Prisma, type Transaction } from "@/lib/db/client";
import { toInputJson } from "@/lib/db/input-json";
import type { RecordType } from "@/lib/domain/record-type";
import { noteAgreement } from "./agreement";
import { resolveExceptions } from "./exceptions";
import type { SyncContext } from "./sync-context";

const detailSchema = z.object({ how: z.string(), evidence: z.string() });
const PAGE_CHANGES = 500;

/**
 * Makes the links that the plan decided on: all of a kind, or those of the source records that are named, at most 500 of
 * them. Nothing is sent; doing it twice changes nothing.
 */
export async function linkMatches(
  context: SyncContext,
  recordType: RecordType,
  only?: readonly string[],
): Promise<void> {
  for (;;) {
    const linked = await context.database.withWorkspace(context.workspaceId, async (tx) => {
      const changes = await tx.plannedChange.findMany({
        where: {
          runId: context.runId,
          recordType,
          verb: "link",
          state: "planned",
          ...(only === undefined ? {} : { sourceExternalId: { in: [...only] } }),
        },
        orderBy: { sequence: "asc" },
        take: PAGE_CHANGES,
      });
      if (changes.length === 0) return 0;
      const sourceIds = changes.map((change) => change.sourceExternalId);
      const snapshots = await tx.recordSnapshot.findMany({
        where: { connectionId: context.source.connectionId, recordType, externalId: { in: sourceIds } },
        select: { id: true, externalId: true, contentHash: true },
      });
      const hashOf = new Map(snapshots.map((row) => [row.externalId, row.contentHash]));
      await dropReplaced(context, tx, recordType, changes);
      await tx.recordLink.createMany({
        data: changes.map((change) => {
          const { how, evidence } = detailSchema.parse(change.detail);
          return {
            workspaceId: context.workspaceId,
            pairId: context.pairId,
            recordType,
            sourceExternalId: change.sourceExternalId,
            ledgerExternalId: change.ledgerExternalId ?? "",
            how,
            naturalKey: change.naturalKey,
            sourceHash: hashOf.get(change.sourceExternalId) ?? "",
            detail: toInputJson({ code: change.ledgerCode, evidence }),
          };
        }),
        skipDuplicates: true,
      });
      const links = Prisma.sql`
         k.pair_id = ${context.pairId}::uuid AND k.record_type = s.record_type AND k.source_external_id = s.external_id
         AND s.id IN (${Prisma.join(snapshots.map((row) => Prisma.sql`${row.id}::uuid`))})`;
      // A link that was there before now stands for the present version of the source record.
      await tx.$executeRaw`
        UPDATE record_links k SET source_hash = s.content_hash FROM record_snapshots s WHERE ${links}`;
      await tx.$executeRaw`
        UPDATE record_snapshots s
           SET disposition = CASE k.how WHEN 'created' THEN 'posted' ELSE 'linked' END,
               disposition_reason = NULL, disposition_hash = s.content_hash
          FROM record_links k WHERE ${links}`;
      await noteAgreement(context, tx, recordType, sourceIds);
      await tx.plannedChange.updateMany({
        where: { id: { in: changes.map((change) => change.id) } },
        data: { state: "applied" },
      });
      await resolveExceptions(context, tx, recordType, sourceIds);
      await tx.syncPass.update({
        where: { runId_recordType: { runId: context.runId, recordType } },
        data: { linked: { increment: changes.length } },
      });
      return changes.length;
    });
    if (linked < PAGE_CHANGES) return;
  }
}

/** A record that stands for another one in the ledger now: its old link gives way. */
async function dropReplaced(
  context: SyncContext,
  tx: Transaction,
  recordType: RecordType,
  changes: readonly { readonly sourceExternalId: string; readonly ledgerExternalId: string | null }[],
): Promise<void> {
  const wanted = new Map(changes.map((change) => [change.sourceExternalId, change.ledgerExternalId]));
  const links = await tx.recordLink.findMany({
    where: { pairId: context.pairId, recordType, sourceExternalId: { in: [...wanted.keys()] } },
    select: { id: true, sourceExternalId: true, ledgerExternalId: true },
  });
  const replaced = links.filter((link) => wanted.get(link.sourceExternalId) !== link.ledgerExternalId);
  if (replaced.length > 0)
    await tx.recordLink.deleteMany({ where: { id: { in: replaced.map((link) => link.id) } } });
}
