import type { OverrideField } from "../record-override";
import type { RecordType } from "../record-type";
import type { AmountView } from "./amount";

export type ExceptionState = "open" | "dismissed";

export const EXCEPTION_SORTS = ["age", "amount", "type"] as const;
export type ExceptionSort = (typeof EXCEPTION_SORTS)[number];

/** Which exceptions a list shows or an action is about: all that agree with every part that is given. */
export interface ExceptionFilter {
  readonly exceptionIds?: readonly string[];
  /** Key of a group, as its view has it. */
  readonly group?: string;
  readonly recordType?: RecordType;
  /** Part of a number, a name, or of what the ledger said. */
  readonly search?: string;
}

/** One page of groups, and how many exceptions there are in all, whatever the filter. */
export interface ExceptionsView {
  readonly open: number;
  readonly dismissed: number;
  /** Kinds of record among those of the state that is shown. */
  readonly recordTypes: readonly RecordType[];
  readonly groups: readonly ExceptionGroupView[];
  /** Pass as `after` for the next page; null on the last. */
  readonly next: string | null;
  readonly names: { readonly source: string; readonly ledger: string };
}

/** Exceptions of one cause and subject, since one remedy helps them all. */
export interface ExceptionGroupView {
  readonly key: string;
  readonly cause: string;
  readonly subject: string;
  /** "Each of 12 records is in SEK, and Xero is not set up for SEK." */
  readonly message: string;
  /** "Add SEK in Xero under Settings, Currencies, then sync again." */
  readonly remedy: string;
  /** Where the remedy is made, when there is one place: a page of ours or of the vendor. */
  readonly action: { readonly label: string; readonly href: string } | null;
  /** What is to be chosen once for all of them, in place; null where the cause is no missing choice. */
  readonly choice: ExceptionChoiceView | null;
  /** True where they can be posted on the first day after the lock. */
  readonly canMoveToOpenDay: boolean;
  /** The first few. */
  readonly rows: readonly ExceptionRow[];
  readonly total: number;
}

export interface ExceptionChoiceView {
  readonly label: string;
  readonly options: readonly ChoiceOption[];
  readonly suggestedKey: string | null;
}

export interface ChoiceOption {
  readonly key: string;
  readonly label: string;
}

export interface ExceptionRow {
  readonly exceptionId: string;
  readonly recordType: RecordType;
  readonly sourceExternalId: string;
  readonly number: string;
  readonly label: string;
  readonly amount: AmountView | null;
  readonly cause: string;
  readonly message: string;
  readonly remedy: string;
  readonly vendorMessage: string | null;
  /** How often the ledger was asked; 0 where it was seen beforehand. */
  readonly attempts: number;
  readonly since: string;
  readonly isAskedAgain: boolean;
  readonly dismissal: { readonly reason: string; readonly by: string; readonly at: string } | null;
}

export interface ExceptionRows {
  readonly rows: readonly ExceptionRow[];
  /** Pass as `after` for the next page; null on the last. */
  readonly next: string | null;
  readonly total: number;
}

/** One exception with everything that is known of it, and what a person may change of its record. */
export interface ExceptionDetailView extends ExceptionRow {
  readonly state: ExceptionState;
  readonly group: string;
  readonly names: { readonly source: string; readonly ledger: string };
  readonly action: ExceptionGroupView["action"];
  readonly canMoveToOpenDay: boolean;
  /** What was sent and what came back, as indented text; null where nothing was sent. */
  readonly exchange: ExchangeView | null;
  /** Empty where nothing of the record can be changed here. */
  readonly fields: readonly CorrectableField[];
  /** Address of the ledger record that it is already; null where it is not posted. */
  readonly ledgerLink: string | null;
}

export interface ExchangeView {
  readonly call: string;
  readonly sent: string;
  readonly answer: string;
  readonly vendorRequestId: string | null;
}

/** A field of one record that a person may choose for it alone. */
export interface CorrectableField {
  readonly field: OverrideField;
  readonly sourceKey: string;
  readonly label: string;
  /** What the source says. */
  readonly sourceText: string;
  /** What it would be without a choice of one's own; empty where there is none. */
  readonly usual: string;
  /** What a person chose; empty where nobody did. */
  readonly chosen: string;
  readonly chosenLabel: string;
  /** Null where it is typed or looked up instead. */
  readonly options: readonly ChoiceOption[] | null;
}

export interface Correction {
  readonly field: OverrideField;
  readonly sourceKey: string;
  /** Empty takes the choice back. */
  readonly value: string;
}

/** What an action did, in a sentence for who pressed. */
export interface ExceptionOutcome {
  readonly message: string;
  /** The preview to look at; null where nothing has to be looked at. */
  readonly previewRunId: string | null;
}
