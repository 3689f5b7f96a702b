import type { RecordType } from "../record-type";
import type { AmountView } from "./amount";
import type { ApprovalState } from "./run-view";

/** What waits for a second person in a workspace, and what was decided last. */
export interface ApprovalsView {
  readonly policy: ApprovalPolicyView;
  /** Why the person who looks may not decide on anything, with the remedy; null where they may. */
  readonly refusal: string | null;
  readonly waiting: readonly ApprovalRow[];
  readonly waitingCount: number;
  readonly decided: readonly ApprovalRow[];
}

export interface ApprovalPolicyView {
  readonly currency: string;
  /** Decimal text; null: nothing is asked. */
  readonly perRecord: string | null;
  readonly perRun: string | null;
  readonly meanwhile: "postTheRest" | "waitForAll";
  /** Last day of the filed tax periods; null where nobody said. */
  readonly taxFiledTo: string | null;
}

export interface ApprovalRow {
  readonly approvalId: string;
  readonly runId: string;
  /** Null for a whole run. */
  readonly recordType: RecordType | null;
  readonly number: string;
  readonly label: string;
  readonly amount: AmountView | null;
  /** In base currency, where the amount is in another. */
  readonly base: AmountView | null;
  readonly state: ApprovalState;
  readonly requestedAt: string;
  readonly decidedAt: string | null;
  readonly decidedBy: string | null;
  readonly note: string;
  /** Why the person who looks may not decide on this one; null where they may. */
  readonly refusal: string | null;
}

/** What the form of the posting rules sends. Amounts as decimal text in base currency, empty for none. */
export interface PostingRules {
  readonly perRecord: string;
  readonly perRun: string;
  readonly meanwhile: "postTheRest" | "waitForAll";
  readonly taxFiledTo: string;
}
