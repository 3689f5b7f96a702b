import { expect, test } from "vitest";
import { chooseWork } from "./choose-work";
import { parseFunctionConfig } from "./function-definition";
import type { RunState, StepState } from "./run-state";

const now = new Date("2026-11-21T12:00:00Z");
const at = (seconds: number) => new Date(now.getTime() + seconds * 1000);

function aStep(id: string, step: Partial<StepState> = {}): StepState {
  const done =
    step.status === "done" ? { memo: "{}", completion: 1n } : { memo: undefined, completion: undefined };
  return {
    id,
    op: "StepPlanned",
    status: "planned",
    race: false,
    attempt: 0,
    dueAt: undefined,
    ...done,
    ...step,
  };
}

function aRun(steps: StepState[], run: Partial<RunState> = {}): RunState {
  const url = "http://localhost/api/inngest";
  return {
    id: "run",
    seq: "1",
    lease: "lease",
    definition: parseFunctionConfig({
      id: "f",
      triggers: [],
      steps: { step: { id: "step", name: "step", runtime: { type: "http", url } } },
    }),
    slotKeys: [],
    event: {},
    eventText: "{}",
    steps: new Map(steps.map((step) => [step.id, step])),
    started: true,
    attempt: 0,
    discovered: 0,
    discoverAt: undefined,
    lostCount: 0,
    stateBytes: 0,
    ...run,
  };
}

const choose = (run: RunState, executing: string[] = []) => {
  const { targets, due, ...rest } = chooseWork(run, new Set(executing), now);
  return { ...rest, targets: targets.map(({ id }) => id), due: due.map(({ id }) => id) };
};

test("a new run is discovered", () => {
  expect(choose(aRun([], { discovered: -1 }))).toMatchObject({ discover: true, targets: [] });
});

test("planned steps are asked for before anything is discovered", () => {
  const run = aRun([aStep("a"), aStep("b"), aStep("c", { status: "done" })]);
  expect(choose(run)).toMatchObject({ discover: false, targets: ["a", "b"] });
});

test("what follows is discovered when no step executes any more", () => {
  const run = aRun([aStep("a", { status: "done" }), aStep("b")]);
  expect(choose(run, ["b"])).toMatchObject({ discover: false, targets: [] });
  expect(choose(aRun([aStep("a", { status: "done" })]))).toMatchObject({ discover: true });
});

test("in a race the first result is discovered while others execute", () => {
  const run = aRun([aStep("a", { status: "done", race: true }), aStep("b", { race: true })]);
  expect(choose(run, ["b"])).toMatchObject({ discover: true });
  expect(choose({ ...run, discovered: 1 }, ["b"])).toMatchObject({ discover: false });
});

test("a step that is tried again later holds up neither the rest nor discovery", () => {
  const run = aRun([aStep("a", { dueAt: at(30) }), aStep("b", { status: "done" })]);
  expect(choose(run)).toMatchObject({ discover: true, targets: [], nextAt: at(30) });
});

test("sleeps that are over are due, later ones say when to look again", () => {
  const run = aRun([
    aStep("over", { status: "sleeping", dueAt: at(-1) }),
    aStep("later", { status: "sleeping", dueAt: at(60) }),
    aStep("soon", { status: "waiting", dueAt: at(5) }),
  ]);
  expect(choose(run)).toMatchObject({ due: ["over"], discover: false });
  run.steps.delete("over");
  expect(choose(run)).toMatchObject({ due: [], nextAt: at(5) });
});

test("a discovery that failed is repeated at its time and not before", () => {
  expect(choose(aRun([], { discovered: -1, discoverAt: at(10) }))).toMatchObject({
    discover: false,
    nextAt: at(10),
  });
  expect(choose(aRun([], { discovered: -1, discoverAt: at(0) }))).toMatchObject({ discover: true });
});

test("a run that waits for an event alone has no time to look again", () => {
  expect(choose(aRun([aStep("a", { status: "invoking" })]))).toMatchObject({
    discover: false,
    nextAt: undefined,
  });
});
