/** The pictures of the tour in their order: what stands on each, and why a person comes there. */
export interface Stop {
  /** Name of the picture. */
  readonly name: string;
  readonly title: string;
  readonly says: string;
}

export const STOPS = [
  {
    name: "install",
    title: "1. Install",
    says: "From the listing in the Xero App Store one comes here. Signing up is signing in with Xero; the terms are accepted once and that is kept in the trail.",
  },
  {
    name: "connect",
    title: "2. Set up: discover",
    says: "Both systems are connected, with who did so and what Tieout may read and write. The four phases stand above, with the one next press; whoever leaves goes on at the same step.",
  },
  {
    name: "set-up",
    title: "2. Set up: configure and map",
    says: "Every account, tax rate and payment account has a suggestion with its reason, to be agreed to or changed. What has no good suggestion is asked and never guessed.",
  },
  {
    name: "preview",
    title: "8. Preview",
    says: "Before anything is posted: what would be made, linked, left out or held back, and the journal that it books, to the cent.",
  },
  {
    name: "matches",
    title: "3. Review matches",
    says: "What is in both systems already stands side by side with the evidence. One press confirms; the list goes out as Excel and comes back corrected.",
  },
  {
    name: "run",
    title: "4. Watch a sync",
    says: "Progress and time left by kind of record, the newest lines of the log, and how many calls were saved by posting in batches.",
  },
  {
    name: "overview",
    title: "5. Every day",
    says: "One sentence and one colour: do the books agree, and if not, what needs a person.",
  },
  {
    name: "exceptions",
    title: "6. Fix",
    says: "What could not be posted, grouped by cause in plain words, with the remedy as a button. What both systems said is one press below.",
  },
  {
    name: "record",
    title: "7. Look into one record",
    says: "What it is in each system, what was sent and answered, and everything that happened to it, by whom.",
  },
  {
    name: "tie-out",
    title: "9. Reconcile",
    says: "Both sides by month, tax rate, account and contact. Every difference has a name and an action; a month can be signed off, and what changed afterwards is a list.",
  },
  {
    name: "alerts",
    title: "10. Run the business",
    says: "How often both sides are compared, who is told of what and how, the team, and the trail of who did what.",
  },
] as const satisfies readonly Stop[];

export type StopName = (typeof STOPS)[number]["name"];
