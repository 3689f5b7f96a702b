import type { RecordGroup } from "../record-type";

/**
 * The set-up as a list of questions, each with the choices that are allowed and a suggestion that a person confirms.
 * Nothing is chosen silently: `chosen` is null until someone did.
 */
export interface SetupView {
  /** What still has to be connected before questions can be asked. */
  readonly missing: readonly ("ledger" | "source")[];
  /** Absent until both sides are connected. */
  readonly pairId?: string;
  readonly sourceName: string | null;
  readonly ledgerName: string | null;
  /** A sentence when the two cannot be paired (different base currencies), else null. */
  readonly refusal: string | null;
  /** Why a side cannot be read just now, in a sentence; absent where both were. */
  readonly unread?: string;
  readonly confirmed: boolean;
  readonly documentStatus: {
    readonly chosen: DocumentStatusChoice | null;
    readonly suggested: DocumentStatusChoice;
  };
  /** What is kept in step, by group; absent until both sides are connected. Contacts and items always are. */
  readonly kept?: readonly KeptGroup[];
  /** From which day on the ledger is kept; absent until both sides are connected. */
  readonly cutOver?: CutOverView;
  readonly sections: readonly SetupSection[];
}

export interface KeptGroup {
  readonly group: Exclude<RecordGroup, "parties">;
  readonly isKept: boolean;
  /** False while it is only read and shown, or paused. */
  readonly isLive: boolean;
}

/** What is kept in step, before anything else is asked. */
export interface KeptView {
  readonly sourceLabel: string;
  readonly ledgerLabel: string;
  readonly kept: readonly KeptGroup[];
}

export interface CutOverView {
  /** Null where everything is posted, however old. */
  readonly chosen: CutOverChoice | null;
  /** Accounts that opening balances can be booked against. */
  readonly accounts: readonly { readonly key: string; readonly label: string }[];
  /** What posting from a day on takes, the whole of it first; empty until the source was read once. */
  readonly history: readonly HistoryEstimate[];
  /** True while the source is being read for that. */
  readonly isCounting: boolean;
}

/** Where the ledger begins, as the form sends it. */
export interface CutOverChoice {
  /** ISO date: the first day that is kept. */
  readonly date: string;
  readonly openDocuments: "match" | "bringIn";
  readonly openingAccountKey: string | null;
}

export interface HistoryEstimate {
  /** ISO date from which on; null for all there is. */
  readonly from: string | null;
  /** Dated records that are not in the ledger yet. */
  readonly records: number;
  /** Calls that posting them takes. */
  readonly calls: number;
  /** Whole seconds at the ledger's own limits, as things stand. */
  readonly seconds: number;
}

export type DocumentStatusChoice = "draft" | "approved";

export type SetupKind = "account" | "tax" | "paymentAccount" | "rounding" | "tracking";

export interface SetupSection {
  readonly kind: SetupKind;
  readonly title: string;
  readonly explanation: string;
  readonly questions: readonly SetupQuestion[];
}

export interface SetupQuestion {
  readonly kind: SetupKind;
  /** Key in the source, for example the account id there. */
  readonly sourceKey: string;
  readonly sourceLabel: string;
  /** A short hint, for example "used on sales lines" or "20 %". */
  readonly hint: string;
  readonly options: readonly { readonly key: string; readonly label: string }[];
  readonly suggestedKey: string | null;
  /** Why that one is suggested; null without a suggestion. */
  readonly suggestedBecause: string | null;
  readonly chosenKey: string | null;
  /** True where leaving it empty is an answer (tracking that nobody wants to keep). */
  readonly optional: boolean;
}

/** What the form sends: one entry a question, and the status of new documents. */
export interface SetupChoices {
  readonly documentStatus: DocumentStatusChoice;
  /** Left as it is where absent. */
  readonly cutOver?: CutOverChoice | null;
  readonly choices: readonly {
    readonly kind: SetupKind;
    readonly sourceKey: string;
    readonly targetKey: string | null;
  }[];
}
