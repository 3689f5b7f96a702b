import type { Query } from "./database";
import {
  type BoundCondition,
  bindCondition,
  type Condition,
  clausesSchema,
  matchTextsOf,
  satisfies,
} from "./expressions";

/*
 * What runs listen for: an event that a step waits for, or one that cancels the run. A watch is stored with the values
 * of its own run's event already filled in, and is found by an index on one of its equalities.
 */

export interface NewWatch {
  readonly runId: string;
  readonly kind: "wait" | "cancel";
  readonly stepId?: string;
  readonly eventName: string;
  readonly condition: Condition;
  /** The run's own event, which the condition calls `event`. */
  readonly event: unknown;
  readonly expiresAt?: Date;
}

export interface FoundWatch {
  readonly id: string;
  readonly runId: string;
  readonly kind: "wait" | "cancel";
  readonly stepId: string | null;
}

export async function addWatch(query: Query, watch: NewWatch): Promise<void> {
  const bound: BoundCondition = bindCondition(watch.condition, watch.event);
  if (bound.impossible) return;
  await query(
    `INSERT INTO runner.watches (run_id, kind, step_id, event_name, match, clauses, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [
      watch.runId,
      watch.kind,
      watch.stepId ?? null,
      watch.eventName,
      bound.match ?? null,
      JSON.stringify(bound.clauses),
      watch.expiresAt?.toISOString() ?? null,
    ],
  );
}

/** The watches that an event satisfies, in the order of their runs' ids so that two events never deadlock. */
export async function findWatches(
  query: Query,
  name: string,
  event: unknown,
  now: Date,
): Promise<FoundWatch[]> {
  const matches = matchTextsOf(event);
  const rows = await query<{
    id: string;
    run_id: string;
    kind: "wait" | "cancel";
    step_id: string | null;
    clauses: unknown;
  }>(
    `SELECT id, run_id, kind, step_id, clauses FROM runner.watches
      WHERE event_name = $1 AND (expires_at IS NULL OR expires_at > $2)
        AND (match IS NULL OR $3::text[] IS NULL OR match = ANY($3))
      ORDER BY run_id, id`,
    [name, now.toISOString(), matches ?? null],
  );
  return rows
    .filter(({ clauses }) => satisfies(clausesSchema.parse(clauses), event))
    .map(({ id, run_id, kind, step_id }) => ({ id, runId: run_id, kind, stepId: step_id }));
}
