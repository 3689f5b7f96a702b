import { type AppAnswer, errorOf, namedError, type Operation, type RunError } from "./app-answers";
import { canonicalJson } from "./canonical-json";
import type { RunnerContext } from "./context";
import { parseRetryAfter } from "./durations";
import { dataMemo, endRun, errorMemo, type RunOutcome } from "./end-run";
import { OperationRefused } from "./open-step";
import { type RunState, setStep } from "./run-state";
import { type Applied, nameOf, type Plan, savePlan, saveProgress } from "./save-plan";
import { inWork } from "./work";

/*
 * Turns an answer of the app into stored results, one transaction an answer. A step that may be tried again becomes due
 * later; one that may not is remembered as failed, and the function hears of it in its next discovery. What breaks the
 * runner's own limits fails with a sentence that says what to do instead.
 */

export type Answered =
  | { readonly kind: "discovery"; readonly attempt: number; readonly seen: number }
  | { readonly kind: "step"; readonly id: string; readonly attempt: number };

/** Stores what an answer says. `over`: the run has ended or is no longer ours; `poked`: it was changed from outside. */
export async function applyAnswer(
  runner: RunnerContext,
  state: RunState,
  answered: Answered,
  answer: AppAnswer,
): Promise<Applied> {
  switch (answer.kind) {
    case "finished":
      return end(runner, state, completedWith(runner, answer.output));
    case "unreachable":
      return postpone(runner, state, answered, answered.attempt, runner.app.reachDelayMs());
    case "rejected":
      return applyRejection(runner, state, answered, answer);
    case "operations":
      return applyOperations(runner, state, answered, answer.operations, answer.retryAfter);
  }
}

async function applyRejection(
  runner: RunnerContext,
  state: RunState,
  answered: Answered,
  answer: Extract<AppAnswer, { kind: "rejected" }>,
): Promise<Applied> {
  const attempt = answered.attempt + 1;
  if (answer.isFinal || attempt >= state.definition.attemptsMax)
    return end(runner, state, { status: "failed", error: answer.error });
  const delayMs = retryDelayMs(runner, attempt, answer.retryAfter);
  if (answer.stepNotFound && answered.kind === "step") return forgetStep(runner, state, answered.id, attempt);
  return postpone(runner, state, answered, attempt, delayMs);
}

/** The code was changed and no longer has this step: the function is asked anew what it wants to do. */
async function forgetStep(
  runner: RunnerContext,
  state: RunState,
  stepId: string,
  attempt: number,
): Promise<Applied> {
  state.steps.delete(stepId);
  state.attempt = attempt;
  state.discovered = -1;
  return inWork(runner, async (work) => {
    await work.query("DELETE FROM runner.steps WHERE run_id = $1 AND id = $2 AND status <> 'done'", [
      state.id,
      stepId,
    ]);
    return saveProgress(work, state);
  });
}

/** Tries the same request again later. */
async function postpone(
  runner: RunnerContext,
  state: RunState,
  answered: Answered,
  attempt: number,
  delayMs: number,
): Promise<Applied> {
  const dueAt = new Date(runner.clock.now().getTime() + delayMs);
  if (answered.kind === "discovery") {
    state.attempt = attempt;
    state.discoverAt = dueAt;
    return inWork(runner, (work) => saveProgress(work, state));
  }
  const step = state.steps.get(answered.id);
  if (step) {
    step.attempt = attempt;
    step.dueAt = dueAt;
  }
  return inWork(runner, async (work) => {
    await work.query(
      "UPDATE runner.steps SET attempt = $3, due_at = $4 WHERE run_id = $1 AND id = $2 AND status = 'planned'",
      [state.id, answered.id, attempt, dueAt.toISOString()],
    );
    return saveProgress(work, state);
  });
}

async function applyOperations(
  runner: RunnerContext,
  state: RunState,
  answered: Answered,
  operations: readonly Operation[],
  retryAfter: string | undefined,
): Promise<Applied> {
  const complete = operations.find(({ op }) => op === "RunComplete");
  if (complete) return end(runner, state, completedWith(runner, canonicalJson(complete.data)));
  const plan = planOf(runner, state, answered, operations, retryAfter);
  const refusal = limitError(runner, state, plan);
  if (refusal) return end(runner, state, { status: "failed", error: refusal });
  if (answered.kind === "discovery" && isStuck(state, plan)) {
    const error = namedError("NothingToDo", "the function neither ended nor named a step");
    return applyRejection(runner, state, answered, {
      kind: "rejected",
      error,
      isFinal: false,
      stepNotFound: false,
    });
  }
  if (answered.kind === "discovery") {
    state.attempt = 0;
    state.discoverAt = undefined;
    state.discovered = answered.seen;
  }
  try {
    const { applied, steps } = await inWork(runner, (work) => savePlan(work, state, plan));
    if (applied !== "over") for (const step of steps) setStep(state, step);
    return applied;
  } catch (thrown) {
    if (!(thrown instanceof OperationRefused)) throw thrown;
    return end(runner, state, { status: "failed", error: namedError("NotSupported", thrown.message) });
  }
}

