import { namedError, type RunError } from "./app-answers";
import { canonicalJson } from "./canonical-json";
import type { RunnerContext } from "./context";
import { dataMemo, errorMemo } from "./end-run";
import { type RunState, type StepState, setStep } from "./run-state";
import { inWork } from "./work";

/** Sleeps that are over give null, waits that ran out too, invocations that ran out an error. */
export async function settleDue(
  runner: RunnerContext,
  state: RunState,
  due: readonly StepState[],
): Promise<void> {
  const steps = await inWork(runner, async (work) => {
    const settled: StepState[] = [];
    for (const step of due) {
      const memo = step.status === "invoking" ? errorMemo(canonicalJson(invokeTimeout())) : dataMemo("null");
      const rows = await work.query<{ completion: string }>(
        `UPDATE runner.steps SET status = 'done', memo = $3, due_at = NULL,
             completion = nextval('runner.step_completions')
          WHERE run_id = $1 AND id = $2 AND status <> 'done'
            AND EXISTS (SELECT 1 FROM runner.runs WHERE runs.id = $1 AND lease = $4) RETURNING completion`,
        [state.id, step.id, memo, state.lease],
      );
      await work.query("DELETE FROM runner.watches WHERE run_id = $1 AND step_id = $2", [state.id, step.id]);
      if (rows[0])
        settled.push({
          ...step,
          status: "done",
          memo,
          dueAt: undefined,
          completion: BigInt(rows[0].completion),
        });
    }
    // Somebody else completed one of them first, or the run is no longer ours: the driver reads it again.
    if (settled.length < due.length) work.touched.add(state.id);
    return settled;
  });
  for (const step of steps) setStep(state, step);
}

function invokeTimeout(): RunError {
  return namedError("InvokeTimeout", "the invoked function did not end in time");
}
