import { sightOf } from "@/lib/domain/personal-details";
import type { RecordType } from "@/lib/domain/record-type";
import type { MatchReviewView, MatchRows, MatchStatus } from "@/lib/domain/views/match-row";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { namesOfPair } from "../exceptions/describe-exception";
import { definitionOf, getRuntime } from "../runtime";
import { describeMatches } from "./describe-matches";
import { findPlan } from "./find-plan";
import { keepMatchedCount, keepStatusCounts, loadStatuses } from "./match-statuses";

const PAGE_ROWS = 50;

/** What the newest look at both sides found, counted by status for one kind of record; null before the first. */
export async function getMatchReview(
  access: WorkspaceAccess,
  wanted: { readonly recordType?: RecordType | null } = {},
): Promise<MatchReviewView | null> {
  const runtime = await getRuntime();
  return runtime.database.withWorkspace(access.workspaceId, async (tx) => {
    const found = await findPlan(tx);
    if (!found?.plan) return null;
    const { pair, plan } = found;
    const { runId, phase, recordTypes } = plan;
    const names = namesOfPair(runtime, pair);
    const recordType = recordTypes.find((type) => type === wanted.recordType) ?? recordTypes[0] ?? "contact";
    return {
      runId,
      phase,
      recordTypes,
      sourceName: names.source,
      ledgerName: names.ledger,
      matched: await keepMatchedCount(tx, pair, runId, runtime.clock.now()),
      recordType,
      counts: await keepStatusCounts(tx, pair, { recordType, runId }, runtime.clock.now()),
    };
  });
}

/** Both sides row by row, 50 records a page unless told otherwise; empty before the first look. */
export async function listMatchRows(
  access: WorkspaceAccess,
  page: {
    readonly recordType: RecordType;
    readonly status?: MatchStatus | null;
    readonly after?: string | null;
    readonly limit?: number;
  },
): Promise<MatchRows> {
  const runtime = await getRuntime();
  const { recordType, status = null, after = null, limit = PAGE_ROWS } = page;
  return runtime.database.withWorkspace(access.workspaceId, async (tx) => {
    const found = await findPlan(tx);
    if (!found?.plan) return { rows: [], next: null };
    const { pair, plan } = found;
    const query = { recordType, runId: plan.runId };
    const { rules } = definitionOf(runtime, pair.ledger.connectorId);
    const { rows, next } = await loadStatuses(tx, pair, query, { status, after, limit });
    const described = await describeMatches(tx, pair, query, rows, {
      ledger: namesOfPair(runtime, pair).ledger,
      link: (externalId) => rules.link(recordType, externalId),
    });
    const sight = sightOf(access);
    return {
      rows: described.map((row) => ({
        ...row,
        evidence: sight.text(row.evidence),
        runnerUp: sight.text(row.runnerUp),
      })),
      next,
    };
  });
}
