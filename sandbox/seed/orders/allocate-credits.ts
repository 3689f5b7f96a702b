/**
 * Which invoice each credit note is set against: the latest earlier invoice of the same customer that still
 * has something due and holds every stock code of the note, capped at that amount. What is left stays credit.
 */
import { Decimal } from "@/lib/kernel/decimal";

/** A document reduced to what allocation and payments need. */
export interface DocumentOutline {
  readonly id: string;
  readonly kind: "invoice" | "creditNote";
  readonly number: string;
  readonly customerId: string;
  /** Sorts by time: "2010-12-01 08:26:00". */
  readonly time: string;
  readonly total: Decimal;
  /** Numbers standing for stock codes, ascending, each once. */
  readonly codes: Int32Array;
}

export interface CreditAllocation {
  readonly creditNoteId: string;
  readonly invoiceId: string;
  readonly amount: Decimal;
  /** The note's date. */
  readonly date: string;
}

/** Allocations in order of time. Outlines may come in any order; equal times keep the order given. */
export function allocateCredits(outlines: readonly DocumentOutline[]): CreditAllocation[] {
  const earlier = new Map<string, DocumentOutline[]>();
  const due = new Map<string, Decimal>();
  const allocations: CreditAllocation[] = [];
  for (const outline of inOrderOfTime(outlines)) {
    const invoices = earlier.get(outline.customerId) ?? [];
    earlier.set(outline.customerId, invoices);
    if (outline.kind === "invoice") {
      invoices.push(outline);
      due.set(outline.id, outline.total);
      continue;
    }
    const match = invoices.findLast(
      (invoice) =>
        invoice.time < outline.time &&
        (due.get(invoice.id) ?? ZERO).greaterThan(0) &&
        holdsAll(invoice.codes, outline.codes),
    );
    if (match === undefined || !outline.total.greaterThan(0)) continue;
    const amountDue = due.get(match.id) ?? ZERO;
    const amount = Decimal.min(outline.total, amountDue);
    due.set(match.id, amountDue.minus(amount));
    allocations.push({
      creditNoteId: outline.id,
      invoiceId: match.id,
      amount,
      date: outline.time.slice(0, 10),
    });
  }
  return allocations;
}

const ZERO = new Decimal(0);

export function inOrderOfTime(outlines: readonly DocumentOutline[]): DocumentOutline[] {
  return [...outlines].sort((first, second) =>
    first.time < second.time ? -1 : first.time > second.time ? 1 : 0,
  );
}

/** Whether every number of `needed` is in `held`; both ascend. */
function holdsAll(held: Int32Array, needed: Int32Array): boolean {
  let position = 0;
  for (const code of needed) {
    while (position < held.length && (held[position] ?? 0) < code) position += 1;
    if (held[position] !== code) return false;
  }
  return true;
}
