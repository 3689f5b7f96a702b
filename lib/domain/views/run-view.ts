import type { RecordType } from "../record-type";
import type { AmountView } from "./amount";

export type RunState = "pulling" | "planning" | "previewed" | "applying" | "tyingOut" | "finished" | "failed";

/** What a run does: post what is new, or take back what an earlier run posted. */
export type RunKind = "post" | "undo";

/** A run as the live page polls it. */
export interface RunView {
  readonly runId: string;
  readonly kind: RunKind;
  readonly state: RunState;
  /** One plain sentence: what is going on right now. */
  readonly headline: string;
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly failure: string | null;
  readonly passes: readonly RunPassView[];
  /** Whole seconds; null while it cannot be told yet. */
  readonly secondsLeft: number | null;
  readonly calls: { readonly ledgerWrites: number; readonly oneByOneWrites: number };
  /** Newest first, at most 50. */
  readonly latest: readonly RunLogLine[];
}

export interface RunPassView {
  readonly recordType: RecordType;
  readonly read: number;
  readonly readTotal: number | null;
  readonly toPost: number;
  readonly posted: number;
  readonly linked: number;
  readonly excluded: number;
  readonly failed: number;
}

export interface RunLogLine {
  readonly at: string;
  readonly recordType: RecordType;
  readonly number: string;
  readonly label: string;
  readonly outcome: "posted" | "takenBack" | "linked" | "refused";
  readonly link: string | null;
}

export type PlannedVerb = "create" | "update" | "void" | "link" | "exclude" | "block";

/** A preview: what a run is going to do, before anything is posted. */
export interface PreviewView {
  readonly runId: string;
  readonly kind: RunKind;
  readonly state: RunState;
  readonly byType: readonly PreviewTypeView[];
  /** What the run will book, by ledger account and currency: the journal it makes. */
  readonly journal: readonly {
    readonly account: string;
    readonly debit: AmountView | null;
    readonly credit: AmountView | null;
  }[];
  readonly warnings: number;
  readonly writeCalls: number;
  readonly oneByOneWriteCalls: number;
  /** Whole seconds that the calls take at the ledger's own limits, as things stand. */
  readonly secondsToWrite: number;
}

export interface PreviewTypeView {
  readonly recordType: RecordType;
  readonly counts: Readonly<Record<PlannedVerb, number>>;
  readonly totals: readonly { readonly verb: PlannedVerb; readonly total: AmountView }[];
}

export interface PreviewRow {
  readonly recordType: RecordType;
  readonly sourceExternalId: string;
  readonly verb: PlannedVerb;
  readonly number: string;
  readonly label: string;
  readonly amount: AmountView | null;
  /** Why it is linked, excluded or blocked, in a plain sentence; null for a plain create. */
  readonly sentence: string | null;
  readonly warnings: readonly string[];
}

export interface PreviewRows {
  readonly rows: readonly PreviewRow[];
  /** Pass as `after` for the next page; null on the last. */
  readonly next: string | null;
}
