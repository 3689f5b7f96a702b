import { Prisma, type Transaction } from "@/lib/db/client";
import { toInputJson } from "@/lib/db/input-json";
import { canonicalRecordSchema } from "@/lib/domain/canonical-record";
import type { RecordType } from "@/lib/domain/record-type";
import { agreedAfterWrites } from "./agreement";
import type { Landed } from "./claimed-intent";
import { markVanished } from "./notice-vanished";
import type { SyncContext } from "./sync-context";

/**
 * Links of what a run wrote to the source. A link always names the operations system's record first. Its source hash is
 * empty until that record was read there: the first reading is our own write coming back, and no change.
 */
export async function linkBack(
  context: SyncContext,
  tx: Transaction,
  recordType: RecordType,
  landed: readonly Landed[],
): Promise<void> {
  const agreed = await agreedAfterWrites(
    context,
    tx,
    recordType,
    landed.map(({ intent, externalId, answered }) => ({
      sourceExternalId: externalId,
      ledgerExternalId: intent.sourceExternalId,
      sent: intent.record,
      answered,
    })),
  );
  for (const { intent, externalId, code } of landed) {
    const note = agreed.get(externalId) ?? Prisma.DbNull;
    const where = { pairId: context.pairId, recordType, sourceExternalId: externalId };
    if (intent.verb === "create")
      await tx.recordLink.upsert({
        where: { pairId_recordType_sourceExternalId: where },
        create: {
          ...where,
          workspaceId: context.workspaceId,
          ledgerExternalId: intent.sourceExternalId,
          how: "fromLedger",
          naturalKey: context.source.rules.naturalKey(await ledgerRecordOf(context, tx, recordType, intent)),
          sourceHash: "",
          ledgerHash: intent.sourceHash,
          agreed: note,
          detail: toInputJson({ code }),
        },
        update: { ledgerHash: intent.sourceHash, agreed: note },
      });
    else {
      await tx.recordLink.updateMany({ where, data: { ledgerHash: intent.sourceHash, agreed: note } });
      if (intent.verb === "void") await markVanished(context, tx, recordType, [externalId], "posted");
    }
  }
}

/** The record that was written back, as the ledger has it. */
async function ledgerRecordOf(
  context: SyncContext,
  tx: Transaction,
  recordType: RecordType,
  intent: Landed["intent"],
) {
  const row = await tx.ledgerRecord.findUnique({
    where: {
      connectionId_recordType_externalId: {
        connectionId: context.source.connectionId,
        recordType,
        externalId: intent.sourceExternalId,
      },
    },
    select: { record: true },
  });
  return row === null ? intent.record : canonicalRecordSchema.parse(row.record);
}
