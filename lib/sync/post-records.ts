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
import type { Rulebook } from "./decision";
import { holdFence } from "./hold-fence";
import { keepStatistics } from "./keep-statistics";
import { linkMatches } from "./link-matches";
import { makeBackIntents } from "./make-back-intents";
import { type IntentsMade, makeIntents } from "./make-intents";
import { makeReversalIntents } from "./make-reversal-intents";
import { mayPost } from "./may-post";
import { makeUndoIntents } from "./plan-undo";
import { recordOutcomes } from "./record-outcomes";
import { isPhaseDone, markPhaseDone } from "./run-state";
import { type Sender, sendSeveral } from "./send-several";
import { settleUnknowns } from "./settle-unknowns";
import type { SyncContext } from "./sync-context";

/**
 * Posts one record type, exactly once each. An intent is claimed with a lease before its call, so a worker that was
 * killed leaves `sending` rows whose lease runs out; those become unknown and are looked for by marker before
 * anything is sent again. One worker's batch never waits for another's: claimed rows are skipped, and while calls are
 * under way the next intents are made.
 */

export async function postRecords(
  context: SyncContext,
  recordType: RecordType,
  rulebook: Rulebook,
  until: Date,
  round: PostingRound = "plan",
): Promise<Progress> {
  const phase = round === "plan" ? "appliedAt" : "reversedAt";
  if (await isPhaseDone(context, recordType, phase)) return DONE;
  await cancelAbandoned(context, recordType);
  if (context.direction === "toLedger" && (await mayPost(context, recordType)))
    await linkMatches(context, recordType);
  const sender = sendSeveral(callsAtOnce(context, recordType));
  let progress: Progress | "posted";
  let asked: Progress = AGAIN;
  try {
    progress = await claimAndSend(context, recordType, rulebook, until, sender, round);
  } finally {
    // Whatever ends the work: calls that are under way are heard out, and what they say is stored.
    asked = await sender.end();
  }
  if (progress !== "posted") return asked.waitMs > 0 ? asked : progress;
  await markPhaseDone(context, recordType, phase);
  return DONE;
}

/** An undo posts twice: first it takes out what can go, then what takes the rest back by documents of its own. */
export type PostingRound = "plan" | "reversals";

/** While there is something to send, how often it is looked what became of writes without an answer. */
const SETTLE_EVERY_MS = 500;

/** What is left of the run's plan, a batch a call, while earlier calls are under way. */
async function claimAndSend(
  context: SyncContext,
  recordType: RecordType,
  rulebook: Rulebook,
  until: Date,
  sender: Sender,
  round: PostingRound,
): Promise<Progress | "posted"> {
  const noteWritten = keepStatistics(context);
  let settleAgainAt = Number.NEGATIVE_INFINITY;
  let after = 0n;
  for (;;) {
    if (sender.hasEnded()) return sender.end();
    if (context.clock.now() >= until) return AGAIN;
    // What is left of this run is planned anew by the next one.
    if (!(await mayPost(context, recordType))) return DONE;
    if (!sender.isFree()) {
      await sender.oneEnded();
      continue;
    }
    const { underWay } = sender;
    const now = context.clock.now().getTime();
    const isSettling = now >= settleAgainAt;
    if (isSettling) settleAgainAt = now + SETTLE_EVERY_MS;
    const unsettled = isSettling ? await settleUnknowns(context, recordType, rulebook, "sendAgain") : DONE;
    const batch = await claimBatch(context, recordType);
    if (batch) {
      sender.begin(() => sendBatch(context, recordType, rulebook, batch));
      await noteWritten(batch.intents.length);
      continue;
    }
    const made = await makeMore(context, recordType, rulebook, after, round);
    // After the last it is looked once more from the beginning.
    const wasBehind = after > 0n;
    after = made.count > 0 ? made.last : 0n;
    if (made.count > 0 || wasBehind) continue;
    // What is under way was not settled when that was looked at.
    if (underWay > 0) await sender.oneEnded();
    else if (!isSettling) settleAgainAt = now;
    else if (unsettled.waitMs > 0) return unsettled;
    else return "posted";
  }
}

/**
 * Records that stand by themselves go in several calls at once, as far as the ledger takes that: one call of fifty takes
 * it seconds. Where two calls could touch one document, on the way back and when taking back, one goes after the other.
 */
function callsAtOnce({ ledger, direction, undoesRunId }: SyncContext, recordType: RecordType): number {
  if (direction === "toSource" || undoesRunId !== null || !STANDS_ALONE.has(recordType)) return 1;
  return Math.max(1, Math.min(CALLS_AT_ONCE_MAX, ledger.manifest.limits.callsAtOnce - KEPT_FREE));
}

const STANDS_ALONE: ReadonlySet<RecordType> = new Set([
  "contact",
  "item",
  "invoice",
  "creditNote",
  "bill",
  "supplierCredit",
  "purchaseOrder",
  "bankTransaction",
  "manualJournal",
]);
const CALLS_AT_ONCE_MAX = 3;
/** Of the calls at once: for a person at the screen and for what is live. */
const KEPT_FREE = 2;

/** The next intents of the run's plan behind a place in it, by what kind of run it is. */
async function makeMore(
  context: SyncContext,
  recordType: RecordType,
  rulebook: Rulebook,
  after: bigint,
  round: PostingRound,
): Promise<IntentsMade> {
  if (round === "reversals") return { count: await makeReversalIntents(context, recordType), last: 0n };
  if (context.undoesRunId !== null) return { count: await makeUndoIntents(context, recordType), last: 0n };
  return context.direction === "toSource"
    ? { count: await makeBackIntents(context, recordType), last: 0n }
    : makeIntents(context, recordType, rulebook, after);
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
    // A new claim is a new key: what was sent before is looked for, never repeated under its old key.
    const rows = await tx.$queryRaw<ClaimedRow[]>`
      UPDATE write_intents SET state = 'sending', lease_owner = ${leaseOwner}, lease_until = ${leaseUntil},
             sent_at = ${now}, attempts = attempts + 1, call_key = ${callKey}
       WHERE id = ANY (${ids}::uuid[])
      RETURNING id, source_external_id, source_hash, ledger_external_id, payload, attempts`;
    const rowOf = new Map(rows.map((row) => [row.id, row]));
    const intents = ids.flatMap((id): ClaimedIntent[] => {
      const row = rowOf.get(id);
      return row ? [claimedIntent(row, first.verb, callKey)] : [];
    });
    return { intents, callKey, leaseUntil };
  });
}

interface ClaimedRow {
  readonly id: string;
  readonly source_external_id: string;
  readonly source_hash: string;
  readonly ledger_external_id: string | null;
  readonly payload: unknown;
  readonly attempts: number;
}

const claimedIntent = (row: ClaimedRow, verb: WriteVerb, callKey: string): ClaimedIntent => ({
  id: row.id,
  callKey,
  sourceExternalId: row.source_external_id,
  sourceHash: row.source_hash,
  verb,
  ledgerExternalId: row.ledger_external_id,
  record: canonicalRecordSchema.parse(row.payload),
  attempts: row.attempts,
});

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
  const letGo = holdFence(context.fence, leaseUntil);
  try {
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
    letGo();
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
