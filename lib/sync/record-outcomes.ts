import type { WriteOutcome } from "@/lib/connectors/contract/connector";
import { Prisma, type Transaction } from "@/lib/db/client";
import { toInputJson } from "@/lib/db/input-json";
import { jsonRows } from "@/lib/db/json-rows";
import { type Problem, problem } from "@/lib/domain/problem";
import type { RecordType } from "@/lib/domain/record-type";
import { isReversalId } from "@/lib/domain/reversal";
import { backoffMs } from "@/lib/kernel/backoff";
import { agreedAfterWrites } from "./agreement";
import { describeAnswerDifference } from "./answer-difference";
import type { ClaimedIntent, Landed } from "./claimed-intent";
import type { Rulebook } from "./decision";
import { type Blocked, openExceptions, resolveExceptions } from "./exceptions";
import { linkBack } from "./link-back";
import { blameReversed, storeReversals } from "./store-reversals";
import type { SyncContext } from "./sync-context";
import { type StoredExchange, storableExchange } from "./vendor-exchange";

/**
 * Stores what the ledger answered, all of a batch in one transaction: links and states for what is there, an
 * exception for what was refused, and `unknown` for what nobody can say yet. A worker that was stopped for longer than
 * its lease may bring old news of an intent that another one has settled since: such news changes nothing.
 */
export async function recordOutcomes(
  context: SyncContext,
  recordType: RecordType,
  rulebook: Rulebook,
  batch: readonly ClaimedIntent[],
  outcomes: readonly WriteOutcome[],
): Promise<void> {
  if (batch.length === 0) return;
  await context.database.withWorkspace(context.workspaceId, async (tx) => {
    const held = await lockHeld(tx, batch);
    const { landed, refused, unknown, blocked } = sortOutcomes(context, held, outcomes, rulebook);
    const isReversal = ({ intent }: Landed): boolean => isReversalId(intent.sourceExternalId);
    await storeLanded(
      context,
      tx,
      recordType,
      rulebook,
      landed.filter((one) => !isReversal(one)),
    );
    await storeLandedReversals(context, tx, recordType, landed.filter(isReversal), blocked);
    await storeRefused(context, tx, recordType, refused);
    await storeUnknown(context, tx, unknown);
    await openExceptions(context, tx, await blameReversed(context, tx, blocked));
    await tx.syncPass.update({
      where: { runId_recordType: { runId: context.runId, recordType } },
      data: { posted: { increment: landed.length }, failed: { increment: refused.length } },
    });
  });
}

/** Those that still wait for the outcome of the very call that this worker made or asked about. */
async function lockHeld(tx: Transaction, batch: readonly ClaimedIntent[]): Promise<ClaimedIntent[]> {
  const rows = await tx.$queryRaw<{ id: string; call_key: string | null }[]>`
    SELECT id, call_key FROM write_intents
     WHERE id = ANY (${batch.map((one) => one.id)}::uuid[]) AND state IN ('sending', 'unknown')
     ORDER BY id FOR UPDATE`;
  const keyOf = new Map(rows.map((row) => [row.id, row.call_key]));
  return batch.filter((one) => keyOf.get(one.id) === one.callKey);
}

interface Sorted {
  readonly landed: Landed[];
  readonly refused: ClaimedIntent[];
  readonly unknown: Unanswered[];
  /** Refused, or saved otherwise than asked. */
  readonly blocked: Blocked[];
}

interface Unanswered {
  readonly intent: ClaimedIntent;
  readonly why: string;
  readonly exchange: StoredExchange | null;
}

