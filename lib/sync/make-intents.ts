import { z } from "zod";
import { Prisma, type Transaction } from "@/lib/db/client";
import { canonicalRecordSchema } from "@/lib/domain/canonical-record";
import type { RecordType } from "@/lib/domain/record-type";
import { encode } from "@/lib/kernel/json";
import {
  askApprovals,
  guardedOf,
  isRunHeld,
  isWrite,
  type WriteDecision,
  withoutApproval,
} from "./approval-gate";
import { loadOpenAtCutOver } from "./cut-over";
import { decideChange } from "./decide-change";
import { NOTHING_NEAR, type Rulebook } from "./decision";
import { type Blocked, openExceptions } from "./exceptions";
import { insertWriteIntents, type NewWriteIntent } from "./insert-write-intents";
import { loadLinks } from "./load-circumstances";
import { applyOverrides, rulesFor } from "./load-overrides";
import { loadReferences } from "./load-references";
import type { PendingRecord } from "./pending-record";
import type { SyncContext } from "./sync-context";

/**
 * Turns planned changes into write intents, now that everything they point to has its id in the ledger. The intent,
 * with the exact record to send, is stored before any call; its open key keeps a second one from standing beside it.
 */
const PAGE_CHANGES = 100;

const plannedDetail = z.object({ reissuedAs: z.string().optional() });

interface Ready {
  readonly one: Omit<PendingRecord, "snapshotId">;
  readonly decision: WriteDecision;
}

export interface IntentsMade {
  /** Planned changes that were dealt with; 0 when none is left. */
  readonly count: number;
  /** Place of the last of them in the plan. */
  readonly last: bigint;
}

/** Makes the intents of the next planned changes behind a place in the plan. */
export async function makeIntents(
  context: SyncContext,
  recordType: RecordType,
  rulebook: Rulebook,
  after: bigint,
): Promise<IntentsMade> {
  return context.database.withWorkspace(context.workspaceId, async (tx) => {
    // From where the last page ended: rows that were dealt with are dead to the index only once it is swept.
    const changes = await tx.plannedChange.findMany({
      where: {
        runId: context.runId,
        recordType,
        state: "planned",
        verb: { in: ["create", "update", "void"] },
        sequence: { gt: after },
      },
      orderBy: { sequence: "asc" },
      take: PAGE_CHANGES,
      select: {
        id: true,
        sequence: true,
        sourceExternalId: true,
        verb: true,
        ledgerExternalId: true,
        detail: true,
      },
    });
    const last = changes.at(-1)?.sequence ?? after;
    if (changes.length === 0 || (await isRunHeld(context, tx))) return { count: 0, last: after };
    const externalIds = changes.map((change) => change.sourceExternalId);
    // Before anything is read that a person may be changing.
    const dismissed = await lockDismissed(context, tx, recordType, externalIds);
    const pending = await loadSnapshots(context, tx, recordType, externalIds);
    const references = await loadReferences(
      context,
      tx,
      [...pending.values()].map((one) => one.record),
      "posting",
    );
    const openAtCutOver = await loadOpenAtCutOver(
      context,
      tx,
      [...pending.values()].map((one) => one.record),
    );
    const links = await loadLinks(context, tx, recordType, [...pending.values()]);
    const blocked: Blocked[] = [];
    const ready: Ready[] = [];
    for (const change of changes) {
      const one = pending.get(change.sourceExternalId);
      if (!one || dismissed.has(change.sourceExternalId)) continue;
      const link =
        change.ledgerExternalId === null
          ? null
          : {
              ...links.get(change.sourceExternalId),
              ledgerExternalId: change.ledgerExternalId,
              isShown: false,
              settled: null,
            };
      const circumstances = {
        link,
        candidates: [],
        ...NOTHING_NEAR,
        openAtCutOver: openAtCutOver.get(change.sourceExternalId) ?? null,
        isNameClaimed: false,
        refusedBefore: null,
        isDismissed: false,
        reissuedAs: plannedDetail.parse(change.detail).reissuedAs ?? null,
      };
      const own = rulesFor(one.overrides, references, rulebook);
      const decision = decideChange(one.record, circumstances, own.references, own.rulebook);
      if (decision.verb === "block")
        blocked.push({
          ...one,
          problem: decision.problem,
          ...(decision.sides === undefined ? {} : { sides: decision.sides }),
        });
      if (isWrite(decision)) ready.push({ one, decision });
    }
    const verdicts = await askApprovals(
      context,
      tx,
      recordType,
      ready.map(({ one, decision }) => guardedOf(one.record, decision, rulebook.ledger.baseCurrency)),
    );
    const intents: NewWriteIntent[] = [];
    for (const { one, decision } of ready) {
      const verdict = verdicts.get(one.record.externalId);
      if (verdict && verdict.state !== "approved") {
        blocked.push({ ...one, problem: withoutApproval(verdict) });
        continue;
      }
      intents.push(newIntent(context, recordType, one, decision));
    }
    await openExceptions(context, tx, blocked);
    await insertWriteIntents(context, tx, recordType, intents);
    const intended = new Set(intents.map((intent) => intent.sourceExternalId));
    for (const [state, ids] of [
      ["intended", changes.filter((change) => intended.has(change.sourceExternalId))],
      ["failed", changes.filter((change) => !intended.has(change.sourceExternalId))],
    ] as const) {
      if (ids.length > 0)
        await tx.$executeRaw`
          UPDATE planned_changes SET state = ${state} WHERE id = ANY (${ids.map((change) => change.id)}::uuid[])`;
    }
    await tx.syncPass.update({
      where: { runId_recordType: { runId: context.runId, recordType } },
      data: { failed: { increment: changes.length - intended.size } },
    });
    return { count: changes.length, last };
  });
}

function newIntent(
  context: SyncContext,
  recordType: RecordType,
  { record: { externalId }, contentHash }: Ready["one"],
  { verb, record, ledgerExternalId }: WriteDecision,
): NewWriteIntent {
  return {
    verb,
    sourceExternalId: externalId,
    sourceHash: contentHash,
    marker: record.marker,
    payload: encode(record),
    payloadBytes: context.ledger.rules.encodedBytes(record),
    ledgerExternalId,
    openKey: [context.pairId, recordType, externalId, verb].join(":"),
  };
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
  const records = rows.map((row) => canonicalRecordSchema.parse(row.record));
  const overridden = await applyOverrides(context, tx, recordType, records);
  return new Map(
    rows.flatMap((row) => {
      const chosen = overridden.get(row.externalId);
      return chosen ? [[row.externalId, { contentHash: row.contentHash, ...chosen }] as const] : [];
    }),
  );
}

/**
 * Records that were dismissed after they were planned. The rows stay locked until the intents are stored, so that a
 * record is either dismissed and not sent, or sent and no longer dismissed: nobody slips in between.
 */
async function lockDismissed(
  context: SyncContext,
  tx: Transaction,
  recordType: RecordType,
  externalIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await tx.$queryRaw<{ source_external_id: string; state: string }[]>`
    SELECT source_external_id, state FROM exceptions
     WHERE pair_id = ${context.pairId}::uuid AND record_type = ${recordType}
       AND source_external_id IN (${Prisma.join([...externalIds])}) AND state <> 'resolved'
     ORDER BY id FOR UPDATE`;
  return new Set(rows.flatMap((row) => (row.state === "dismissed" ? [row.source_external_id] : [])));
}
