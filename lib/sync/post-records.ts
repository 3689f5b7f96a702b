import { createHash } from "node:crypto";
import type { WriteOutcome } from "@/lib/connectors/contract/connector";
import { ConnectorError } from "@/lib/connectors/contract/connector-error";
import type { WriteVerb } from "@/lib/connectors/contract/manifest";
import { Prisma } from "@/lib/db/client";
import { canonicalRecordSchema } from "@/lib/domain/canonical-record";
import { AGAIN, DONE, type Progress, waitFor } from "@/lib/domain/progress";
import type { RecordType } from "@/lib/domain/record-type";
import { backoffMs } from "@/lib/kernel/backoff";
import type { ClaimedIntent } from "./claimed-intent";
import type { Rulebook } from "./decide-change";
import { linkMatches } from "./link-matches";
import { makeBackIntents } from "./make-back-intents";
import { makeIntents } from "./make-intents";
import { mayPost } from "./may-post";
import { makeUndoIntents } from "./plan-undo";
import { recordOutcomes } from "./record-outcomes";
import { isPhaseDone, markPhaseDone } from "./run-state";
import { settleUnknowns } from "./settle-unknowns";
import type { SyncContext } from "./sync-context";

/**
 * Posts one record type, exactly once each. An intent is claimed with a lease before its call, so a worker that was
 * killed leaves `sending` rows whose lease runs out; those become unknown and are looked for by marker before
 * anything is sent again. One worker's batch never waits for another's: claimed rows are skipped.
 */

export async function postRecords(
  context: SyncContext,
  recordType: RecordType,
  rulebook: Rulebook,
  until: Date,
): Promise<Progress> {
  if (await isPhaseDone(context, recordType, "appliedAt")) return DONE;
  await cancelAbandoned(context, recordType);
  if (context.direction === "toLedger" && (await mayPost(context, recordType)))
    await linkMatches(context, recordType);
  for (;;) {
    if (context.clock.now() >= until) return AGAIN;
    // What is left of this run is planned anew by the next one.
    if (!(await mayPost(context, recordType))) return DONE;
    const unsettled = await settleUnknowns(context, recordType, rulebook, "sendAgain");
    const batch = await claimBatch(context, recordType);
    if (batch) {
      const progress = await sendBatch(context, recordType, rulebook, batch);
      if (progress.waitMs > 0) return progress;
      continue;
    }
    const made = await makeMore(context, recordType, rulebook);
    if (made > 0) continue;
    if (unsettled.waitMs > 0) return unsettled;
    break;
  }
  await markPhaseDone(context, recordType, "appliedAt");
  return DONE;
}

/** The next intents of the run's plan, by what kind of run it is; 0 when none is left. */
function makeMore(context: SyncContext, recordType: RecordType, rulebook: Rulebook): Promise<number> {
  if (context.undoesRunId !== null) return makeUndoIntents(context, recordType);
  return context.direction === "toSource"
    ? makeBackIntents(context, recordType)
    : makeIntents(context, recordType, rulebook);
}

interface ClaimedBatch {
  readonly intents: readonly ClaimedIntent[];
  readonly callKey: string;
  readonly leaseUntil: Date;
}

/** Up to a batch of one verb, by count and by bytes, in order. Claimed rows bear the time before the call. */
async function claimBatch(context: SyncContext, recordType: RecordType): Promise<ClaimedBatch | null> {
  const { manifest } = context.ledger;
  const now = context.clock.now();
  const leaseUntil = new Date(now.getTime() + context.leaseMs);
  return context.database.withWorkspace(context.workspaceId, async (tx) => {
    const waiting = await tx.$queryRaw<
      { id: string; verb: WriteVerb; payload_bytes: number; attempts: number }[]
    >`
      SELECT id, verb, payload_bytes, attempts FROM write_intents
       WHERE run_id = ${context.runId}::uuid AND record_type = ${recordType} AND state = 'planned'
       ORDER BY sequence LIMIT ${manifest.batch} FOR UPDATE SKIP LOCKED`;
    const [first] = waiting;
    if (!first) return null;
    const { oneByOne } = manifest.capabilities[recordType];
    const ids = fittingBatch(alike(waiting), manifest.batchBytes)
      .slice(0, oneByOne?.[first.verb])
      .slice(0, sharersMax(manifest.batch, first.attempts));
    const leaseOwner = context.ids.next();
    const callKey = createHash("sha256")
      .update([leaseOwner, ...ids].join(" "))
      .digest("hex");
    await tx.writeIntent.updateMany({
      where: { id: { in: ids } },
      data: {
        state: "sending",
        leaseOwner,
        leaseUntil,
        sentAt: now,
        attempts: { increment: 1 },
        // A new claim is a new key: what was sent before is looked for, never repeated under its old key.
        callKey,
      },
    });
    const rows = await tx.writeIntent.findMany({ where: { id: { in: ids } }, orderBy: { sequence: "asc" } });
    const intents = rows.map((row) => ({
      id: row.id,
      callKey,
      sourceExternalId: row.sourceExternalId,
      sourceHash: row.sourceHash,
      verb: first.verb,
      ledgerExternalId: row.ledgerExternalId,
      record: canonicalRecordSchema.parse(row.payload),
      attempts: row.attempts,
    }));
    return { intents, callKey, leaseUntil };
  });
}

