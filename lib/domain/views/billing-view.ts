import type { AmountView } from "./amount";

/** What Tieout costs, as anybody may see it. */
export interface PlanView {
  readonly monthly: AmountView;
  /** For each pair, charged once a year. */
  readonly yearly: AmountView;
  /** Days after the first payment in which it is given back to whoever asks. */
  readonly refundDays: number;
  /** Days that posting goes on while a renewal is owed. */
  readonly graceDays: number;
  /** Days after the end in which the connections are kept. */
  readonly keptDays: number;
  readonly pairsMax: number;
}

export type PlanStatus = "none" | "starting" | "trial" | "active" | "owed" | "stopped" | "resting" | "ended";

export interface PlanStatusView {
  readonly kind: PlanStatus;
  /** Null where it does not renew. */
  readonly renewsAt: string | null;
  /** When a cancelled plan ends; null where it renews. */
  readonly endsAt: string | null;
  readonly endedAt: string | null;
  /** Until when posting goes on though a payment is owed. */
  readonly graceUntil: string | null;
  /** When the connections are given back. */
  readonly releaseAt: string | null;
}

export interface ChargeView {
  readonly at: string;
  readonly amount: AmountView;
}

export interface ReceiptView {
  readonly number: string;
  readonly status: "open" | "paid" | "void" | "uncollectible";
  readonly at: string;
  readonly amount: AmountView;
  readonly refunded: AmountView | null;
  /** At Stripe. */
  readonly url: string | null;
}

/** The plan of a workspace. */
export interface BillingView {
  readonly plan: PlanView;
  /** False where this installation has no Stripe account and asks nobody for a plan. */
  readonly isSetUp: boolean;
  readonly isCustomer: boolean;
  /** True where Stripe did not answer and the receipts are missing. */
  readonly isStale: boolean;
  readonly status: PlanStatusView;
  /** Pairs that are paid for. */
  readonly pairs: number;
  /** Pairs between real organisations. */
  readonly productionPairs: number;
  readonly next: ChargeView | null;
  readonly receipts: readonly ReceiptView[];
}

/** What every page says while something is owed or over. */
export interface BillingNoticeView {
  readonly status: PlanStatusView;
  /** True once the connections were given back. */
  readonly isReleased: boolean;
}
