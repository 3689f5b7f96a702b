import { z } from "zod";
import { type CanonicalRecord, canonicalRecordSchema, isGone } from "@/lib/domain/canonical-record";
import { problem } from "@/lib/domain/problem";
import { DONE, type Progress, waitFor } from "@/lib/domain/progress";
import type { RecordType } from "@/lib/domain/record-type";
import type { ClaimedIntent } from "./claimed-intent";
import type { Rulebook } from "./decision";
import { recordOutcomes } from "./record-outcomes";
import type { SyncContext } from "./sync-context";
import { storedExchangeSchema } from "./vendor-exchange";

/**
 * What became of writes without an answer. Such an intent is left to settle, then looked for by its marker, twice and
 * spaced apart; only when both searches found nothing is it free. While its own run still posts, it is sent again under
 * a new key; before a new plan is made, it is dropped, since by then the source may say something else.
 */
export type WhenAbsent = "sendAgain" | "drop";

const SEARCHES_BEFORE_RESEND = 2;
const SEARCHED_AT_ONCE = 50;
/**
 * How often a write is sent that nobody answers. After the last it is an exception: something in the record itself may
 * be what the ledger stumbles over, and the others must go on.
 */
export const SENDS_MAX = 4;

/** Done when nothing is unknown any more; else how long until the next search is due. */
export async function settleUnknowns(
  context: SyncContext,
  recordType: RecordType,
  rulebook: Rulebook,
  whenAbsent: WhenAbsent,
): Promise<Progress> {
  await markLostCalls(context, recordType);
  const now = context.clock.now();
  const due = await context.database.withWorkspace(context.workspaceId, (tx) =>
    tx.writeIntent.findMany({
      where: { ...ownIntents(context, recordType), state: "unknown", searchAfter: { lte: now } },
      orderBy: { sequence: "asc" },
      take: SEARCHED_AT_ONCE,
    }),
  );
  if (due.length > 0) {
    // An update or a void of an unknown outcome is sent again as it is: done already counts as done there.
    const absent = due.filter((row) => row.verb !== "create").map((row) => row.id);
    const sought = due
      .filter((row) => row.verb === "create")
      .map((row) => ({ row, record: canonicalRecordSchema.parse(row.payload) }));
    const found =
      sought.length === 0
        ? []
        : await context.ledger.connector.find(
            recordType,
            sought.map((one) => one.record),
          );
    const free = await withoutLinked(
      context,
      recordType,
      // What was taken back earlier bears the same marker and is not what was sent now.
      found.filter((record) => !isGone(record)),
    );
    const landed: { intent: ClaimedIntent; record: CanonicalRecord }[] = [];
    for (const { row, record } of sought) {
      const match = takeMatch(record, free, rulebook);
      if (!match) absent.push(row.id);
      else {
        const intent = {
          id: row.id,
          callKey: row.callKey,
          sourceExternalId: row.sourceExternalId,
          sourceHash: row.sourceHash,
          verb: "create",
          ledgerExternalId: row.ledgerExternalId,
          record,
          attempts: row.attempts,
        } as const;
        landed.push({ intent, record: match });
      }
    }
    await recordOutcomes(
      context,
      recordType,
      rulebook,
      landed.map((one) => one.intent),
      landed.map(({ intent, record }) => ({
        intentId: intent.id,
        kind: "alreadyApplied",
        externalId: record.externalId,
        record,
      })),
    );
    const givenUp =
      whenAbsent === "sendAgain" ? await giveUp(context, recordType, rulebook, due, absent) : [];
    const others = absent.filter((id) => !givenUp.includes(id));
    await countEmptySearches(context, others, now, whenAbsent);
  }
  return nextSearch(context, recordType);
}

/** Writes to the side that this context writes to; the other direction's are looked for over there. */
const ownIntents = ({ pairId, ledger }: SyncContext, recordType: RecordType) => ({
  pairId,
  recordType,
  connectionId: ledger.connectionId,
});

/** `sending` beyond its lease: the worker died or was stopped, with or without the call having left. */
async function markLostCalls(context: SyncContext, recordType: RecordType): Promise<void> {
  const now = context.clock.now();
  await context.database.withWorkspace(context.workspaceId, (tx) =>
    tx.writeIntent.updateMany({
      where: { ...ownIntents(context, recordType), state: "sending", leaseUntil: { lt: now } },
      data: { state: "unknown", leaseOwner: null, leaseUntil: null, emptySearches: 0, searchAfter: now },
    }),
  );
}