/** Those that were sent as often as the first: what nobody answered must not take new ones down with it. */
export const alike = <T extends { readonly attempts: number }>(waiting: readonly T[]): T[] =>
  waiting.filter((row) => row.attempts === waiting[0]?.attempts);

/**
 * How many may share a call. After each call without an answer it is a quarter, so that one record that the ledger
 * stumbles over stands alone before it is given up, and its neighbours are posted.
 */
export const sharersMax = (batch: number, attempts: number): number =>
  Math.max(1, Math.floor(batch / 4 ** attempts));

/** Ids from the front with the first one's verb, within the byte limit; a single record over it still goes alone. */
export function fittingBatch(
  waiting: readonly { id: string; verb: string; payload_bytes: number }[],
  batchBytes: number,
): string[] {
  const ids: string[] = [];
  let bytes = 0;
  for (const row of waiting) {
    if (row.verb !== waiting[0]?.verb) break;
    if (ids.length > 0 && bytes + row.payload_bytes > batchBytes) break;
    bytes += row.payload_bytes;
    ids.push(row.id);
  }
  return ids;
}

async function sendBatch(
  context: SyncContext,
  recordType: RecordType,
  rulebook: Rulebook,
  batch: ClaimedBatch,
): Promise<Progress> {
  const outcomes = await callLedger(context, recordType, batch);
  if (!Array.isArray(outcomes)) {
    await releaseIntents(context, batch);
    if (outcomes.error.kind === "rateLimited") return waitFor(outcomes.error.retryAfterMs ?? 1000);
    throw outcomes.error;
  }
  await recordOutcomes(context, recordType, rulebook, batch.intents, outcomes);
  if (outcomes.some((outcome) => outcome.kind !== "unknown")) return AGAIN;
  return waitFor(backoffMs(await countUnanswered(context, recordType), pauseBounds(context)));
}

/** After a call without any answer the next one waits a little, and the longer the more of them there are. */
const pauseBounds = ({ settleMs }: SyncContext) => ({ baseMs: settleMs / PAUSE_SHARE, maxMs: settleMs });
/** Of the time that a write is left to settle: two seconds of 45. */
const PAUSE_SHARE = 20;

/** Calls whose writes nobody knows the outcome of. */
async function countUnanswered(context: SyncContext, recordType: RecordType): Promise<number> {
  const calls = await context.database.withWorkspace(context.workspaceId, (tx) =>
    tx.writeIntent.groupBy({
      by: ["callKey"],
      where: { pairId: context.pairId, recordType, state: "unknown" },
    }),
  );
  return calls.length;
}

/** One outcome for each intent, or the error of a call that certainly did nothing. */
async function callLedger(
  context: SyncContext,
  recordType: RecordType,
  { intents, callKey, leaseUntil }: ClaimedBatch,
): Promise<WriteOutcome[] | { readonly error: ConnectorError }> {
  const unknown = (why: string): WriteOutcome[] =>
    intents.map((one) => ({ intentId: one.id, kind: "unknown", why }));
  try {
    context.fence.until = leaseUntil;
    const outcomes = await context.ledger.connector.apply({
      recordType,
      verb: intents[0]?.verb ?? "create",
      idempotencyKey: callKey,
      elements: intents.map((one) => ({
        intentId: one.id,
        record: one.record,
        externalId: one.ledgerExternalId,
      })),
    });
    const byId = new Map(outcomes.map((outcome) => [outcome.intentId, outcome]));
    return intents.map(
      (one) => byId.get(one.id) ?? { intentId: one.id, kind: "unknown", why: "the answer left it out" },
    );
  } catch (thrown) {
    if (!(thrown instanceof ConnectorError)) throw thrown;
    return thrown.mayHaveBeenApplied ? unknown(thrown.message) : { error: thrown };
  } finally {
    context.fence.until = null;
  }
}

async function releaseIntents(context: SyncContext, batch: ClaimedBatch): Promise<void> {
  await context.database.withWorkspace(
    context.workspaceId,
    (tx) =>
      tx.$executeRaw`
      UPDATE write_intents SET state = 'planned', lease_owner = NULL, lease_until = NULL, sent_at = NULL, call_key = NULL,
             attempts = attempts - 1
       WHERE id IN (${Prisma.join(batch.intents.map((one) => Prisma.sql`${one.id}::uuid`))})
         AND state = 'sending' AND call_key = ${batch.callKey}`,
  );
}

/** Intents of an earlier run that were never claimed: this run's plan says anew what is to be sent. */
async function cancelAbandoned(context: SyncContext, recordType: RecordType): Promise<void> {
  await context.database.withWorkspace(context.workspaceId, (tx) =>
    tx.writeIntent.updateMany({
      where: {
        pairId: context.pairId,
        recordType,
        connectionId: context.ledger.connectionId,
        state: "planned",
        runId: { not: context.runId },
      },
      data: { state: "cancelled", openKey: null, resolvedAt: context.clock.now() },
    }),
  );
}
