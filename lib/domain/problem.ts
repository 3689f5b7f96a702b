/** Why a record cannot be posted. The sentence and remedy of each cause stand in lib/sync/sentences.ts. */
export interface Problem {
  readonly cause: ProblemCause;
  /** What the cause is about, for example the currency or account code; groups exceptions. */
  readonly subject: string;
  /** The vendor's own words where it was the vendor who refused. */
  readonly vendorMessage: string | null;
}

export const PROBLEM_CAUSES = [
  "currencyNotEnabled",
  "journalInForeignCurrency",
  "accountNotMapped",
  "accountNotUsable",
  "accountCurrencyDiffers",
  "accountTakesNoPayments",
  "taxNotMapped",
  "taxNotAllowedForAccount",
  "nameTooLong",
  "nameTaken",
  "contactArchived",
  "contactMissing",
  "contactNotPosted",
  "itemCodeUnusable",
  "documentNotPosted",
  "documentNotOpen",
  "documentBeforeCutOver",
  "numberTaken",
  "possibleTwin",
  "periodLocked",
  "planLimit",
  "amountTooLarge",
  "totalsDiffer",
  "negativeTotal",
  "paymentAccountNotMapped",
  "changedAfterPosting",
  "conflict",
  "goneInSource",
  "goneInLedger",
  "goneInTarget",
  "paymentShared",
  "settledSince",
  "settledLocked",
  "reversalRefused",
  "answerDiffers",
  "unanswered",
  "needsApproval",
  "approvalDeclined",
  "refused",
] as const;
export type ProblemCause = (typeof PROBLEM_CAUSES)[number];

export const problem = (
  cause: ProblemCause,
  subject: string,
  vendorMessage: string | null = null,
): Problem => ({
  cause,
  subject,
  vendorMessage,
});
