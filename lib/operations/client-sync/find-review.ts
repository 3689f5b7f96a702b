import type { Transaction } from "@/lib/db/client";
import { parseRunState, type StoredRunState } from "../runs/run-states";
import { loadPairIn } from "../setup/load-pair";

/** A look at both sides, as far as it is about contacts. */
export interface Review {
  readonly runId: string;
  readonly state: StoredRunState;
  readonly settingsVersion: number | null;
  /** Whether the contacts are planned: before that there is nothing to review. */
  readonly isPlanned: boolean;
}

export type ReviewedPair = NonNullable<Awaited<ReturnType<typeof loadPairIn>>>;

/** The pair and the newest run to its ledger that looks at contacts; null without a pair. */
export async function findReview(
  tx: Transaction,
): Promise<{ pair: ReviewedPair; review: Review | null } | null> {
  const pair = await loadPairIn(tx);
  if (!pair) return null;
  const run = await tx.syncRun.findFirst({
    where: {
      pairId: pair.id,
      direction: "toLedger",
      undoesRunId: null,
      state: { notIn: ["superseded", "failed"] },
    },
    orderBy: { startedAt: "desc" },
  });
  const pass = run
    ? await tx.syncPass.findUnique({
        where: { runId_recordType: { runId: run.id, recordType: "contact" } },
      })
    : null;
  if (!run || !pass) return { pair, review: null };
  return {
    pair,
    review: {
      runId: run.id,
      state: parseRunState(run.state),
      settingsVersion: run.settingsVersion,
      isPlanned: pass.plannedAt !== null,
    },
  };
}
