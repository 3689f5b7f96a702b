import type { Transaction } from "@/lib/db/client";
import { diarySummarySchema } from "@/lib/domain/diary";
import { RECORD_GROUPS, type RecordGroup } from "@/lib/domain/record-type";
import type {
  DiaryEntryView,
  FlowGroupView,
  FlowState,
  ParallelView,
} from "@/lib/domain/views/parallel-view";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { invariant } from "@/lib/kernel/invariant";
import { amountView } from "../runs/load-journal";
import { getRuntime } from "../runtime";
import { loadPairIn } from "../setup/load-pair";

const ENTRIES_SHOWN = 60;
export const GROUPS = Object.keys(RECORD_GROUPS) as readonly RecordGroup[];
export const FLOW_STATES = ["off", "previewOnly", "live", "paused"] as const satisfies readonly FlowState[];

/** The parallel run of a workspace's pair, its diary and its flows; null before the set-up is confirmed. */
export async function getParallel(access: WorkspaceAccess): Promise<ParallelView | null> {
  const { database } = await getRuntime();
  return database.withWorkspace(access.workspaceId, async (tx) => {
    const pair = await loadPairIn(tx);
    if (!pair || pair.state === "setup") return null;
    const since = pair.parallelSince;
    return {
      sourceName: pair.source.tenantName,
      ledgerName: pair.ledger.tenantName,
      since: since?.toISOString() ?? null,
      isLive: pair.state === "live",
      isPaused: pair.state === "paused",
      trustedSince: since === null ? null : await findTrustedSince(tx, pair.id, since),
      nextRunAt: pair.state === "paused" ? null : (pair.nextRunAt?.toISOString() ?? null),
      flows: await listFlowGroups(tx, pair.id),
      entries: since === null ? [] : await listEntries(tx, pair.id, since),
    };
  });
}

/** The first look of the unbroken row of clean ones that ends with the last look. */
async function findTrustedSince(tx: Transaction, pairId: string, since: Date): Promise<string | null> {
  const soiled = await tx.diaryEntry.findFirst({
    where: { pairId, at: { gte: since }, isClean: false },
    orderBy: { at: "desc" },
    select: { at: true },
  });
  const first = await tx.diaryEntry.findFirst({
    where: { pairId, at: soiled === null ? { gte: since } : { gt: soiled.at } },
    orderBy: { at: "asc" },
    select: { at: true },
  });
  return first?.at.toISOString() ?? null;
}

async function listFlowGroups(tx: Transaction, pairId: string): Promise<FlowGroupView[]> {
  const flows = await tx.flow.findMany({ where: { pairId, direction: "toLedger" } });
  return GROUPS.map((group) => {
    const recordTypes = RECORD_GROUPS[group];
    const states = new Set(
      recordTypes.map((type) => flows.find((flow) => flow.recordType === type)?.state ?? "off"),
    );
    const [only] = states;
    return { group, recordTypes, state: states.size === 1 ? parseFlowState(only ?? "off") : null };
  });
}

export function parseFlowState(text: string): FlowState {
  const state = FLOW_STATES.find((one) => one === text);
  invariant(state, `no flow state "${text}"`);
  return state;
}

async function listEntries(tx: Transaction, pairId: string, since: Date): Promise<DiaryEntryView[]> {
  const rows = await tx.diaryEntry.findMany({
    where: { pairId, at: { gte: since } },
    orderBy: { at: "desc" },
    take: ENTRIES_SHOWN,
  });
  const kept = await tx.plannedChange.groupBy({
    by: ["runId"],
    where: { runId: { in: rows.map((row) => row.runId) } },
  });
  const withRecords = new Set(kept.map((row) => row.runId));
  return rows.map((row) => {
    const summary = diarySummarySchema.parse(row.summary);
    return {
      runId: row.runId,
      at: row.at.toISOString(),
      isClean: row.isClean,
      wouldPost: summary.wouldPost.map(({ recordType, count, minor, currency }) => ({
        recordType,
        count,
        total: minor === null || currency === null ? null : amountView(BigInt(minor), currency),
      })),
      alreadyThere: summary.alreadyThere,
      leftOut: summary.leftOut,
      needYou: summary.needYou,
      differing: summary.differing,
      debit: amountView(BigInt(summary.debitMinor), summary.baseCurrency),
      hasRecords: withRecords.has(row.runId),
    };
  });
}
