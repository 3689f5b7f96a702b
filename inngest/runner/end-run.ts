import type { RunError } from "./app-answers";
import { canonicalJson, parseJson } from "./canonical-json";
import type { Work } from "./context";
import { releaseSlots, slotKeysOf } from "./slots";
import { wakeRun } from "./wake-run";

/*
 * The end of a run, however it came: its outcome, its watches, its share of every concurrency limit, the step of the
 * run that invoked it, and the event that onFailure functions are started by. All of it belongs to one transaction.
 */

export type RunOutcome =
  | { readonly status: "completed"; readonly output: string }
  | { readonly status: "failed"; readonly error: RunError }
  | { readonly status: "cancelled"; readonly error: RunError };

interface EndedRow {
  readonly id: string;
  readonly function_id: string;
  readonly event: unknown;
  readonly parent_run_id: string | null;
  readonly parent_step_id: string | null;
  readonly [column: string]: unknown;
}

/** Ends a run that has not ended; with a lease, only where that lease still holds it. False where it did nothing. */
export async function endRun(
  work: Work,
  runId: string,
  outcome: RunOutcome,
  lease?: string,
): Promise<boolean> {
  const output = outcome.status === "completed" ? outcome.output : null;
  const error = outcome.status === "completed" ? null : canonicalJson(outcome.error);
  const rows = await work.query<EndedRow>(
    `UPDATE runner.runs
        SET status = $2, output = $3, error = $4, ended_at = $5, next_due_at = NULL, poked = FALSE,
            lease = NULL, lease_instance = NULL
      WHERE id = $1 AND ended_at IS NULL AND ($6::text IS NULL OR lease = $6)
      RETURNING id, function_id, event, parent_run_id, parent_step_id`,
    [runId, outcome.status, output, error, work.clock.now().toISOString(), lease ?? null],
  );
  const run = rows[0];
  if (!run) return false;
  work.touched.add(run.id);
  await work.query("DELETE FROM runner.watches WHERE run_id = $1", [run.id]);
  const limits = work.definitions.get(run.function_id)?.concurrency ?? [];
  await releaseSlots(work.query, work.touched, run.id, slotKeysOf(run.function_id, limits, run.event));
  await answerParent(work, run, outcome);
  emitEnd(work, run, outcome);
  return true;
}

async function answerParent(work: Work, run: EndedRow, outcome: RunOutcome): Promise<void> {
  if (run.parent_run_id === null || run.parent_step_id === null) return;
  const memo =
    outcome.status === "completed" ? dataMemo(outcome.output) : errorMemo(canonicalJson(outcome.error));
  await completeStep(work, run.parent_run_id, run.parent_step_id, memo);
}

/** Stores the result of a step that waited for something outside its run, and wakes the run. */
export async function completeStep(work: Work, runId: string, stepId: string, memo: string): Promise<void> {
  const rows = await work.query(
    `UPDATE runner.steps
        SET status = 'done', memo = $3, completion = nextval('runner.step_completions'), due_at = NULL
      WHERE run_id = $1 AND id = $2 AND status IN ('sleeping', 'waiting', 'invoking') RETURNING id`,
    [runId, stepId, memo],
  );
  if (rows.length > 0) await wakeRun(work.query, work.touched, runId);
}

/** What the SDK is told of a step that succeeded; `data` is canonical JSON. */
export function dataMemo(data: string): string {
  return `{"data":${data},"type":"data"}`;
}

/** What the SDK is told of a step that failed for good; `error` is canonical JSON. */
export function errorMemo(error: string): string {
  return `{"error":${error},"type":"error"}`;
}

function emitEnd(work: Work, run: EndedRow, outcome: RunOutcome): void {
  if (outcome.status === "completed") return;
  const failed = outcome.status === "failed";
  const internalId = work.ids.next();
  const json = {
    id: internalId,
    name: failed ? "inngest/function.failed" : "inngest/function.cancelled",
    ts: work.clock.now().getTime(),
    data: {
      function_id: run.function_id,
      run_id: run.id,
      error: outcome.error,
      event: run.event,
    },
  };
  const text = canonicalJson(json);
  work.emitted.push({ internalId, name: json.name, text, json: parseJson(text) });
}
