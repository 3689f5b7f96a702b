import { z } from "zod";
import { Prisma } from "@/lib/db/client";
import type { ListSort } from "@/lib/domain/views/list-sort";
import type { RunOutcome, RunSort } from "@/lib/domain/views/run-list-view";
import type { RunKind } from "@/lib/domain/views/run-view";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { beyond, type KeyOrder, orderBy, pageKey } from "../lists/page-key";
import { getRuntime } from "../runtime";
import { kindOf } from "./get-run";

const RUNS_A_PAGE = 50;

export interface RunListRow {
  readonly runId: string;
  readonly kind: RunKind;
  readonly state: string;
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly posted: number;
  readonly failed: number;
}

export interface RunPage {
  readonly rows: readonly RunListRow[];
  /** Pass as `after` for the next page; null on the last. */
  readonly next: string | null;
}

export interface RunChoice {
  /** Newest first unless said otherwise. */
  readonly sort?: ListSort<RunSort>;
  /** All of them unless said otherwise. */
  readonly outcome?: RunOutcome | null;
  readonly after?: string | null;
}

/** The newest runs of a workspace, newest first, at most 50; not the looks by themselves that found nothing to post. */
export async function listRuns(access: WorkspaceAccess): Promise<readonly RunListRow[]> {
  return (await listRunPage(access, {})).rows;
}

/** The same, a page at a time, in the order that was asked for. */
export async function listRunPage(access: WorkspaceAccess, choice: RunChoice): Promise<RunPage> {
  const { database } = await getRuntime();
  const order = orderOf(choice.sort ?? { key: "time", descending: true });
  const conditions = [
    NEWS,
    choice.outcome ? Prisma.sql`r.state = ANY(${[...STATES_OF[choice.outcome]]})` : null,
    beyond(order, choice.after),
  ].filter((one) => one !== null);
  return database.withWorkspace(access.workspaceId, async (tx) => {
    const found: unknown[] = await tx.$queryRaw`
      SELECT r.id, r.undoes_run_id AS "undoesRunId", r.state, r.started_at AS "startedAt", r.finished_at AS "finishedAt",
             ${DURATION} AS took
        FROM sync_runs r WHERE ${Prisma.join(conditions, " AND ")}
       ORDER BY ${orderBy(order)} LIMIT ${RUNS_A_PAGE + 1}`;
    const page = found.slice(0, RUNS_A_PAGE).map((row) => rowSchema.parse(row));
    const passes = await tx.syncPass.groupBy({
      by: ["runId"],
      where: { runId: { in: page.map((run) => run.id) } },
      _sum: { posted: true, failed: true },
    });
    const sums = new Map(passes.map((row) => [row.runId, row._sum]));
    const last = page.at(-1);
    return {
      rows: page.map((run) => ({
        runId: run.id,
        kind: kindOf(run),
        state: run.state,
        startedAt: run.startedAt.toISOString(),
        finishedAt: run.finishedAt?.toISOString() ?? null,
        posted: sums.get(run.id)?.posted ?? 0,
        failed: sums.get(run.id)?.failed ?? 0,
      })),
      next:
        found.length > RUNS_A_PAGE && last
          ? pageKey(order.kind === "instant" ? last.startedAt : last.took, last.id)
          : null,
    };
  });
}

const rowSchema = z.object({
  id: z.string(),
  undoesRunId: z.string().nullable(),
  state: z.string(),
  startedAt: z.date(),
  finishedAt: z.date().nullable(),
  took: z.bigint(),
});

/** A look that started by itself and posts nothing is no news. */
const NEWS = Prisma.sql`(r.trigger = 'person' OR r.applied_from IS NOT NULL OR r.state NOT IN ('finished', 'superseded'))`;

const STATES_OF: Readonly<Record<RunOutcome, readonly string[]>> = {
  open: ["pulling", "planning", "previewed", "applying", "tyingOut"],
  finished: ["finished"],
  failed: ["failed", "superseded"],
};

/** Whole seconds; a run that has not ended stands below all. No index has it: runs are thousands, not millions. */
const DURATION = Prisma.sql`COALESCE(extract(epoch FROM r.finished_at - r.started_at)::bigint, -1)`;

const orderOf = ({ key, descending }: ListSort<RunSort>): KeyOrder => ({
  column: key === "time" ? Prisma.sql`r.started_at` : DURATION,
  kind: key === "time" ? "instant" : "integer",
  tie: Prisma.sql`r.id`,
  tieKind: "uuid",
  descending,
});
