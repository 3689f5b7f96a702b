import type { RunKind } from "@/lib/domain/views/run-view";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { getRuntime } from "../runtime";
import { kindOf } from "./get-run";

const RUNS_SHOWN = 50;

export interface RunListRow {
  readonly runId: string;
  readonly kind: RunKind;
  readonly state: string;
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly posted: number;
  readonly failed: number;
}

/** The newest runs of a workspace, newest first, at most 50; not the looks by themselves that found nothing to post. */
export async function listRuns(access: WorkspaceAccess): Promise<RunListRow[]> {
  const { database } = await getRuntime();
  return database.withWorkspace(access.workspaceId, async (tx) => {
    const runs = await tx.syncRun.findMany({
      where: {
        OR: [
          { trigger: "person" },
          { appliedFrom: { not: null } },
          { state: { notIn: ["finished", "superseded"] } },
        ],
      },
      orderBy: { startedAt: "desc" },
      take: RUNS_SHOWN,
    });
    const passes = await tx.syncPass.groupBy({
      by: ["runId"],
      where: { runId: { in: runs.map((run) => run.id) } },
      _sum: { posted: true, failed: true },
    });
    const sums = new Map(passes.map((row) => [row.runId, row._sum]));
    return runs.map((run) => ({
      runId: run.id,
      kind: kindOf(run),
      state: run.state,
      startedAt: run.startedAt.toISOString(),
      finishedAt: run.finishedAt?.toISOString() ?? null,
      posted: sums.get(run.id)?.posted ?? 0,
      failed: sums.get(run.id)?.failed ?? 0,
    }));
  });
}