function sortOutcomes(
  context: SyncContext,
  batch: readonly ClaimedIntent[],
  outcomes: readonly WriteOutcome[],
  rulebook: Rulebook,
): Sorted {
  const outcomeOf = new Map(outcomes.map((outcome) => [outcome.intentId, outcome]));
  const sorted: Sorted = { landed: [], refused: [], unknown: [], blocked: [] };
  for (const intent of batch) {
    const outcome = outcomeOf.get(intent.id);
    const exchange =
      outcome && "exchange" in outcome && outcome.exchange
        ? storableExchange(outcome.exchange, context.redact)
        : null;
    const block = (cause: Problem): void => {
      const record = { ...intent.record, externalId: intent.sourceExternalId };
      const asked = { times: intent.attempts, exchange };
      sorted.blocked.push({ record, contentHash: intent.sourceHash, problem: cause, asked });
    };
    if (!outcome || outcome.kind === "unknown")
      sorted.unknown.push({ intent, why: outcome?.why ?? "the answer left it out", exchange });
    else if (outcome.kind === "rejected") {
      sorted.refused.push(intent);
      block(outcome.problem);
    } else {
      const { externalId, record } = outcome;
      const code = record.recordType === "item" ? record.code : "";
      sorted.landed.push({ intent, externalId, code, answered: record });
      if (intent.verb === "void") continue;
      const difference = describeAnswerDifference(intent.record, record, rulebook);
      if (difference) block(problem("answerDiffers", difference));
    }
  }
  return sorted;
}

async function storeLanded(
  context: SyncContext,
  tx: Transaction,
  recordType: RecordType,
  rulebook: Rulebook,
  landed: readonly Landed[],
): Promise<void> {
  if (landed.length === 0) return;
  const sourceIds = landed.map((one) => one.intent.sourceExternalId);
  const isUndo = context.undoesRunId !== null;
  if (context.direction === "toSource") await linkBack(context, tx, recordType, landed);
  else await replaceLinks(context, tx, recordType, rulebook, landed);
  await resolveIntents(context, tx, landed);
  await tx.$executeRaw`
    UPDATE record_snapshots s
       SET disposition = ${isUndo ? "excluded" : "posted"}, disposition_reason = ${isUndo ? "undone" : null},
           disposition_hash = CASE WHEN ${isUndo} THEN s.content_hash ELSE v.content_hash END
      FROM unnest(${sourceIds}::text[], ${landed.map((one) => one.intent.sourceHash)}::text[]) AS v (external_id, content_hash)
     WHERE s.connection_id = ${context.source.connectionId}::uuid AND s.record_type = ${recordType} AND s.external_id = v.external_id`;
  await closeChanges(context, tx, recordType, sourceIds, "applied");
  await resolveExceptions(context, tx, recordType, sourceIds);
}

async function resolveIntents(
  context: SyncContext,
  tx: Transaction,
  landed: readonly Landed[],
): Promise<void> {
  await tx.$executeRaw`
    UPDATE write_intents w SET state = 'applied', open_key = NULL, lease_owner = NULL, lease_until = NULL,
           resolved_at = ${context.clock.now()}, ledger_external_id = v.external_id
      FROM unnest(${landed.map((one) => one.intent.id)}::uuid[], ${landed.map((one) => one.externalId)}::text[]) AS v (id, external_id)
     WHERE w.id = v.id`;
}

/** What takes a record in a closed period back has no record in the source: no link, and no state of its own. */
async function storeLandedReversals(
  context: SyncContext,
  tx: Transaction,
  recordType: RecordType,
  landed: readonly Landed[],
  blocked: readonly Blocked[],
): Promise<void> {
  if (landed.length === 0) return;
  const differing = new Set(blocked.map(({ record }) => record.externalId));
  await resolveIntents(context, tx, landed);
  await storeReversals(context, tx, recordType, landed, differing);
  await closeChanges(
    context,
    tx,
    recordType,
    landed.map((one) => one.intent.sourceExternalId),
    "applied",
  );
}

