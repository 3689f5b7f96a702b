import type { Transaction } from "@/lib/db/client";
import { type ApprovalPolicy, approvalPolicySchema } from "@/lib/domain/approval-policy";
import { type CanonicalRecord, summarise } from "@/lib/domain/canonical-record";
import type { Money } from "@/lib/domain/money";
import { type Problem, problem } from "@/lib/domain/problem";
import type { RecordType } from "@/lib/domain/record-type";
import { approvalHash } from "./approval-hash";
import { baseAmountOf } from "./book-changes";
import type { Decision } from "./decision";
import type { SyncContext } from "./sync-context";

/**
 * Lets a record above the pair's limit through only once a second person has agreed to exactly this version of it. Asked
 * when a plan is made, so that people can decide before anything is posted, and again where write intents are made, which
 * every posting passes, whoever or whatever started it. A person who mapped, who overrode the record or who started the
 * run does not count as the second one, also where that became so after the decision.
 */
export interface Guarded {
  /** As it was read, for the words. */
  readonly source: CanonicalRecord;
  readonly verb: string;
  /** As it is to be sent. */
  readonly prepared: CanonicalRecord;
  /** Its worth in base currency; null where its rate is not known. */
  readonly base: Money | null;
}

export interface Verdict {
  readonly hash: string;
  readonly state: "waiting" | "approved" | "declined";
  /** What the person who declined wrote. */
  readonly note: string;
}

/** The verdict on each record that needs one, by source id; a request is opened for each that nobody has looked at. */
export async function askApprovals(
  context: SyncContext,
  tx: Transaction,
  recordType: RecordType,
  guarded: readonly Guarded[],
): Promise<Map<string, Verdict>> {
  const verdicts = new Map<string, Verdict>();
  if (guarded.length === 0 || UNGUARDED.has(recordType) || context.direction === "toSource") return verdicts;
  const policy = await loadApprovalPolicy(tx, context.pairId);
  if (policy === null || policy.perRecordMinor === null) return verdicts;
  const limit = policy.perRecordMinor;
  const asking = guarded.filter(({ base }) => base === null || base.minor > limit);
  if (asking.length === 0) return verdicts;
  const hashes = new Map(
    asking.map(({ source, verb, prepared }) => [source.externalId, approvalHash(verb, prepared)]),
  );
  await requestDecisions(context, tx, recordType, asking, hashes);
  const ids = [...hashes.keys()];
  const rows = await tx.approval.findMany({
    where: { pairId: context.pairId, scope: "document", recordType, sourceExternalId: { in: ids } },
  });
  const involved = await findInvolved(tx, context, recordType, ids);
  for (const row of rows) {
    if (hashes.get(row.sourceExternalId) !== row.versionHash) continue;
    const own = involved(row.sourceExternalId);
    const state = stateOf(row, own);
    verdicts.set(row.sourceExternalId, { hash: row.versionHash, state, note: row.note });
  }
  return verdicts;
}

/** Moves a debt within one account: what it sets against each other had its own approval. */
const UNGUARDED: ReadonlySet<RecordType> = new Set(["contact", "item", "allocation", "supplierAllocation"]);

/** An approval of somebody who may not be the second person any more counts as not given yet. */
function stateOf(
  row: { readonly state: string; readonly decidedByUserId: string | null },
  involved: ReadonlySet<string>,
): Verdict["state"] {
  if (row.state === "declined") return "declined";
  const stands = row.state === "approved" && row.decidedByUserId !== null;
  return stands && !involved.has(row.decidedByUserId ?? "") ? "approved" : "waiting";
}

export type WriteDecision = Extract<Decision, { readonly record: CanonicalRecord }>;

export const isWrite = (decision: Decision): decision is WriteDecision => "record" in decision;

export const guardedOf = (
  source: CanonicalRecord,
  { verb, record }: WriteDecision,
  baseCurrency: string,
): Guarded => ({ source, verb, prepared: record, base: baseAmountOf(source, baseCurrency) });

/** Why a record does not go that nobody has agreed to. */
export const withoutApproval = ({ state, note }: Verdict): Problem =>
  state === "declined" ? problem("approvalDeclined", note) : problem("needsApproval", "");

export async function loadApprovalPolicy(tx: Transaction, pairId: string): Promise<ApprovalPolicy | null> {
  const pair = await tx.pair.findUnique({ where: { id: pairId }, select: { approvalPolicy: true } });
  return pair?.approvalPolicy == null ? null : approvalPolicySchema.parse(pair.approvalPolicy);
}

