import type { RecordType } from "../record-type";
import type { AmountView } from "./amount";
import type { FieldDifference, TieOutAction, TieOutField, TieOutKind } from "./tie-out-kind";

/** Source and ledger side by side, as the tie-out page shows them. */
export interface TieOutView {
  readonly tieOutId: string;
  readonly asOf: string;
  /** `whole`: every record of the ledger was read for it; `changed`: those that changed since the one before. */
  readonly scope: "whole" | "changed";
  /** When every record of the ledger was last read. */
  readonly wholeAsOf: string;
  readonly sourceName: string;
  readonly ledgerName: string;
  readonly discrepancies: number;
  readonly headline: string;
  readonly score: ScoreView;
  /** A line a record type and currency: source = ledger + excluded + exceptions + waiting + accepted + discrepancies. */
  readonly byType: readonly TieOutTypeLine[];
  readonly roundings: { readonly count: number; readonly totals: readonly AmountView[] };
  readonly voided: { readonly source: number; readonly ledger: number };
  /** What is dated before the cut-over and left out, part of what is excluded; absent or null where everything is kept. */
  readonly beforeCutOver?: BeforeCutOverView | null;
  readonly onlyInLedger: { readonly count: number; readonly rows: readonly TieOutRecordRow[] };
  /** How many records there are of each kind, listed or not. */
  readonly counts: Readonly<Partial<Record<TieOutKind, number>>>;
  /** The weightiest first; what is explained is counted in full and listed up to a limit. */
  readonly named: readonly TieOutRecordRow[];
}

export interface BeforeCutOverView {
  /** ISO date: the first day that is kept. */
  readonly date: string;
  readonly leftOut: { readonly count: number; readonly totals: readonly AmountView[] };
  /** Of documents whose open balance was brought in: what had been paid of them before, which the ledger does not have. */
  readonly settledOfBroughtIn: { readonly count: number; readonly totals: readonly AmountView[] };
}

/** Records that agree over records that should: docs/decisions/0013-tie-out.md has the formula. */
export interface ScoreView {
  readonly agreeing: number;
  readonly expected: number;
  /** Percent with two decimals, rounded down, so that 100.00 means all; null where nothing should agree yet. */
  readonly percent: string | null;
}

export interface TieOutTypeLine {
  readonly recordType: RecordType;
  readonly currency: string | null;
  readonly source: TieOutSum;
  readonly ledger: TieOutSum;
  readonly excluded: TieOutSum;
  readonly exceptions: TieOutSum;
  readonly waiting: TieOutSum;
  readonly accepted: TieOutSum;
  readonly discrepancies: TieOutSum;
}

export interface TieOutSum {
  readonly count: number;
  /** Null for contacts and items, which carry no amount. */
  readonly total: AmountView | null;
}

export interface TieOutRecordRow {
  readonly findingId: string;
  readonly recordType: RecordType;
  readonly kind: TieOutKind;
  readonly number: string;
  readonly label: string;
  readonly date: string | null;
  readonly amount: AmountView | null;
  /** Why, in a plain sentence. */
  readonly sentence: string;
  readonly fields: readonly FieldDifference[];
  /** When the ledger's change was first read; null where the ledger has shown the same since it was first read. */
  readonly changedSince: string | null;
  readonly accepted: { readonly by: string; readonly at: string; readonly why: string } | null;
}

/** A row of the page: with the one action, and the way to the record where its program has a page for it. */
export interface TieOutFindingView extends TieOutRecordRow {
  /** Id of the record in the source; empty where it has none. */
  readonly sourceExternalId: string;
  readonly action: TieOutAction;
  readonly ledgerUrl: string | null;
  readonly mayAccept: boolean;
}

/** A page by key: `next` is the key of the page after it, null on the last. */
export interface TieOutFindingPage {
  readonly rows: readonly TieOutFindingView[];
  readonly next: string | null;
}

/** What figures can be listed by. */
export const FIGURE_DIMENSIONS = [
  "month",
  "monthTax",
  "tax",
  "account",
  "contact",
  "day",
  "currency",
  "tracking",
] as const;
export type FigureDimension = (typeof FIGURE_DIMENSIONS)[number];

/** As keys run, the other way round, or the largest difference first. */
export const FIGURE_SORTS = ["key", "latest", "gap"] as const;
export type FigureSort = (typeof FIGURE_SORTS)[number];

export interface FigureSide {
  readonly count: number;
  readonly net: AmountView;
  readonly tax: AmountView;
}

export interface TieOutFigure {
  readonly recordType: RecordType;
  /** "2026-07", "2026-07 20", "2026-07-12", an account's key, a contact's id, a rate. */
  readonly key: string;
  readonly label: string;
  readonly currency: string;
  readonly source: FigureSide;
  readonly ledger: FigureSide;
  readonly difference: AmountView;
}

export interface TieOutFigurePage {
  readonly rows: readonly TieOutFigure[];
  readonly next: string | null;
}

/** A past tie-out, for the trend. */
export interface TieOutPoint {
  readonly asOf: string;
  readonly discrepancies: number;
  readonly score: ScoreView;
}

export interface MonthCloseView {
  readonly month: string;
  readonly closed: {
    readonly at: string;
    readonly by: string;
    readonly discrepancies: number;
    readonly waiting: number;
  } | null;
  /** Discrepancies of this month in the newest tie-out. */
  readonly discrepancies: number;
  readonly waiting: number;
  /** What changed on either side since it was closed. */
  readonly changes: number;
}

export interface MonthChangeView {
  readonly changeId: string;
  readonly side: "source" | "ledger";
  readonly what: "added" | "changed" | "gone";
  readonly recordType: RecordType;
  readonly number: string;
  readonly label: string;
  readonly noticedAt: string;
  readonly fields: readonly {
    readonly field: TieOutField;
    readonly before: string;
    readonly after: string;
  }[];
}

export interface MonthChangePage {
  readonly rows: readonly MonthChangeView[];
  readonly next: string | null;
}
