/**
 * Putting a credit (credit note, overpayment, prepayment) against an invoice of the same side, and taking it
 * off again. Never more than the credit has left or the invoice has due.
 */
import { err, ok, type Result } from "@/lib/kernel/result";
import { compare, ZERO } from "../amounts";
import type { Books } from "../books";
import { dayOf } from "../dates";
import type { Allocation, Invoice } from "../records";
import { rebalance } from "./balances";
import type { AllocationInput } from "./input";
import { findInvoiceByNumber } from "./invoices";
import { lockedOn } from "./reference";

export type CreditSource = Allocation["source"];

interface Credit {
  readonly isOpen: boolean;
  readonly left: string;
  readonly currency: string;
  readonly contactId: string;
  readonly settles: Invoice["type"];
}

/** Allocates part of a credit to one invoice; answers the allocation's id. */
export function writeAllocation(
  books: Books,
  source: CreditSource,
  input: AllocationInput,
): Result<string, readonly string[]> {
  const credit = findCredit(books, source);
  if (credit === null) return err(["The credit to be allocated could not be found."]);
  const ref = input.Invoice;
  const invoiceId =
    ref?.InvoiceID?.toLowerCase() ??
    (ref?.InvoiceNumber ? findInvoiceByNumber(books, ref.InvoiceNumber) : undefined);
  const invoice = invoiceId === undefined ? undefined : books.invoices.get(invoiceId);
  if (invoice === undefined) return err(["The invoice to be allocated to could not be found."]);
  const amount = input.Amount ?? input.AppliedAmount ?? ZERO;
  const date = input.Date ?? dayOf(books.now());
  const problems = problemsOf(books, credit, invoice, amount);
  const locked = lockedOn(books, date);
  if (locked !== null) problems.push(locked);
  if (problems.length > 0) return err(problems);
  const now = books.now();
  const allocation: Allocation = {
    id: books.newId(),
    createdMs: now,
    updatedMs: now,
    source,
    invoiceId: invoice.id,
    amount,
    date,
  };
  books.allocations.put(allocation);
  rebalance(books, source);
  rebalance(books, { kind: "invoice", id: invoice.id });
  return ok(allocation.id);
}

/** Takes an allocation of that credit off again; says whether there was one, or that its day is locked. */
export function removeAllocation(books: Books, source: CreditSource, id: string): Result<boolean, string> {
  const allocation = books.allocations.get(id);
  if (allocation === undefined || allocation.source.id !== source.id) return ok(false);
  const locked = lockedOn(books, allocation.date);
  if (locked !== null) return err(locked);
  books.allocations.delete(id);
  rebalance(books, source);
  rebalance(books, { kind: "invoice", id: allocation.invoiceId });
  return ok(true);
}

function findCredit(books: Books, source: CreditSource): Credit | null {
  if (source.kind === "creditNote") {
    const note = books.creditNotes.head(source.id);
    if (note === undefined) return null;
    return {
      isOpen: note.status === "AUTHORISED",
      left: note.remainingCredit,
      currency: note.currency,
      contactId: note.contactId,
      settles: note.type === "ACCRECCREDIT" ? "ACCREC" : "ACCPAY",
    };
  }
  const credit = (source.kind === "overpayment" ? books.overpayments : books.prepayments).head(source.id);
  if (credit === undefined) return null;
  return {
    isOpen: credit.status === "AUTHORISED",
    left: credit.remainingCredit,
    currency: credit.currency,
    contactId: credit.contactId,
    settles: credit.type.startsWith("RECEIVE") ? "ACCREC" : "ACCPAY",
  };
}

function problemsOf(books: Books, credit: Credit, invoice: Invoice, amount: string): string[] {
  if (!credit.isOpen) return ["Only an authorised credit with a remaining amount can be allocated."];
  if (invoice.status !== "AUTHORISED")
    return ["Credit can only be allocated to an authorised invoice with an amount due."];
  const problems: string[] = [];
  if (invoice.type !== credit.settles) problems.push("The credit and the invoice are of different sides.");
  if (invoice.currency !== credit.currency)
    problems.push("The credit and the invoice must be in the same currency.");
  if (invoice.contactId !== credit.contactId && books.switchPosition("xero.allocation-contact") === "same")
    problems.push("The credit and the invoice must be of the same contact.");
  if (compare(amount, ZERO) <= 0) problems.push("The amount to allocate must be greater than 0.");
  if (compare(amount, credit.left) > 0)
    problems.push("The amount to allocate exceeds the remaining credit of this document");
  if (compare(amount, invoice.amountDue) > 0)
    problems.push("The amount to allocate exceeds the amount due on the invoice");
  return problems;
}
