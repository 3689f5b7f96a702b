/**
 * What the price plan of an organisation allows: foreign currencies, and on the smallest plan a number of
 * approvals a month. The plan is a switch for all organisations (xero.plan), as nothing in the API changes it.
 * Approvals are counted by the month of sandbox time, and only while the plan has a cap.
 */
import type { Books } from "../books";
import { perBooks } from "../per-books";
import type { DocumentStatus, Invoice, Kept } from "../records";
import type { Table } from "../table";

interface ApprovalCount extends Kept {
  readonly count: number;
}

const approvals = perBooks<Table<ApprovalCount, ApprovalCount, never>>((books) =>
  books.table("approvals", (record: ApprovalCount) => record, {}),
);

const STARTER_APPROVALS_A_MONTH = { ACCREC: 20, ACCPAY: 5 } as const;
const APPROVED: ReadonlySet<string> = new Set<DocumentStatus>(["AUTHORISED", "PAID", "VOIDED"]);

export function planOf(books: Books): string {
  return books.switchPosition("xero.plan");
}

export function allowsForeignCurrencies(books: Books): boolean {
  return planOf(books) === "PREMIUM";
}

/** Whether the plan lets one more document of the type be approved this month. */
export function allowsApproval(books: Books, type: Invoice["type"]): boolean {
  if (planOf(books) !== "STARTER") return true;
  return countOf(books, type).count < STARTER_APPROVALS_A_MONTH[type];
}

/** Why a document cannot be approved under the plan, or null. */
export function approvalRefusal(
  books: Books,
  type: Invoice["type"],
  before: DocumentStatus | null,
  after: DocumentStatus,
): string | null {
  if (!isApproval(before, after) || allowsApproval(books, type)) return null;
  const noun = type === "ACCREC" ? "invoices" : "bills";
  return `The organisation's plan allows ${STARTER_APPROVALS_A_MONTH[type]} approved ${noun} a month, which has been reached.`;
}

/** Counts an approval that was just kept. */
export function countApproval(
  books: Books,
  type: Invoice["type"],
  before: DocumentStatus | null,
  after: DocumentStatus,
): void {
  if (planOf(books) !== "STARTER" || !isApproval(before, after)) return;
  const counted = countOf(books, type);
  approvals(books).put({ ...counted, count: counted.count + 1, updatedMs: books.now() });
}

function isApproval(before: DocumentStatus | null, after: DocumentStatus): boolean {
  return APPROVED.has(after) && (before === null || !APPROVED.has(before));
}

/** The month's count; at its first use the documents made this month that are approved already. */
function countOf(books: Books, type: Invoice["type"]): ApprovalCount {
  const now = books.now();
  const month = new Date(now).toISOString().slice(0, 7);
  const id = `${type} ${month}`;
  const kept = approvals(books).get(id);
  if (kept !== undefined) return kept;
  const monthStartMs = Date.parse(`${month}-01T00:00:00Z`);
  let count = 0;
  for (const [, head] of books.invoices.heads())
    if (head.type === type && head.createdMs >= monthStartMs && APPROVED.has(head.status)) count += 1;
  const counted: ApprovalCount = { id, createdMs: now, updatedMs: now, count };
  approvals(books).put(counted);
  return counted;
}
