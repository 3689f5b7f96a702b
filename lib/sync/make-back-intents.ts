import { z } from "zod";
import { toInputJson } from "@/lib/db/input-json";
import { canonicalRecordSchema } from "@/lib/domain/canonical-record";
import type { RecordType } from "@/lib/domain/record-type";
import type { SyncContext } from "./sync-context";

/**
 * Turns what is planned for the source into write intents, under the same laws as every other write: the record with its
 * marker is stored before any call, and the open key keeps a second intent from standing beside it.
 */
const PAGE_CHANGES = 100;

const plannedDetail = z.object({ record: canonicalRecordSchema, contentHash: z.string() });

/** Returns how many planned changes it dealt with; 0 when none is left. */
export async function makeBackIntents(context: SyncContext, recordType: RecordType): Promise<number> {
  return context.database.withWorkspace(context.workspaceId, async (tx) => {
    const changes = await tx.plannedChange.findMany({
      where: {
        runId: context.runId,
        recordType,
        state: "planned",
        verb: { in: ["create", "update", "void"] },
      },
      orderBy: { sequence: "asc" },
      take: PAGE_CHANGES,
      select: { id: true, sourceExternalId: true, verb: true, ledgerExternalId: true, detail: true },
    });
    if (changes.length === 0) return 0;
    const intents = changes.map((change) => {
      const { record, contentHash } = plannedDetail.parse(change.detail);
      return {
        workspaceId: context.workspaceId,
        pairId: context.pairId,
        runId: context.runId,
        connectionId: context.ledger.connectionId,
        recordType,
        verb: change.verb,
        sourceExternalId: change.sourceExternalId,
        sourceHash: contentHash,
        marker: record.marker,
        payload: toInputJson(record),
        payloadBytes: context.ledger.rules.encodedBytes(record),
        ledgerExternalId: change.ledgerExternalId,
        openKey: [context.pairId, recordType, change.sourceExternalId, change.verb, "back"].join(":"),
        state: "planned",
      };
    });
    await tx.writeIntent.createMany({ data: intents, skipDuplicates: true });
    await tx.plannedChange.updateMany({
      where: { id: { in: changes.map((change) => change.id) } },
      data: { state: "intended" },
    });
    return changes.length;
  });
}
