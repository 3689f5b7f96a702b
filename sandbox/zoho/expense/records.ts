/** What the simulated Zoho Expense keeps. Totals of reports are sums over their expenses and kept nowhere. */
import type { Stamped } from "../books/records";

export interface StoredCategory extends Stamped {
  readonly name: string;
  readonly code: string;
  readonly description: string;
  readonly active: boolean;
}

export type ReportState = "draft" | "submitted" | "approved" | "rejected" | "reimbursed";

export interface StoredReport extends Stamped {
  readonly number: string;
  readonly name: string;
  readonly description: string;
  readonly purpose: string;
  readonly state: ReportState;
  readonly userId: string;
  readonly startDate: string;
  readonly endDate: string;
  readonly customerId: string;
  readonly projectId: string;
  readonly expenseIds: readonly string[];
  /** Dates of its steps; "" until then. */
  readonly submitted: string;
  readonly approved: string;
  readonly reimbursed: string;
  readonly history: readonly { readonly time: string; readonly step: string; readonly comments: string }[];
}

export interface StoredClaim extends Stamped {
  readonly date: string;
  readonly userId: string;
  readonly currencyCode: string;
  readonly exchangeRate: string;
  readonly merchant: string;
  readonly reference: string;
  readonly description: string;
  readonly reimbursable: boolean;
  readonly billable: boolean;
  readonly inclusive: boolean;
  readonly customerId: string;
  readonly projectId: string;
  readonly lines: readonly StoredClaimLine[];
  /** "" while it is in no report. */
  readonly reportId: string;
}

export interface StoredClaimLine {
  readonly id: string;
  readonly categoryId: string;
  readonly description: string;
  /** As entered: with tax where the expense is inclusive. */
  readonly amount: string;
  readonly taxId: string;
  readonly taxAmount: string;
}

export interface StoredReceipt {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly base64: string;
}

export interface StoredProject extends Stamped {
  readonly name: string;
  readonly customerId: string;
  readonly active: boolean;
}
