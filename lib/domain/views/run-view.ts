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
  /** True where a person stopped it. */
  readonly isCancelled: boolean;
  readonly passes: readonly RunPassView[];
  /** Whole seconds; null while it cannot be told yet. */
  readonly secondsLeft: number | null;
  readonly calls: { readonly ledgerWrites: number; readonly oneByOneWrites: number };
  /** What an undo that has ended left in the books, in sentences; none for any other run. */
  readonly report: readonly string[];
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
  readonly journal: JournalView;
  /** Null where nothing has to be approved. */
  readonly approval: PreviewApproval | null;
  /** True while the pair plans and compares and posts nothing. */
  readonly isParallel: boolean;
  /** Why it can no longer be started, in a sentence; null where it can. */
  readonly outdated: string | null;
  /** Documents in a tax period that was filed already; null where none is or nobody said what was filed. */
  readonly filedTax: { readonly to: string; readonly documents: number } | null;
  /** Of an undo, where nobody said which tax returns were sent: what may stand in one. */
  readonly taxUnsaid: {
    readonly documents: number;
    /** Day of the first, in words. */
    readonly earliest: string;
    /** How often returns are made, where the ledger says so. */
    readonly everyMonths: number | null;
  } | null;
  /** Of an undo: documents in closed periods that documents of its own take back, or could. Days are in words. */
  readonly closedPeriods: {
    readonly until: string;
    /** Day of the documents that take them back: the first open one. */
    readonly day: string;
    /** Whether this undo takes them back. */
    readonly taken: boolean;
    readonly documents: number;
  } | null;
  /** The run that it takes back; null for a run that posts. */
  readonly undoesRunId: string | null;
  readonly warnings: number;
  readonly writeCalls: number;
  readonly oneByOneWriteCalls: number;
  /** Whole seconds that the calls take at the ledger's own limits, as things stand. */
  readonly secondsToWrite: number;
}

/** What the run books, by account, tax rate and currency: the journal it makes. */
export interface JournalView {
  readonly baseCurrency: string;
  readonly lines: readonly JournalLineView[];
  /** Debits and credits in base currency: equal, to the cent. */
  readonly debit: AmountView;
  readonly credit: AmountView;
  /** Records whose rate the ledger itself will choose, so that their lines are missing here. */
  readonly unknown: number;
}

export interface JournalLineView {
  readonly account: string;
  /** Empty for lines that bear no tax. */
  readonly taxRate: string;
  readonly currency: string;
  readonly debit: AmountView | null;
  readonly credit: AmountView | null;
  readonly baseDebit: AmountView | null;
  readonly baseCredit: AmountView | null;
}

export interface PreviewApproval {
  readonly waiting: number;
  readonly approved: number;
  readonly declined: number;
  /** True where nothing of the run is posted before all is decided. */
  readonly waitsForAll: boolean;
  /** Of the whole run, where its total is above the limit. */
  readonly run: ApprovalState | null;
}

export type ApprovalState = "waiting" | "approved" | "declined";

export interface PreviewTypeView {
  readonly recordType: RecordType;
  readonly counts: Readonly<Record<PlannedVerb, number>>;
  readonly totals: readonly { readonly verb: PlannedVerb; readonly total: AmountView }[];
}

export interface PreviewRow {
  readonly recordType: RecordType;
  readonly sourceExternalId: string;
  /** Id of the record's own page; empty where it has none, such as what goes to the source for the first time. */
  readonly pageExternalId: string;
  readonly verb: PlannedVerb;
  readonly number: string;
  readonly label: string;
  readonly amount: AmountView | null;
  /** Why it is linked, excluded or blocked, in a plain sentence; null for a plain create. */
  readonly sentence: string | null;
  readonly warnings: readonly string[];
  /** Null for a record that needs nobody's approval. */
  readonly approval: ApprovalState | null;
  /** Field by field: what stands in the ledger, and what will stand there. */
  readonly fields: readonly FieldChange[];
}

/** `before` is null where the ledger has nothing yet, `after` where it keeps nothing of it. */
export interface FieldChange {
  readonly field: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly isChanged: boolean;
}

export interface PreviewRows {
  readonly rows: readonly PreviewRow[];
  /** Pass as `after` for the next page; null on the last. */
  readonly next: string | null;
}
