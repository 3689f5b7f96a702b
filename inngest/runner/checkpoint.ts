import { z } from "zod";
import { type Operation, operationsSchema } from "./app-answers";
import { canonicalJson } from "./canonical-json";
import type { CheckpointedStep, RunnerContext } from "./context";
import { dataMemo } from "./end-run";

/*
 * Steps that the SDK reports while its request still runs (its "checkpointing"), so that a sequence costs one request
 * and not one a step. Each is stored before the function goes on. A report under a lease that is no longer held is
 * answered with 409, upon which the SDK stops executing; any other refusal makes it hand the steps to the driver.
 * Checked against inngest 4.24.0: api/api.js checkpointStepsAsync, execution/engine.js attemptCheckpointAndResume.
 */

const bodySchema = z.looseObject({ qi_id: z.string().min(1), steps: operationsSchema });

export type CheckpointResult =
  | { readonly kind: "stored" }
  | { readonly kind: "stale" }
  | { readonly kind: "refused"; readonly message: string };

interface SavedRow {
  readonly held: boolean;
  readonly total: number;
  readonly id: string | null;
  readonly completion: string | null;
  readonly [column: string]: unknown;
}

export async function storeCheckpoint(
  runner: RunnerContext,
  runId: string,
  json: unknown,
): Promise<CheckpointResult> {
  const body = bodySchema.safeParse(json);
  if (!body.success) return { kind: "refused", message: z.prettifyError(body.error) };
  const { qi_id: lease, steps } = body.data;
  const unknown = steps.find(({ op }) => op !== "StepRun" && op !== "Step");
  if (unknown) return { kind: "refused", message: `the runner takes no checkpoint of ${unknown.op}` };
  const memos = steps.map(({ data }) => dataMemo(canonicalJson(data)));
  if (memos.some((memo) => Buffer.byteLength(memo) > runner.settings.stepOutputBytesMax))
    return { kind: "refused", message: "a step's output is too large" };
  if (steps.length === 0) return { kind: "stored" };
  const rows = await saveSteps(runner, { runId, lease, steps, memos });
  if (rows[0]?.held !== true) return { kind: "stale" };
  if (rows[0].total + steps.length > runner.settings.stepsMax)
    return { kind: "refused", message: "the run has too many steps" };
  await tellDriver(runner, runId, lease, reported(rows, steps, memos));
  return { kind: "stored" };
}

async function saveSteps(
  runner: RunnerContext,
  given: { runId: string; lease: string; steps: readonly Operation[]; memos: readonly string[] },
): Promise<SavedRow[]> {
  const { runId, lease, steps, memos } = given;
  return runner.database.query<SavedRow>(
    `WITH held AS (
       SELECT id FROM runner.runs WHERE id = $1 AND lease = $2 FOR UPDATE
     ), counted AS (
       SELECT count(*)::int AS total FROM runner.steps WHERE run_id = $1 AND NOT (id = ANY($3::text[]))
     ), saved AS (
       INSERT INTO runner.steps AS known (run_id, id, op, display_name, status, memo, completion)
       SELECT held.id, given.id, given.op, given.display_name, 'done', given.memo::json,
              nextval('runner.step_completions')
         FROM held, counted, unnest($3::text[], $4::text[], $5::text[], $6::text[])
              WITH ORDINALITY AS given (id, op, display_name, memo, position)
        WHERE counted.total + $7 <= $8 ORDER BY given.position
         ON CONFLICT (run_id, id) DO UPDATE SET status = 'done', op = excluded.op, memo = excluded.memo,
           completion = excluded.completion, due_at = NULL WHERE known.status <> 'done'
       RETURNING id, completion
     )
     SELECT EXISTS (SELECT 1 FROM held) AS held, counted.total, saved.id, saved.completion
       FROM counted LEFT JOIN saved ON TRUE`,
    [
      runId,
      lease,
      steps.map(({ id }) => id),
      steps.map(({ op }) => op),
      steps.map((step) => step.displayName || step.name || step.id),
      memos,
      steps.length,
      runner.settings.stepsMax,
    ],
  );
}

function reported(
  rows: readonly SavedRow[],
  steps: readonly Operation[],
  memos: readonly string[],
): CheckpointedStep[] {
  const completions = new Map(rows.map(({ id, completion }) => [id, completion]));
  return steps.flatMap((operation, index) => {
    const [memo, completion] = [memos[index], completions.get(operation.id)];
    return memo === undefined || !completion ? [] : [{ operation, memo, completion }];
  });
}

/** The driver may live in another process, which then learns of it from the run's row. */
async function tellDriver(
  runner: RunnerContext,
  runId: string,
  lease: string,
  steps: readonly CheckpointedStep[],
): Promise<void> {
  const active = runner.active.get(runId);
  if (active?.lease === lease) return active.addCheckpointed(steps);
  await runner.database.query("UPDATE runner.runs SET poked = TRUE WHERE id = $1 AND lease = $2", [
    runId,
    lease,
  ]);
}
