import type { Transaction } from "@/lib/db/client";
import { RECORD_TYPES, type RecordType } from "@/lib/domain/record-type";
import { isPlannedOtherwise } from "../runs/may-start";
import { parseRunState } from "../runs/run-states";
import { loadPairIn } from "../setup/load-pair";

export type MatchedPair = NonNullable<Awaited<ReturnType<typeof loadPairIn>>>;

/** The newest look at both sides that came to its end: what the review of matches speaks of. */
export interface MatchPlan {
  readonly runId: string;
  readonly phase: "open" | "outdated" | "posted";
  readonly recordTypes: readonly RecordType[];
}

/** The pair and its newest finished plan for the ledger; null without a pair, and a null plan before the first. */
export async function findPlan(
  tx: Transaction,
): Promise<{ pair: MatchedPair; plan: MatchPlan | null } | null> {
  const pair = await loadPairIn(tx);
  if (!pair) return null;
  const [found] = await tx.$queryRaw<{ id: string }[]>`
    SELECT r.id FROM sync_runs r
     WHERE r.pair_id = ${pair.id}::uuid AND r.direction = 'toLedger' AND r.undoes_run_id IS NULL
       AND r.state IN ('previewed', 'applying', 'tyingOut', 'finished', 'superseded')
       AND NOT EXISTS (SELECT FROM sync_passes p WHERE p.run_id = r.id AND p.planned_at IS NULL)
     ORDER BY r.started_at DESC LIMIT 1`;
  if (!found) return { pair, plan: null };
  const run = await tx.syncRun.findUniqueOrThrow({ where: { id: found.id } });
  const passes = await tx.syncPass.findMany({ where: { runId: run.id }, select: { recordType: true } });
  const state = parseRunState(run.state);
  const isOpen = state === "previewed" && !isPlannedOtherwise(run, pair);
  return {
    pair,
    plan: {
      runId: run.id,
      phase: isOpen ? "open" : state === "previewed" || state === "superseded" ? "outdated" : "posted",
      recordTypes: RECORD_TYPES.filter((type) => passes.some((pass) => pass.recordType === type)),
    },
  };
}
