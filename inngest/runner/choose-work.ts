import type { RunState, StepState } from "./run-state";

/*
 * What a run needs next, from its state alone. Planned steps are asked for one by one (in parallel); when none of them
 * executes any more, the function is run again to discover what follows. With a step of a race, discovery does not wait
 * for the others.
 */

export interface Choice {
  /** Steps to ask for now. */
  readonly targets: readonly StepState[];
  readonly discover: boolean;
  /** Sleeps and time-outs that are over. */
  readonly due: readonly StepState[];
  /** When there will be something to do; undefined where only an event from outside can bring it. */
  readonly nextAt: Date | undefined;
}

export function chooseWork(state: RunState, executing: ReadonlySet<string>, now: Date): Choice {
  const open = [...state.steps.values()].filter((step) => step.status !== "done");
  const isDue = (step: StepState) => step.dueAt !== undefined && step.dueAt <= now;
  const planned = open.filter((step) => step.status === "planned" && !executing.has(step.id));
  const targets = planned.filter((step) => step.dueAt === undefined || isDue(step));
  const due = open.filter((step) => step.status !== "planned" && isDue(step));
  const doneCount = state.steps.size - open.length;
  const isStale = state.discovered < 0 || doneCount > state.discovered;
  const isRace = open.some((step) => step.race);
  const isQuiet = executing.size === 0 && targets.length === 0;
  const isAllowed = state.discoverAt === undefined || state.discoverAt <= now;
  const times = open.flatMap((step) => (step.dueAt && !executing.has(step.id) ? [step.dueAt] : []));
  if (isStale && state.discoverAt) times.push(state.discoverAt);
  return {
    targets,
    due,
    discover: isStale && isAllowed && (isQuiet || (isRace && doneCount > state.discovered)),
    nextAt: times.length === 0 ? undefined : new Date(Math.min(...times.map((time) => time.getTime()))),
  };
}
