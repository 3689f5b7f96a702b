import type { Role } from "./workspace-access";

/**
 * How far the set-up of a pair has come: which of its four phases is done, which is at work or held up, and the one next
 * press. It follows from what is stored alone, so that whoever comes back, on whatever device, goes on at the same place.
 * What the phases and presses are called is not known here.
 */
export const SETUP_PHASES = ["discover", "configure", "validate", "launch"] as const;
export type SetupPhase = (typeof SETUP_PHASES)[number];

/** `blocked`: it cannot go on before something outside of the set-up was put right. `later`: its turn has not come. */
export type PhaseState = "done" | "current" | "blocked" | "later";

export type SetupStep =
  | "connectLedger"
  | "connectSource"
  | "reconnect"
  | "changeSides"
  | "chooseKept"
  | "answer"
  | "preview"
  | "watchPreview"
  | "lookAgain"
  | "decideMatches"
  | "compare"
  | "watchComparison"
  | "pay"
  | "goLive"
  | "endParallel";

/** `ended`: it was connected, and the vendor no longer lets us in. */
export type SideStanding = "none" | "ended" | "connected";

/** `open`: both sides were read as the set-up is now, and nothing was posted of it. `outdated`: something was said since. */
export type LookStanding = "none" | "working" | "open" | "outdated" | "posted";

export interface SetupFacts {
  readonly ledger: SideStanding;
  readonly source: SideStanding;
  /** False where the two keep their books in different currencies. */
  readonly sharesCurrency: boolean;
  /** False where an owner has switched off every kind of document. */
  readonly keepsAnything: boolean;
  readonly isConfirmed: boolean;
  readonly look: LookStanding;
  /** The newest look at both sides, or the one that is at work; null before the first. */
  readonly lookRunId: string | null;
  /** How many records may be in the ledger already, and wait for a person's word. */
  readonly undecidedMatches: number;
  readonly comparison: "none" | "working" | "made";
  /** True where posting to these books needs a plan that nobody has taken yet. */
  readonly isUnpaid: boolean;
  readonly isParallel: boolean;
  readonly isLive: boolean;
}

export interface NextPress {
  readonly step: SetupStep;
  readonly phase: SetupPhase;
  /** The page of the press, below the workspace's address. */
  readonly path: string;
  /** Who may do it. */
  readonly least: Role;
}

export interface SetupProgress {
  readonly phases: readonly { readonly phase: SetupPhase; readonly state: PhaseState }[];
  readonly next: NextPress;
}

/** Null once the pair is live: there is nothing left to set up. */
export function describeSetupProgress(facts: SetupFacts): SetupProgress | null {
  const next = findNext(facts);
  if (next === null) return null;
  const isDone: Readonly<Record<SetupPhase, boolean>> = {
    discover: nextOfDiscover(facts) === null,
    configure: facts.isConfirmed,
    validate: facts.isConfirmed && nextOfValidate(facts) === null,
    launch: false,
  };
  const stateOf = (phase: SetupPhase): PhaseState => {
    if (phase === next.phase) return HELD_UP.has(next.step) ? "blocked" : "current";
    return isDone[phase] ? "done" : "later";
  };
  return { phases: SETUP_PHASES.map((phase) => ({ phase, state: stateOf(phase) })), next };
}

/** What only a vendor, an accountant or a card can put right. */
const HELD_UP: ReadonlySet<SetupStep> = new Set(["reconnect", "changeSides", "pay"]);

type Found = readonly [step: SetupStep, path: string, least: Role] | null;

function findNext(facts: SetupFacts): NextPress | null {
  if (facts.isLive) return null;
  const found: readonly (readonly [SetupPhase, Found])[] = [
    ["discover", nextOfDiscover(facts)],
    ["configure", facts.isConfirmed ? null : ["answer", "setup", "bookkeeper"]],
    ["validate", nextOfValidate(facts)],
    ["launch", nextOfLaunch(facts)],
  ];
  for (const [phase, press] of found)
    if (press !== null) {
      const [step, path, least] = press;
      return { step, phase, path, least };
    }
  return null;
}

function nextOfDiscover(facts: SetupFacts): Found {
  const page = (step: SetupStep): Found => [step, "connections", "admin"];
  if (facts.ledger === "ended" || facts.source === "ended") return page("reconnect");
  if (facts.ledger === "none") return page("connectLedger");
  if (facts.source === "none") return page("connectSource");
  if (!facts.sharesCurrency) return page("changeSides");
  return facts.keepsAnything ? null : page("chooseKept");
}

function nextOfValidate({ look, lookRunId, undecidedMatches, comparison }: SetupFacts): Found {
  if (look === "working") return ["watchPreview", previewPath(lookRunId), "readOnly"];
  if (look === "none") return ["preview", "preview", "bookkeeper"];
  if (undecidedMatches > 0) return ["decideMatches", "matches", "bookkeeper"];
  if (look === "outdated") return ["lookAgain", "preview", "bookkeeper"];
  if (comparison === "working") return ["watchComparison", "reconciliation", "readOnly"];
  return comparison === "none" ? ["compare", "reconciliation", "bookkeeper"] : null;
}

function nextOfLaunch({ isUnpaid, isParallel, look, lookRunId }: SetupFacts): Found {
  if (isUnpaid) return ["pay", "billing", "admin"];
  if (isParallel) return ["endParallel", "preview/parallel", "admin"];
  return ["goLive", look === "open" ? previewPath(lookRunId) : "preview/parallel", "bookkeeper"];
}

const previewPath = (runId: string | null): string => (runId === null ? "preview" : `preview/${runId}`);
