import { canonicalJson } from "./canonical-json";
import { doneSteps, type RunState } from "./run-state";

/*
 * The body of a request to the app, already in the canonical form that is signed. The members and the results of
 * earlier steps are kept as text, since each request carries all of them again.
 */

export interface RequestShape {
  readonly attempt: number;
  /** Set while planned steps are open: the SDK must not execute one of them by itself. */
  readonly planOnly: boolean;
}

/** Canonical JSON; the members below stand in alphabetical order. */
export function requestBody(state: RunState, { attempt, planOnly }: RequestShape): string {
  const done = doneSteps(state);
  const ctx = canonicalJson({
    attempt,
    disable_immediate_execution: planOnly,
    fn_id: state.definition.id,
    max_attempts: state.definition.attemptsMax,
    qi_id: state.lease,
    run_id: state.id,
    stack: { current: Math.max(0, done.length - 1), stack: done.map(({ id }) => id) },
    use_api: false,
  });
  const steps = done
    .map(({ id, memo }) => `${JSON.stringify(id)}:${memo ?? "null"}`)
    .sort()
    .join(",");
  return `{"ctx":${ctx},"event":${state.eventText},"events":[${state.eventText}],"steps":{${steps}},"version":-1}`;
}
