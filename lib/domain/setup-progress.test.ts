import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { describeSetupProgress, SETUP_PHASES, type SetupFacts } from "./setup-progress";

const NEW: SetupFacts = {
  ledger: "none",
  source: "none",
  sharesCurrency: true,
  keepsAnything: true,
  isConfirmed: false,
  look: "none",
  lookRunId: null,
  undecidedMatches: 0,
  comparison: "none",
  isUnpaid: false,
  isParallel: false,
  isLive: false,
};
const CONNECTED: Partial<SetupFacts> = { ledger: "connected", source: "connected" };
const LOOKED: Partial<SetupFacts> = { ...CONNECTED, isConfirmed: true, look: "open", lookRunId: "run-1" };
const COMPARED: Partial<SetupFacts> = { ...LOOKED, comparison: "made" };

const progressOf = (facts: Partial<SetupFacts>) => describeSetupProgress({ ...NEW, ...facts });
const statesOf = (facts: Partial<SetupFacts>) =>
  progressOf(facts)
    ?.phases.map(({ state }) => state)
    .join(" ");

describe("the next press of a set-up", () => {
  test.each<[string, Partial<SetupFacts>, string, string]>([
    ["a new workspace connects its books", {}, "connectLedger", "connections"],
    ["then where the business is run", { ledger: "connected" }, "connectSource", "connections"],
    [
      "two currencies want another side",
      { ...CONNECTED, sharesCurrency: false },
      "changeSides",
      "connections",
    ],
    [
      "nothing kept in step wants a choice",
      { ...CONNECTED, keepsAnything: false },
      "chooseKept",
      "connections",
    ],
    ["both connected, the questions come", CONNECTED, "answer", "setup"],
    ["confirmed, a preview is made", { ...CONNECTED, isConfirmed: true }, "preview", "preview"],
    ["a preview at work is watched", { ...LOOKED, look: "working" }, "watchPreview", "preview/run-1"],
    ["what may be there already is decided", { ...LOOKED, undecidedMatches: 2 }, "decideMatches", "matches"],
    ["what was decided is looked at again", { ...LOOKED, look: "outdated" }, "lookAgain", "preview"],
    ["then both sides are compared", LOOKED, "compare", "reconciliation"],
    [
      "a comparison at work is waited for",
      { ...LOOKED, comparison: "working" },
      "watchComparison",
      "reconciliation",
    ],
    ["real books want a plan", { ...COMPARED, isUnpaid: true }, "pay", "billing"],
    ["what was previewed goes live", COMPARED, "goLive", "preview/run-1"],
    ["with nothing to post it goes live too", { ...COMPARED, look: "posted" }, "goLive", "preview/parallel"],
    ["a parallel run is ended", { ...COMPARED, isParallel: true }, "endParallel", "preview/parallel"],
  ])("%s", (_claim, facts, step, path) => {
    expect(progressOf(facts)?.next).toMatchObject({ step, path });
  });

  it("is a reconnect first, whatever was done before", () => {
    expect(progressOf({ ...COMPARED, ledger: "ended" })?.next.step).toBe("reconnect");
    expect(statesOf({ ...COMPARED, ledger: "ended" })).toBe("blocked done done later");
  });

  it("is none once the pair is live", () => {
    expect(progressOf({ ...COMPARED, isLive: true })).toBeNull();
  });
});

describe("the phases of a set-up", () => {
  test.each<[string, Partial<SetupFacts>, string]>([
    ["begin with the first", {}, "current later later later"],
    ["go on with the questions", CONNECTED, "done current later later"],
    ["go on with looking", { ...CONNECTED, isConfirmed: true }, "done done current later"],
    ["end with the launch", COMPARED, "done done done current"],
    ["wait for a plan where one is needed", { ...COMPARED, isUnpaid: true }, "done done done blocked"],
  ])("%s", (_claim, facts, states) => {
    expect(statesOf(facts)).toBe(states);
  });

  const side = fc.constantFrom("none" as const, "ended" as const, "connected" as const);
  const anyFacts: fc.Arbitrary<SetupFacts> = fc.record({
    ledger: side,
    source: side,
    sharesCurrency: fc.boolean(),
    keepsAnything: fc.boolean(),
    isConfirmed: fc.boolean(),
    look: fc.constantFrom("none", "working", "open", "outdated", "posted"),
    lookRunId: fc.option(fc.constant("run-1")),
    undecidedMatches: fc.nat(3),
    comparison: fc.constantFrom("none", "working", "made"),
    isUnpaid: fc.boolean(),
    isParallel: fc.boolean(),
    isLive: fc.boolean(),
  });

  it("have exactly one at work, with what comes next in it, until the pair is live", () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const progress = describeSetupProgress({ ...facts, isLive: false });
        expect(progress?.phases.map(({ phase }) => phase)).toEqual([...SETUP_PHASES]);
        const atWork = progress?.phases.filter(({ state }) => state === "current" || state === "blocked");
        expect(atWork?.map(({ phase }) => phase)).toEqual([progress?.next.phase]);
      }),
    );
  });

  it("are all done before the one at work", () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const progress = describeSetupProgress({ ...facts, isLive: false });
        const at = SETUP_PHASES.indexOf(progress?.next.phase ?? "discover");
        expect(progress?.phases.slice(0, at).every(({ state }) => state === "done")).toBe(true);
      }),
    );
  });
});
