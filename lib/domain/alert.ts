import { z } from "zod";

/**
 * What the owner of the books is told of without opening the app: every kind of cause, how urgent it is and the sentence
 * that says it. Pure. Who is told, and whether somebody was told already, is decided in alert-rounds.ts.
 */

/** From the most urgent on. `needsYou`: something stands still until a person acts. */
export const ALERT_SEVERITIES = ["needsYou", "worthKnowing"] as const;
export type AlertSeverity = (typeof ALERT_SEVERITIES)[number];

export const SEVERITY_WORDS: Readonly<Record<AlertSeverity, string>> = {
  needsYou: "Needs you now",
  worthKnowing: "Worth knowing",
};

/** Whether a cause is told to somebody who asked to be told from a severity on. */
export const isToldFrom = (from: AlertSeverity, severity: AlertSeverity): boolean =>
  ALERT_SEVERITIES.indexOf(severity) <= ALERT_SEVERITIES.indexOf(from);

export const ALERT_KINDS = [
  "connectionLost",
  "paymentOwed",
  "runFailed",
  "discrepancies",
  "exceptions",
  "approvalsWaiting",
  "matchesWaiting",
  "runStalled",
] as const;
export type AlertKind = (typeof ALERT_KINDS)[number];

/** What a sentence is about: how many, and the name of what they belong to (a system, or both of a pair). */
export interface AlertFacts {
  readonly count: number;
  readonly name: string;
}

interface AlertWords {
  readonly severity: AlertSeverity;
  /** The page below the workspace where it is settled. */
  readonly path: string;
  readonly raised: (facts: AlertFacts) => string;
  readonly over: (facts: AlertFacts) => string;
}

const many = (count: number, one: string, more: string): string =>
  count === 1 ? `1 ${one}` : `${count} ${more}`;

export const ALERTS: Readonly<Record<AlertKind, AlertWords>> = {
  connectionLost: {
    severity: "needsYou",
    path: "connections",
    raised: ({ name }) =>
      `${name} no longer lets Tieout in. Nothing is kept in step until it is connected again.`,
    over: ({ name }) => `${name} is connected again, or is no longer needed.`,
  },
  paymentOwed: {
    severity: "needsYou",
    path: "billing",
    raised: () => "A payment for your Tieout plan did not go through. Posting stops if it stays unpaid.",
    over: () => "Nothing is owed for your Tieout plan any more.",
  },
  runFailed: {
    severity: "needsYou",
    path: "runs",
    raised: ({ name }) =>
      `The last run from ${name} failed. What was posted is kept, and nothing is posted twice.`,
    over: ({ name }) => `Runs from ${name} get through again.`,
  },
  discrepancies: {
    severity: "needsYou",
    path: "reconciliation",
    raised: ({ count, name }) =>
      `The tie-out of ${name} found ${many(count, "difference that nothing explains", "differences that nothing explains")}.`,
    over: ({ name }) => `${name} tie out to the cent again.`,
  },
  exceptions: {
    severity: "needsYou",
    path: "exceptions",
    raised: ({ count, name }) =>
      `${many(count, "record", "records")} from ${name} could not be posted and ${count === 1 ? "waits" : "wait"} for you.`,
    over: ({ name }) => `No record from ${name} waits as an exception any more.`,
  },
  approvalsWaiting: {
    severity: "needsYou",
    path: "preview/approvals",
    raised: ({ count, name }) =>
      `${many(count, "posting", "postings")} from ${name} ${count === 1 ? "waits" : "wait"} for a second person's approval.`,
    over: ({ name }) => `No posting from ${name} waits for approval any more.`,
  },
  matchesWaiting: {
    severity: "worthKnowing",
    path: "matches",
    raised: ({ count, name }) =>
      `${many(count, "possible match", "possible matches")} of ${name} ${count === 1 ? "waits" : "wait"} for your word.`,
    over: ({ name }) => `No match of ${name} waits for your word any more.`,
  },
  runStalled: {
    severity: "worthKnowing",
    path: "runs",
    raised: ({ name }) => `A run from ${name} came to a halt, and Tieout started its work anew.`,
    over: ({ name }) => `The run from ${name} that had come to a halt is through.`,
  },
};

/** One thing that is told, as deliveries keep it. The words are those of the moment it was found. */
export const alertItemSchema = z.object({
  alertId: z.uuid(),
  kind: z.enum(ALERT_KINDS),
  severity: z.enum(ALERT_SEVERITIES),
  state: z.enum(["raised", "over"]),
  sentence: z.string(),
  count: z.int(),
  /** Where it is settled, below the workspace. */
  path: z.string(),
  at: z.iso.datetime(),
});
export type AlertItem = z.output<typeof alertItemSchema>;

export const CHANNEL_KINDS = ["email", "slack", "webhook"] as const;
export type ChannelKind = (typeof CHANNEL_KINDS)[number];
