import type { RecordType } from "../record-type";
import type { AmountView } from "./amount";
import type { FieldChange } from "./run-view";

/** One record of the source with all that Tieout knows and did about it. */
export interface RecordView {
  readonly recordType: RecordType;
  readonly number: string;
  readonly label: string;
  readonly amount: AmountView | null;
  /** ISO date; null for a record without one. */
  readonly date: string | null;
  readonly names: { readonly source: string; readonly ledger: string };
  readonly standing: RecordStanding;
  readonly sourceLink: string | null;
  readonly ledgerLink: string | null;
  /** `before` is the ledger's, `after` the source's as it would be posted; empty where the ledger has none. */
  readonly sides: readonly FieldChange[];
  /** Newest first, at most the newest hundred of each kind. */
  readonly history: readonly RecordEvent[];
}

export interface RecordStanding {
  readonly state: "agrees" | "differs" | "waiting" | "needsYou" | "leftOut";
  /** A sentence. */
  readonly words: string;
  /** The open exception to look at; else null. */
  readonly exceptionId: string | null;
}

export interface RecordEvent {
  /** ISO instant. */
  readonly at: string;
  readonly kind: "read" | "written" | "refused" | "linked" | "changed" | "stopped" | "decided";
  readonly title: string;
  /** A sentence more; empty where there is none. */
  readonly detail: string;
  readonly runId: string | null;
  /** What was sent, field by field, against what was sent before; empty where nothing was. */
  readonly fields: readonly FieldChange[];
}
