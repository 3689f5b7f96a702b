import { z } from "zod";
import type { Transaction } from "@/lib/db/client";
import { toInputJson } from "@/lib/db/input-json";
import { canonicalRecordSchema } from "@/lib/domain/canonical-record";
import type { RecordType } from "@/lib/domain/record-type";
import { decideChange, type Rulebook } from "./decide-change";
import { type Blocked, openExceptions } from "./exceptions";
import { loadReferences } from "./load-references";
import type { SyncContext } from "./sync-context";

/**
 * Turns planned changes into write intents, now that everything they point to has its id in the ledger. The intent,
 * with the exact record to send, is stored before any call; its open key keeps a second one from standing beside it.
 */
const PAGE_CHANGES = 100;

const plannedDetail = z.object({ reissuedAs: z.string().optional() });

/** Returns how many planned changes it dealt with; 0 when none is left. */
export async function makeIntents(
  context: SyncContext,
  recordType: RecordType,
  rulebook: Rulebook,
): Promise<number> {
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
    const pending = await loadSnapshots(
      context,
      tx,
      recordType,
      changes.map((change) => change.sourceExternalId),
    );
    const references = await loadReferences(
      context,
      tx,
      [...pending.values()].map((one) => one.record),
      "posting",
    );
    const blocked: Blocked[] = [];
    const intents = [];
    for (const change of changes) {
      const one = pending.get(change.sourceExternalId);
      if (!one) continue;
      const link =
        change.ledgerExternalId === null
          ? null
          : { ledgerExternalId: change.ledgerExternalId, isShown: false, settled: null };
      const circumstances = {
        link,
        candidates: [],
        isNameClaimed: false,
        refusedBefore: null,
        reissuedAs: plannedDetail.parse(change.detail).reissuedAs ?? null,
      };
      const decision = decideChange(one.record, circumstances, references, rulebook);
      if (decision.verb === "block") blocked.push({ ...one, problem: decision.problem });
      if (decision.verb !== "create" && decision.verb !== "update" && decision.verb !== "void") continue;
      intents.push({
        workspaceId: context.workspaceId,
        pairId: context.pairId,
        runId: context.runId,
        connectionId: context.ledger.connectionId,
        recordType,
        verb: decision.verb,
        sourceExternalId: change.sourceExternalId,
        sourceHash: one.contentHash,
        marker: decision.record.marker,
        payload: toInputJson(decision.record),
        payloadBytes: context.ledger.rules.encodedBytes(decision.record),
        ledgerExternalId: decision.ledgerExternalId,
        openKey: [context.pairId, recordType, change.sourceExternalId, decision.verb].join(":"),
        state: "planned",
      });
    }
    await openExceptions(context, tx, blocked);
    await tx.writeIntent.createMany({ data: intents, skipDuplicates: true });
    const intended = new Set(intents.map((intent) => intent.sourceExternalId));
    for (const [state, ids] of [
      ["intended", changes.filter((change) => intended.has(change.sourceExternalId))],
      ["failed", changes.filter((change) => !intended.has(change.sourceExternalId))],
    ] as const) {
      await tx.plannedChange.updateMany({
        where: { id: { in: ids.map((change) => change.id) } },
        data: { state },
      });
    }
    await tx.syncPass.update({
      where: { runId_recordType: { runId: context.runId, recordType } },
      data: { failed: { increment: changes.length - intended.size } },
    });
    return changes.length;
  });
}

async function loadSnapshots(
  context: SyncContext,
  tx: Transaction,
  recordType: RecordType,
  externalIds: readonly string[],
) {
  const rows = await tx.recordSnapshot.findMany({
    where: { connectionId: context.source.connectionId, recordType, externalId: { in: [...externalIds] } },
    select: { externalId: true, contentHash: true, record: true },
  });
  return new Map(
    rows.map((row) => [
      row.externalId,
      { contentHash: row.contentHash, record: canonicalRecordSchema.parse(row.record) },
    ]),
  );
}
