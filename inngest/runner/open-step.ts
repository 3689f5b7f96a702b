import { createHash } from "node:crypto";
import type { Operation } from "./app-answers";
import { canonicalJson, parseJson } from "./canonical-json";
import type { RunnerEvent, Work } from "./context";
import { parseDue } from "./durations";
import { completeStep, errorMemo } from "./end-run";
import { ExpressionRefused, parseCondition } from "./expressions";
import type { RunState, StepStatus } from "./run-state";
import { startRun } from "./start-run";
import { addWatch } from "./watches";

/*
 * What it means for a step to begin: a planned step is asked for, a sleep gets its end, a wait its watch, an invocation
 * its run. An operation that the runner does not know is refused by its name.
 */

export interface OpenedStep {
  readonly status: StepStatus;
  readonly attempt?: number;
  readonly dueAt?: Date;
  /** Runs after the step itself was stored. */
  readonly afterwards?: () => Promise<void>;
}

export class OperationRefused extends Error {
  override readonly name = "OperationRefused";
}

/** Throws OperationRefused on an operation, an expression or a time that the runner does not know. */
export async function openStep(work: Work, state: RunState, operation: Operation): Promise<OpenedStep> {
  switch (operation.op) {
    case "StepPlanned":
      return { status: "planned" };
    case "Sleep":
      return { status: "sleeping", dueAt: dueAt(work, operation, operation.name ?? "") };
    case "WaitForEvent":
      return openWait(work, state, operation);
    case "InvokeFunction":
      return openInvocation(work, state, operation);
    default:
      throw new OperationRefused(
        `the embedded runner does not support the operation ${operation.op} (step "${operation.displayName ?? operation.id}")`,
      );
  }
}

async function openWait(work: Work, state: RunState, operation: Operation): Promise<OpenedStep> {
  const eventName = operation.name;
  if (!eventName) throw new OperationRefused("waitForEvent names no event");
  const condition = conditionOf(operation);
  const expiresAt = dueAt(work, operation, textOption(operation, "timeout") ?? "");
  const watch = {
    runId: state.id,
    kind: "wait",
    stepId: operation.id,
    eventName,
    event: state.event,
  } as const;
  await addWatch(work.query, { ...watch, condition, expiresAt });
  return { status: "waiting", dueAt: expiresAt };
}

function conditionOf(operation: Operation): ReturnType<typeof parseCondition> {
  const text = textOption(operation, "if");
  if (text === undefined) return [];
  try {
    return parseCondition(text);
  } catch (thrown) {
    if (thrown instanceof ExpressionRefused) throw new OperationRefused(thrown.message);
    throw thrown;
  }
}

function openInvocation(work: Work, state: RunState, operation: Operation): OpenedStep {
  const functionId = textOption(operation, "function_id") ?? "";
  const definition = work.definitions.get(functionId);
  const timeout = textOption(operation, "timeout");
  return {
    status: "invoking",
    dueAt: timeout === undefined ? undefined : dueAt(work, operation, timeout),
    async afterwards() {
      const parent = { runId: state.id, stepId: operation.id };
      const runId = childId(parent);
      const started = definition
        ? await startRun(work, definition, invocationEvent(work, runId, operation), { runId, parent })
        : undefined;
      if (started?.kind === "started") return;
      const error =
        started?.kind === "skipped"
          ? started.error
          : { name: "UnknownFunction", message: `no function "${functionId}" is registered` };
      await completeStep(work, state.id, operation.id, errorMemo(canonicalJson(error)));
    },
  };
}

/** The same step of the same run always invokes the same run, so that a repeated answer starts no second one. */
function childId(parent: { readonly runId: string; readonly stepId: string }): string {
  const digest = createHash("sha256").update(`${parent.runId}:${parent.stepId}`).digest("hex");
  return [8, 12, 16, 20, 32].map((end, index) => digest.slice([0, 8, 12, 16, 20][index], end)).join("-");
}

function invocationEvent(work: Work, runId: string, operation: Operation): RunnerEvent {
  const payload = operation.opts?.payload;
  const data =
    payload !== null && typeof payload === "object" && "data" in payload ? payload.data : undefined;
  const json = {
    id: runId,
    name: "inngest/function.invoked",
    ts: work.clock.now().getTime(),
    data: data ?? {},
  };
  const text = canonicalJson(json);
  return { internalId: runId, name: json.name, text, json: parseJson(text) };
}

function dueAt(work: Work, operation: Operation, text: string): Date {
  const due = parseDue(text, work.clock.now());
  if (due) return due;
  throw new OperationRefused(`"${text}" is no time for ${operation.op} that the embedded runner knows`);
}

function textOption(operation: Operation, name: string): string | undefined {
  const value = operation.opts?.[name];
  return typeof value === "string" ? value : undefined;
}
