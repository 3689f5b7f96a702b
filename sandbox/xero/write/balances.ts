/**
 * What is due on an invoice and left of a credit, always counted anew from payments and allocations, with
 * the status that follows: PAID at nothing left, back to AUTHORISED when something is due again.
 */
import { add, compare, isZero, subtract } from "../amounts";
import type { Books } from "../books";
import type { CreditNote, DocumentStatus, Invoice, UnappliedCredit } from "../records";

/** Payments (not deleted) of a document, added up, and the day of the latest. */
export function paidOn(books: Books, targetId: string): { amount: string; lastDay: string | null } {
  const amounts: string[] = [];
  let lastDay: string | null = null;
  for (const id of books.payments.by("target", targetId)) {
    const head = books.payments.head(id);
    if (head === undefined || head.status === "DELETED") continue;
    amounts.push(head.amount);
    if (lastDay === null || head.date > lastDay) lastDay = head.date;
  }
  return { amount: add(...amounts), lastDay };
}

function allocated(
  books: Books,
  index: "invoice" | "source",
  id: string,
): { amount: string; lastDay: string | null } {
  const amounts: string[] = [];
  let lastDay: string | null = null;
  for (const allocationId of books.allocations.by(index, id)) {
    const head = books.allocations.head(allocationId);
    if (head === undefined) continue;
    amounts.push(head.amount);
    if (lastDay === null || head.date > lastDay) lastDay = head.date;
  }
  return { amount: add(...amounts), lastDay };
}

/** The day of the last payment or allocation, or of the document itself when it needed neither. */
function settledOn(document: { date: string }, ...days: readonly (string | null)[]): string {
  const known = days.filter((day) => day !== null).sort();
  return known.at(-1) ?? document.date;
}

/** The invoice with its balance and status counted anew; not yet kept. */
export function balancedInvoice(books: Books, invoice: Invoice): Invoice {
  const paid = paidOn(books, invoice.id);
  const credited = allocated(books, "invoice", invoice.id);
  const isClosed = invoice.status === "VOIDED" || invoice.status === "DELETED";
  const amountDue = isClosed ? "0" : subtract(invoice.total, paid.amount, credited.amount);
  const status = settledStatus(invoice.status, amountDue);
  return {
    ...invoice,
    amountPaid: paid.amount,
    amountCredited: credited.amount,
    amountDue,
    status,
    fullyPaidOn: status === "PAID" ? settledOn(invoice, paid.lastDay, credited.lastDay) : null,
  };
}

/** The credit note with what is left of it counted anew; not yet kept. */
export function balancedCreditNote(books: Books, note: CreditNote): CreditNote {
  const paid = paidOn(books, note.id);
  const used = allocated(books, "source", note.id);
  const isClosed = note.status === "VOIDED" || note.status === "DELETED";
  const remainingCredit = isClosed ? "0" : subtract(note.total, paid.amount, used.amount);
  const status = settledStatus(note.status, remainingCredit);
  return {
    ...note,
    remainingCredit,
    status,
    fullyPaidOn: status === "PAID" ? settledOn(note, paid.lastDay, used.lastDay) : null,
  };
}

/** The overpayment or prepayment with what is left of it counted anew; not yet kept. */
export function balancedCredit(books: Books, credit: UnappliedCredit): UnappliedCredit {
  if (credit.status === "VOIDED") return { ...credit, remainingCredit: "0" };
  const used = add(allocated(books, "source", credit.id).amount, paidOn(books, credit.id).amount);
  const remainingCredit = subtract(credit.total, used);
  return { ...credit, remainingCredit, status: isZero(remainingCredit) ? "PAID" : "AUTHORISED" };
}

function settledStatus(status: DocumentStatus, left: string): DocumentStatus {
  if (status === "AUTHORISED" && isZero(left)) return "PAID";
  if (status === "PAID" && compare(left, "0") !== 0) return "AUTHORISED";
  return status;
}

/** Counts the document behind a payment or allocation anew and keeps it, with a new update time. */
export function rebalance(
  books: Books,
  target: { kind: "invoice" | "creditNote" | "overpayment" | "prepayment"; id: string },
): void {
  const updatedMs = books.now();
  if (target.kind === "invoice") {
    const invoice = books.invoices.get(target.id);
    if (invoice !== undefined) books.invoices.put({ ...balancedInvoice(books, invoice), updatedMs });
  } else if (target.kind === "creditNote") {
    const note = books.creditNotes.get(target.id);
    if (note !== undefined) books.creditNotes.put({ ...balancedCreditNote(books, note), updatedMs });
  } else {
    const credits = target.kind === "overpayment" ? books.overpayments : books.prepayments;
    const credit = credits.get(target.id);
    if (credit !== undefined) credits.put({ ...balancedCredit(books, credit), updatedMs });
  }
}