async function withoutLinked(
  context: SyncContext,
  recordType: RecordType,
  found: readonly CanonicalRecord[],
): Promise<CanonicalRecord[]> {
  const ids = { in: found.map((record) => record.externalId) };
  const isBack = context.direction === "toSource";
  const linked = await context.database.withWorkspace(context.workspaceId, (tx) =>
    tx.recordLink.findMany({
      where: {
        pairId: context.pairId,
        recordType,
        ...(isBack ? { sourceExternalId: ids } : { ledgerExternalId: ids }),
      },
      select: { sourceExternalId: true, ledgerExternalId: true },
    }),
  );
  // What a document of its own took back bears its marker still, and is not what was sent now.
  const takenBack = await context.database.withWorkspace(context.workspaceId, (tx) =>
    tx.reversal.findMany({
      where: { pairId: context.pairId, recordType, ledgerExternalId: ids, state: "complete" },
      select: { ledgerExternalId: true },
    }),
  );
  const taken = new Set([
    ...linked.map((link) => (isBack ? link.sourceExternalId : link.ledgerExternalId)),
    ...takenBack.map((row) => row.ledgerExternalId),
  ]);
  return found.filter((record) => !taken.has(record.externalId));
}

/** By marker where the record type bears one, else by everything its natural key holds. Each is taken once. */
function takeMatch(
  record: CanonicalRecord,
  free: CanonicalRecord[],
  rulebook: Rulebook,
): CanonicalRecord | null {
  const key = rulebook.rules.naturalKey(record);
  const index = free.findIndex((candidate) =>
    record.marker === "" ? rulebook.rules.naturalKey(candidate) === key : candidate.marker === record.marker,
  );
  return index === -1 ? null : (free.splice(index, 1)[0] ?? null);
}

/** Opens an exception for each that was sent often enough and was looked for in vain once more. Returns their ids. */
async function giveUp(
  context: SyncContext,
  recordType: RecordType,
  rulebook: Rulebook,
  due: readonly DueIntent[],
  absent: readonly string[],
): Promise<readonly string[]> {
  const ended = due.filter(
    (row) =>
      absent.includes(row.id) && row.attempts >= SENDS_MAX && row.emptySearches + 1 >= SEARCHES_BEFORE_RESEND,
  );
  await recordOutcomes(
    context,
    recordType,
    rulebook,
    ended.map((row) => ({
      id: row.id,
      callKey: row.callKey,
      sourceExternalId: row.sourceExternalId,
      sourceHash: row.sourceHash,
      verb: verbSchema.parse(row.verb),
      ledgerExternalId: row.ledgerExternalId,
      record: canonicalRecordSchema.parse(row.payload),
      attempts: row.attempts,
    })),
    ended.map((row) => {
      const { why, exchange } = lastAnswerSchema.parse(row.outcome ?? {});
      const given = problem("unanswered", `${row.attempts} times`, why);
      return { intentId: row.id, kind: "rejected", problem: given, ...(exchange ? { exchange } : {}) };
    }),
  );
  return ended.map((row) => row.id);
}

interface DueIntent {
  readonly id: string;
  readonly callKey: string | null;
  readonly sourceExternalId: string;
  readonly sourceHash: string;
  readonly verb: string;
  readonly ledgerExternalId: string | null;
  readonly payload: unknown;
  readonly attempts: number;
  readonly emptySearches: number;
  readonly outcome: unknown;
}

const verbSchema = z.enum(["create", "update", "void"]);
const lastAnswerSchema = z.object({
  why: z.string().default("The process that sent it ended before an answer came."),
  exchange: storedExchangeSchema.nullish(),
});

async function countEmptySearches(
  context: SyncContext,
  ids: readonly string[],
  searchedAt: Date,
  whenAbsent: WhenAbsent,
): Promise<void> {
  if (ids.length === 0) return;
  const free =
    whenAbsent === "sendAgain"
      ? { state: "planned", runId: context.runId, sentAt: null, callKey: null, searchAfter: null }
      : { state: "cancelled", openKey: null, resolvedAt: context.clock.now(), searchAfter: null };
  const searchAfter = new Date(context.clock.now().getTime() + Math.max(1, Math.floor(context.settleMs / 2)));
  await context.database.withWorkspace(context.workspaceId, async (tx) => {
    await tx.writeIntent.updateMany({
      // Where another worker has searched meanwhile, this search is not a second one.
      where: { id: { in: [...ids] }, state: "unknown", searchAfter: { lte: searchedAt } },
      data: { emptySearches: { increment: 1 }, searchAfter },
    });
    await tx.writeIntent.updateMany({
      where: { id: { in: [...ids] }, state: "unknown", emptySearches: { gte: SEARCHES_BEFORE_RESEND } },
      data: free,
    });
  });
}

async function nextSearch(context: SyncContext, recordType: RecordType): Promise<Progress> {
  const next = await context.database.withWorkspace(context.workspaceId, (tx) =>
    tx.writeIntent.findFirst({
      where: { ...ownIntents(context, recordType), state: { in: ["unknown", "sending"] } },
      orderBy: [{ searchAfter: "asc" }],
      select: { searchAfter: true, leaseUntil: true },
    }),
  );
  const at = next?.searchAfter ?? next?.leaseUntil;
  return at ? waitFor(at.getTime() - context.clock.now().getTime()) : DONE;
}
