import type { Operation } from "./app-answers";
import type { Work } from "./context";
import { type OpenedStep, openStep } from "./open-step";
import type { RunState, StepState } from "./run-state";

/*
 * Writes what the driver decided about an answer: steps that are done, steps to try again, steps that begin. The first
 * statement locks the run's row under its lease, so nothing is written for a run that ended or that another process
 * drives by now.
 */

/** `over`: the run has ended or is no longer ours; `poked`: it was changed from outside and must be read again. */
export type Applied = "open" | "over" | "poked";

export interface Plan {
  readonly done: { readonly operation: Operation; readonly memo: string }[];
  readonly retried: { readonly operation: Operation; readonly attempt: number; readonly dueAt: Date }[];
  readonly opened: Operation[];
}

/** Stores a plan under the lease of the run; nothing where the lease is gone. */
export async function savePlan(
  work: Work,
  state: RunState,
  plan: Plan,
): Promise<{ applied: Applied; steps: StepState[] }> {
  const applied = await saveProgress(work, state);
  if (applied === "over") return { applied, steps: [] };
  const steps: StepState[] = [];
  for (const { operation, memo } of plan.done) steps.push(await saveDone(work, state, operation, memo));
  for (const { operation, attempt, dueAt } of plan.retried)
    steps.push(await saveOpen(work, state, operation, { status: "planned", attempt, dueAt }));
  for (const operation of plan.opened) {
    const opened = await openStep(work, state, operation);
    steps.push(await saveOpen(work, state, operation, opened));
    if (opened.afterwards) await opened.afterwards();
  }
  return { applied, steps };
}

async function saveDone(work: Work, state: RunState, operation: Operation, memo: string): Promise<StepState> {
  const rows = await work.query<{ completion: string }>(
    `INSERT INTO runner.steps AS known (run_id, id, op, display_name, status, memo, completion)
     VALUES ($1, $2, $3, $4, 'done', $5, nextval('runner.step_completions'))
       ON CONFLICT (run_id, id) DO UPDATE SET status = 'done', op = excluded.op, memo = excluded.memo, due_at = NULL,
         completion = excluded.completion
       WHERE known.status <> 'done' RETURNING completion`,
    [state.id, operation.id, operation.op, nameOf(operation), memo],
  );
  const completion = BigInt(rows[0]?.completion ?? 0);
  return { ...blankStep(operation), status: "done", memo, completion };
}

async function saveOpen(
  work: Work,
  state: RunState,
  operation: Operation,
  opened: OpenedStep,
): Promise<StepState> {
  const step: StepState = {
    ...blankStep(operation),
    status: opened.status,
    attempt: opened.attempt ?? 0,
    dueAt: opened.dueAt,
  };
  await work.query(
    `INSERT INTO runner.steps AS known (run_id, id, op, display_name, status, race, attempt, due_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
       ON CONFLICT (run_id, id) DO UPDATE SET attempt = excluded.attempt, due_at = excluded.due_at
       WHERE known.status <> 'done'`,
    [
      state.id,
      step.id,
      step.op,
      nameOf(operation),
      step.status,
      step.race,
      step.attempt,
      step.dueAt?.toISOString() ?? null,
    ],
  );
  return step;
}

function blankStep(operation: Operation): StepState {
  return {
    id: operation.id,
    op: operation.op,
    status: "planned",
    race: operation.opts?.parallelMode === "race",
    attempt: 0,
    dueAt: undefined,
    memo: undefined,
    completion: undefined,
  };
}

/** Stores how far discovery has come, and tells whether the run was changed from outside. */
export async function saveProgress(work: Work, state: RunState): Promise<Applied> {
  const rows = await work.query<{ poked: boolean }>(
    `UPDATE runner.runs SET attempt = $3, discovered = $4, discover_at = $5, lost_count = 0
      WHERE id = $1 AND lease = $2 RETURNING poked`,
    [state.id, state.lease, state.attempt, state.discovered, state.discoverAt?.toISOString() ?? null],
  );
  if (!rows[0]) return "over";
  return rows[0].poked ? "poked" : "open";
}

export function nameOf(operation: Operation): string {
  return operation.displayName || operation.name || operation.id;
}