async function replaceLinks(
  context: SyncContext,
  tx: Transaction,
  recordType: RecordType,
  rulebook: Rulebook,
  landed: readonly Landed[],
): Promise<void> {
  const agreed = await agreedAfterWrites(
    context,
    tx,
    recordType,
    landed.map(({ intent, externalId, answered }) => ({
      sourceExternalId: intent.sourceExternalId,
      ledgerExternalId: externalId,
      sent: intent.record,
      answered,
    })),
  );
  const sourceIds = landed.map((one) => one.intent.sourceExternalId);
  if (context.undoesRunId !== null) {
    await tx.$executeRaw`
      DELETE FROM record_links WHERE pair_id = ${context.pairId}::uuid AND record_type = ${recordType}
                                 AND source_external_id = ANY (${sourceIds})`;
    return;
  }
  const links = landed.map(({ intent, externalId, code }) => ({
    sourceExternalId: intent.sourceExternalId,
    ledgerExternalId: externalId,
    naturalKey: rulebook.rules.naturalKey(intent.record),
    sourceHash: intent.sourceHash,
    agreed: agreed.get(intent.sourceExternalId) ?? null,
    detail: { code },
  }));
  await tx.$executeRaw`
    INSERT INTO record_links (id, workspace_id, pair_id, record_type, source_external_id, ledger_external_id, how,
                              natural_key, source_hash, agreed, detail, updated_at)
    SELECT gen_random_uuid(), ${context.workspaceId}::uuid, ${context.pairId}::uuid, ${recordType}, r."sourceExternalId",
           r."ledgerExternalId", 'created', r."naturalKey", r."sourceHash", r.agreed, r.detail, ${context.clock.now()}::timestamptz
      FROM ${jsonRows(links, LINK_COLUMNS)} AS r
     ORDER BY r.ordinality
    ON CONFLICT (pair_id, record_type, source_external_id) DO UPDATE
       SET ledger_external_id = EXCLUDED.ledger_external_id, how = EXCLUDED.how, natural_key = EXCLUDED.natural_key,
           source_hash = EXCLUDED.source_hash, ledger_hash = EXCLUDED.ledger_hash, agreed = EXCLUDED.agreed,
           detail = EXCLUDED.detail, created_at = EXCLUDED.created_at, updated_at = EXCLUDED.updated_at`;
}

const LINK_COLUMNS = Prisma.sql`
  "sourceExternalId" text, "ledgerExternalId" text, "naturalKey" text, "sourceHash" text, agreed jsonb, detail jsonb`;

async function storeRefused(
  context: SyncContext,
  tx: Transaction,
  recordType: RecordType,
  refused: readonly ClaimedIntent[],
): Promise<void> {
  if (refused.length === 0) return;
  await tx.writeIntent.updateMany({
    where: { id: { in: refused.map((one) => one.id) } },
    data: {
      state: "rejected",
      openKey: null,
      leaseOwner: null,
      leaseUntil: null,
      resolvedAt: context.clock.now(),
    },
  });
  await closeChanges(
    context,
    tx,
    recordType,
    refused.map((one) => one.sourceExternalId),
    "failed",
  );
}

/**
 * Each time that no answer came, the write is left to settle for longer, so that what fails again and again is sent
 * less and less often.
 */
async function storeUnknown(
  context: SyncContext,
  tx: Transaction,
  unknown: readonly Unanswered[],
): Promise<void> {
  const attempts = Math.max(...unknown.map(({ intent }) => intent.attempts));
  // Never shorter than it takes to settle, and the same for all of a call: they are looked for together.
  const waitMs = Math.max(context.settleMs, backoffMs(attempts, settleBounds(context)));
  const searchAfter = new Date(context.clock.now().getTime() + waitMs);
  for (const { intent, why, exchange } of unknown) {
    await tx.writeIntent.update({
      where: { id: intent.id },
      data: {
        state: "unknown",
        leaseOwner: null,
        leaseUntil: null,
        emptySearches: 0,
        searchAfter,
        outcome: toInputJson({ why, exchange }),
      },
    });
  }
}

const settleBounds = ({ settleMs }: SyncContext) => ({
  baseMs: settleMs,
  maxMs: settleMs * SETTLE_GROWTH_MAX,
});
/** Of the first wait: 45 seconds grow to three minutes, since nothing else of the workspace is posted meanwhile. */
const SETTLE_GROWTH_MAX = 4;

async function closeChanges(
  context: SyncContext,
  tx: Transaction,
  recordType: RecordType,
  sourceIds: readonly string[],
  state: "applied" | "failed",
): Promise<void> {
  await tx.$executeRaw`
    UPDATE planned_changes SET state = ${state}
     WHERE run_id = ${context.runId}::uuid AND record_type = ${recordType} AND source_external_id = ANY (${[...sourceIds]})`;
}
