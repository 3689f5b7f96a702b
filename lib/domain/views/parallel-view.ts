import type { RecordGroup, RecordType } from "../record-type";
import type { AmountView } from "./amount";

export type FlowState = "off" | "previewOnly" | "live" | "paused";

/** A parallel run and its diary, and what each kind of record does, as their page shows them. */
export interface ParallelView {
  readonly sourceName: string;
  readonly ledgerName: string;
  /** Null outside a parallel run. */
  readonly since: string | null;
  /** True where the pair has posted before or was told to. */
  readonly isLive: boolean;
  readonly isPaused: boolean;
  /** The first look since which nothing needed a person and nothing differed; null where the last one did. */
  readonly trustedSince: string | null;
  readonly nextRunAt: string | null;
  readonly flows: readonly FlowGroupView[];
  /** Newest first, at most sixty. */
  readonly entries: readonly DiaryEntryView[];
}

export interface FlowGroupView {
  readonly group: RecordGroup;
  readonly recordTypes: readonly RecordType[];
  /** Null where the kinds of the group differ. */
  readonly state: FlowState | null;
}

export interface DiaryEntryView {
  readonly runId: string;
  readonly at: string;
  readonly isClean: boolean;
  readonly wouldPost: readonly {
    readonly recordType: RecordType;
    readonly count: number;
    readonly total: AmountView | null;
  }[];
  readonly alreadyThere: number;
  readonly leftOut: number;
  readonly needYou: number;
  readonly differing: number;
  /** Debits of the journal that it would have made. */
  readonly debit: AmountView;
  /** False where the records of that preview are no longer kept. */
  readonly hasRecords: boolean;
}
