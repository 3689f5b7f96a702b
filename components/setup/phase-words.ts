import type { PhaseState, SetupPhase, SetupStep } from "@/lib/domain/setup-progress";

/** What the four phases of a set-up are called, the same wherever they stand. */
export const PHASE_NAMES: Readonly<Record<SetupPhase, string>> = {
  discover: "Discover",
  configure: "Configure and map",
  validate: "Validate",
  launch: "Launch",
};

export const PHASE_STATE_WORDS: Readonly<Record<PhaseState, string>> = {
  done: "Done",
  current: "Now",
  blocked: "Waits for you",
  later: "Later",
};

interface StepWords {
  /** On the button. */
  readonly press: string;
  readonly sentence: string;
}

export const STEP_WORDS: Readonly<Record<SetupStep, StepWords>> = {
  connectLedger: {
    press: "Connect your books",
    sentence: "Connect your books. You sign in on Xero's own page and choose the organisation.",
  },
  connectSource: {
    press: "Connect your operations",
    sentence: "Connect the system that you run your business in.",
  },
  reconnect: {
    press: "Connect again",
    sentence: "One side no longer lets Tieout in. Connect it again: nothing of the set-up is lost.",
  },
  changeSides: {
    press: "Look at the connections",
    sentence:
      "The two sides keep their books in different currencies. Connect another organisation on one of them.",
  },
  chooseKept: {
    press: "Choose what to keep in step",
    sentence: "Nothing is ticked yet. Choose what should be kept in step.",
  },
  answer: {
    press: "Continue to the set-up",
    sentence: "Say which account and tax rate goes where, and from which day on. Suggestions are filled in.",
  },
  preview: {
    press: "Make a preview",
    sentence:
      "Have both sides read and see what would be posted. Nothing is posted by it, and it costs nothing.",
  },
  watchPreview: {
    press: "Watch the preview being made",
    sentence: "Both sides are being read. You can leave and come back; the work goes on.",
  },
  lookAgain: {
    press: "Make a new preview",
    sentence: "Something was decided since the last preview. Make a new one to see what comes of it.",
  },
  decideMatches: {
    press: "Review the matches",
    sentence: "Some records may be in your books already. Say which are the same.",
  },
  compare: {
    press: "Compare both sides",
    sentence: "Have everything on both sides compared for the first time, to the cent. It is free.",
  },
  watchComparison: {
    press: "See the comparison",
    sentence: "Both sides are being compared. You can leave and come back.",
  },
  pay: {
    press: "Choose the plan",
    sentence: "Posting to real books needs the plan. Everything until here was free and stays so.",
  },
  goLive: {
    press: "Go live",
    sentence: "Look at the preview once more and post it. From then on new records go by themselves.",
  },
  endParallel: {
    press: "See the parallel run",
    sentence: "Tieout looks and posts nothing. Go live there once you trust what it would have posted.",
  },
};