function planOf(
  runner: RunnerContext,
  state: RunState,
  answered: Answered,
  operations: readonly Operation[],
  retryAfter: string | undefined,
): Plan {
  const plan: Plan = { done: [], retried: [], opened: [] };
  for (const operation of operations) {
    const known = state.steps.get(operation.id);
    if (known?.status === "done") continue;
    switch (operation.op) {
      case "StepRun":
      case "Step":
        plan.done.push({ operation, memo: dataMemoWithin(runner, operation) });
        break;
      case "StepFailed":
        plan.done.push({ operation, memo: errorMemo(canonicalJson(errorOf(operation.error))) });
        break;
      case "StepError": {
        const attempt = answered.attempt + 1;
        if (attempt >= state.definition.attemptsMax)
          plan.done.push({ operation, memo: errorMemo(canonicalJson(errorOf(operation.error))) });
        else {
          const dueAt = new Date(runner.clock.now().getTime() + retryDelayMs(runner, attempt, retryAfter));
          plan.retried.push({ operation, attempt, dueAt });
        }
        break;
      }
      default:
        if (!known) plan.opened.push(operation);
    }
  }
  return plan;
}

/** Without this a run that nothing will ever wake would stay open for good. */
function isStuck(state: RunState, plan: Plan): boolean {
  const isEmpty = plan.done.length + plan.retried.length + plan.opened.length === 0;
  return isEmpty && [...state.steps.values()].every((step) => step.status === "done");
}

/** An output that is too large fails its step for good: a further attempt would give the same. */
function dataMemoWithin(runner: RunnerContext, operation: Operation): string {
  const data = canonicalJson(operation.data);
  const bytes = Buffer.byteLength(data);
  if (bytes <= runner.settings.stepOutputBytesMax) return dataMemo(data);
  return errorMemo(canonicalJson(tooLarge(`the output of step "${nameOf(operation)}"`, bytes, runner)));
}

function tooLarge(what: string, bytes: number, runner: RunnerContext): RunError {
  const { stepOutputBytesMax } = runner.settings;
  return namedError(
    "OutputTooLarge",
    `${what} has ${bytes} bytes, more than the ${stepOutputBytesMax} that one may have: store it and return its id`,
  );
}

function limitError(runner: RunnerContext, state: RunState, plan: Plan): RunError | undefined {
  const { stepsMax, runStateBytesMax } = runner.settings;
  const fresh = [...plan.done, ...plan.retried].filter(({ operation }) => !state.steps.has(operation.id));
  if (state.steps.size + fresh.length + plan.opened.length > stepsMax)
    return namedError(
      "TooManySteps",
      `a run may have ${stepsMax} steps, since each request carries all earlier results: continue in a new run`,
    );
  const bytes = plan.done.reduce((sum, { memo }) => sum + memo.length, state.stateBytes);
  if (bytes > runStateBytesMax)
    return namedError(
      "RunTooLarge",
      `the step results of this run have more than ${runStateBytesMax} bytes: continue in a new run`,
    );
  return undefined;
}

function completedWith(runner: RunnerContext, output: string): RunOutcome {
  const bytes = Buffer.byteLength(output);
  if (bytes <= runner.settings.stepOutputBytesMax) return { status: "completed", output };
  return { status: "failed", error: tooLarge("the output of the function", bytes, runner) };
}

async function end(runner: RunnerContext, state: RunState, outcome: RunOutcome): Promise<Applied> {
  await inWork(runner, (work) => endRun(work, state.id, outcome, state.lease));
  return "over";
}

function retryDelayMs(runner: RunnerContext, attempt: number, retryAfter: string | undefined): number {
  const now = runner.clock.now();
  const asked = retryAfter === undefined ? undefined : parseRetryAfter(retryAfter, now);
  return asked ? Math.max(0, asked.getTime() - now.getTime()) : runner.settings.retryDelayMs(attempt);
}
