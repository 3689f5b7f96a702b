/**
 * Payments and credits against invoices: keeps an invoice's paid and credited sums, and the lists that point
 * back, in step with the payments and credit notes themselves.
 */
import { type Decimal, decimal, decimalText } from "@/lib/kernel/decimal";
import { invariant } from "@/lib/kernel/invariant";
import { sum } from "./arithmetic";
import type { Books } from "./open-books";
import type { InvoiceHeader, StoredCreditNote, StoredInvoice, StoredPayment } from "./records";

/** What the customer still owes on an invoice. */
export function invoiceBalance(
  invoice: Pick<InvoiceHeader, "total" | "paid" | "credited" | "writtenOff">,
): Decimal {
  return decimal(invoice.total).minus(invoice.paid).minus(invoice.credited).minus(invoice.writtenOff);
}

/** What a credit note has left. */
export function creditBalance(note: { readonly total: string; readonly used: string }): Decimal {
  return decimal(note.total).minus(note.used);
}

/** What a payment has left: neither applied nor refunded. */
export function unusedAmount(payment: Pick<StoredPayment, "amount" | "applied" | "refunds">): Decimal {
  const used = [...payment.applied, ...(payment.refunds ?? [])];
  return decimal(payment.amount).minus(sum(used.map(({ amount }) => decimal(amount))));
}

/** Stores a payment (new, or in place of the one with this id) and settles its invoices. */
export function putPayment(books: Books, id: string, payment: StoredPayment): void {
  const previous = books.payments.get(id);
  if (previous !== undefined) releasePayment(books, id, previous, payment.modified);
  books.payments.put(id, payment);
  for (const { invoiceId, amount } of payment.applied)
    changeInvoice(books, invoiceId, payment.modified, (invoice) => ({
      ...invoice,
      paid: decimalText(decimal(invoice.paid).plus(amount)),
      paymentIds: invoice.paymentIds.includes(id) ? invoice.paymentIds : [...invoice.paymentIds, id],
      lastPaymentDate: laterOf(payment.date, invoice.lastPaymentDate),
    }));
}

/** Deletes a payment; its invoices are owed again. */
export function deletePayment(books: Books, id: string, modified: string): void {
  const payment = books.payments.get(id);
  if (payment === undefined) return;
  releasePayment(books, id, payment, modified);
  books.payments.delete(id);
}

function releasePayment(books: Books, id: string, payment: StoredPayment, modified: string): void {
  for (const { invoiceId, amount } of payment.applied)
    changeInvoice(books, invoiceId, modified, (invoice) => ({
      ...invoice,
      paid: decimalText(decimal(invoice.paid).minus(amount)),
      paymentIds: invoice.paymentIds.filter((paymentId) => paymentId !== id),
    }));
}

/** Sets part of a credit note against invoices. The caller has checked both balances. */
export function applyCredits(
  books: Books,
  creditNoteId: string,
  credits: readonly { readonly invoiceId: string; readonly amount: string }[],
  date: string,
  modified: string,
): void {
  changeCreditNote(books, creditNoteId, modified, (note) => ({
    ...note,
    credits: [
      ...note.credits,
      ...credits.map(({ invoiceId, amount }) => ({ id: books.nextId(), invoiceId, amount, date })),
    ],
  }));
  for (const { invoiceId, amount } of credits)
    changeInvoice(books, invoiceId, modified, (invoice) => ({
      ...invoice,
      credited: decimalText(decimal(invoice.credited).plus(amount)),
      creditNoteIds: [...invoice.creditNoteIds.filter((id) => id !== creditNoteId), creditNoteId],
    }));
}

/** Takes one applied credit back; false when the note has none with this id. */
export function removeCredit(
  books: Books,
  creditNoteId: string,
  creditId: string,
  modified: string,
): boolean {
  const credit = books.creditNotes.get(creditNoteId)?.credits.find(({ id }) => id === creditId);
  if (credit === undefined) return false;
  changeCreditNote(books, creditNoteId, modified, (note) => ({
    ...note,
    credits: note.credits.filter(({ id }) => id !== creditId),
  }));
  changeInvoice(books, credit.invoiceId, modified, (invoice) => ({
    ...invoice,
    credited: decimalText(decimal(invoice.credited).minus(credit.amount)),
    creditNoteIds: invoice.creditNoteIds.filter((id) => id !== creditNoteId),
  }));
  return true;
}

export function changeInvoice(
  books: Books,
  id: string,
  modified: string,
  change: (invoice: StoredInvoice) => StoredInvoice,
): void {
  const invoice = books.invoices.get(id);
  invariant(invoice !== undefined, `no invoice ${id}`);
  books.invoices.put(id, { ...change(invoice), modified });
}

export function changeCreditNote(
  books: Books,
  id: string,
  modified: string,
  change: (note: StoredCreditNote) => StoredCreditNote,
): void {
  const note = books.creditNotes.get(id);
  invariant(note !== undefined, `no credit note ${id}`);
  books.creditNotes.put(id, { ...change(note), modified });
}

/** Of two texts that sort by time. */
export function laterOf(first: string, second: string): string {
  return [first, second].sort()[1] ?? second;
}