/** Opens a request for each version that has none; requests about earlier versions are at an end. */
async function requestDecisions(
  context: SyncContext,
  tx: Transaction,
  recordType: RecordType,
  asking: readonly Guarded[],
  hashes: ReadonlyMap<string, string>,
): Promise<void> {
  const { pairId, runId, workspaceId } = context;
  const key = { pairId, scope: "document", recordType };
  await tx.approval.createMany({
    data: asking.map(({ source, base }) => {
      const { number, label, amount } = summarise(source);
      return {
        ...key,
        workspaceId,
        runId,
        sourceExternalId: source.externalId,
        versionHash: hashes.get(source.externalId) ?? "",
        number,
        label,
        currency: amount?.currency ?? null,
        grossMinor: amount?.minor ?? null,
        baseMinor: base?.minor ?? null,
        state: "waiting",
        requestedAt: context.clock.now(),
      };
    }),
    skipDuplicates: true,
  });
  const ids = [...hashes.keys()];
  const current = [...hashes.values()];
  await tx.approval.updateMany({
    where: {
      ...key,
      sourceExternalId: { in: ids },
      versionHash: { notIn: current },
      state: { not: "expired" },
    },
    data: { state: "expired" },
  });
  // A version that comes back asks anew.
  await tx.approval.updateMany({
    where: { ...key, sourceExternalId: { in: ids }, versionHash: { in: current }, state: "expired" },
    data: {
      state: "waiting",
      decidedAt: null,
      decidedByUserId: null,
      note: "",
      requestedAt: context.clock.now(),
    },
  });
  await tx.approval.updateMany({
    where: { ...key, sourceExternalId: { in: ids }, versionHash: { in: current } },
    data: { runId },
  });
}

/** Who had a hand in what is posted: whoever confirmed the set-up, started the run, or overrode the record itself. */
export async function findInvolved(
  tx: Transaction,
  { pairId, runId }: { readonly pairId: string; readonly runId: string },
  recordType: string,
  sourceExternalIds: readonly string[],
): Promise<(sourceExternalId: string) => ReadonlySet<string>> {
  const mappers = await tx.valueMap.findMany({
    where: { pairId, confirmedByUserId: { not: null } },
    distinct: ["confirmedByUserId"],
    select: { confirmedByUserId: true },
  });
  const run = await tx.syncRun.findUnique({
    where: { id: runId },
    select: { startedByUserId: true, postedByUserId: true },
  });
  const overrides = await tx.recordOverride.findMany({
    where: { pairId, recordType, sourceExternalId: { in: [...sourceExternalIds] } },
    select: { sourceExternalId: true, madeByUserId: true },
  });
  const general = [
    ...mappers.map((row) => row.confirmedByUserId),
    run?.startedByUserId ?? null,
    run?.postedByUserId ?? null,
  ].flatMap((userId) => userId ?? []);
  return (sourceExternalId) =>
    new Set([
      ...general,
      ...overrides.flatMap((row) => (row.sourceExternalId === sourceExternalId ? [row.madeByUserId] : [])),
    ]);
}

/**
 * True where nothing of the run may be posted yet: its total is above the limit of a whole run and nobody agreed to it,
 * or it is to wait until each record in it is decided.
 */
export async function isRunHeld(context: SyncContext, tx: Transaction): Promise<boolean> {
  const policy = await loadApprovalPolicy(tx, context.pairId);
  if (policy === null) return false;
  return isRunHeldBy(tx, policy, context);
}

export async function isRunHeldBy(
  tx: Transaction,
  policy: ApprovalPolicy,
  { pairId, runId }: { readonly pairId: string; readonly runId: string },
): Promise<boolean> {
  const verdict = await runVerdict(tx, policy, { pairId, runId });
  if (verdict !== null && verdict !== "approved") return true;
  if (policy.meanwhile === "postTheRest") return false;
  const waiting = await tx.approval.findFirst({
    where: { pairId, runId, scope: "document", state: "waiting" },
    select: { id: true },
  });
  return waiting !== null;
}

/** What was said of the run as a whole; null where its total asks nobody. */
export async function runVerdict(
  tx: Transaction,
  policy: ApprovalPolicy,
  { pairId, runId }: { readonly pairId: string; readonly runId: string },
): Promise<Verdict["state"] | null> {
  if (policy.perRunMinor === null) return null;
  const run = await tx.syncRun.findUnique({
    where: { id: runId },
    select: { planHash: true, planBaseMinor: true },
  });
  if (!run || run.planHash === null) return null;
  // A total that nobody can tell counts as above every limit.
  if (run.planBaseMinor !== null && run.planBaseMinor <= policy.perRunMinor) return null;
  const row = await tx.approval.findFirst({
    where: { pairId, scope: "run", versionHash: run.planHash, state: { not: "expired" } },
  });
  if (!row) return "waiting";
  const involved = await findInvolved(tx, { pairId, runId }, "", []);
  return stateOf(row, involved(""));
}
