import type { RecordType } from "@/lib/domain/record-type";
import type { MatchStatus } from "@/lib/domain/views/match-row";
import type { SetupMatchesView } from "@/lib/domain/views/setup-matches-view";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { namesOfPair } from "../exceptions/describe-exception";
import { findPlan } from "../matches/find-plan";
import { countStatuses } from "../matches/match-statuses";
import { getRuntime } from "../runtime";

/** In the order in which an owner goes through them. */
const SHOWN: readonly MatchStatus[] = ["matched", "mapped", "new", "ledgerOnly", "needsYou"];

/** What the newest look at both sides found, over every kind of record; null before the first look. */
export async function countMatches(access: WorkspaceAccess): Promise<SetupMatchesView | null> {
  const runtime = await getRuntime();
  return runtime.database.withWorkspace(access.workspaceId, async (tx) => {
    const found = await findPlan(tx);
    if (!found?.plan) return null;
    const { pair, plan } = found;
    const byType: { recordType: RecordType; counts: Record<MatchStatus, number> }[] = [];
    for (const recordType of plan.recordTypes)
      byType.push({ recordType, counts: await countStatuses(tx, pair, { recordType, runId: plan.runId }) });
    return {
      ledgerName: namesOfPair(runtime, pair).ledger,
      counts: SHOWN.map((status) => ({
        status,
        count: byType.reduce((sum, { counts }) => sum + counts[status], 0),
        recordType: byType.find(({ counts }) => counts[status] > 0)?.recordType ?? null,
      })),
    };
  });
}
