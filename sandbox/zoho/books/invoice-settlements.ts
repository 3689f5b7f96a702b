/** What settles an invoice: the payments and credits listed under it, and setting a credit note against it. */
import { decimal } from "@/lib/kernel/decimal";
import { err, ok, type Result } from "@/lib/kernel/result";
import type { SandboxResponse } from "@/sandbox/kit/types";
import { amount, zonedDate } from "../wire/formats";
import {
  type BooksCall,
  CODE_NOT_ALLOWED,
  refuse,
  refuseMissing,
  refuseValue,
  succeed,
  succeedWriting,
} from "./answers";
import { creditsBody, parseInput } from "./input";
import { applyCredits, creditBalance, invoiceBalance } from "./settle";

export function listInvoicePayments(call: BooksCall): SandboxResponse {
  const [id = ""] = call.ids;
  const invoice = call.books.invoices.get(id);
  if (invoice === undefined) return refuseMissing(call.context, "Invoice");
  const payments = invoice.paymentIds.flatMap((paymentId) => {
    const payment = call.books.payments.get(paymentId);
    return (payment?.applied ?? [])
      .filter(({ invoiceId }) => invoiceId === id)
      .map((applied) => ({
        payment_id: paymentId,
        payment_number: payment?.number ?? "",
        invoice_id: id,
        invoice_payment_id: applied.id,
        payment_mode: payment?.mode ?? "",
        description: payment?.description ?? "",
        date: payment?.date ?? "",
        reference_number: payment?.reference ?? "",
        exchange_rate: amount(payment?.exchangeRate ?? "1"),
        amount: amount(applied.amount),
        tax_amount_withheld: 0,
        is_single_invoice_payment: payment?.applied.length === 1,
      }));
  });
  return succeed({ payments });
}

export function listCreditsApplied(call: BooksCall): SandboxResponse {
  const [id = ""] = call.ids;
  const invoice = call.books.invoices.get(id);
  if (invoice === undefined) return refuseMissing(call.context, "Invoice");
  const credits = invoice.creditNoteIds.flatMap((creditNoteId) => {
    const note = call.books.creditNotes.get(creditNoteId);
    return (note?.credits ?? [])
      .filter(({ invoiceId }) => invoiceId === id)
      .map((credit) => ({
        creditnote_id: creditNoteId,
        creditnotes_invoice_id: credit.id,
        creditnotes_number: note?.number ?? "",
        credited_date: credit.date,
        amount_applied: amount(credit.amount),
      }));
  });
  return succeed({ credits });
}

/** POST /creditnotes/{id}/invoices: sets the note against invoices of its customer. */
export function creditInvoices(call: BooksCall): SandboxResponse {
  const [id = ""] = call.ids;
  const note = call.books.creditNotes.head(id);
  if (note === undefined) return refuseMissing(call.context, "Credit Note");
  const body = parseInput(creditsBody, call.input);
  if (!body.ok) return refuseValue(body.error);
  const credits = body.value.invoices.map(({ invoice_id, amount_applied }) => ({
    invoiceId: invoice_id,
    amount: amount_applied,
  }));
  const checked = checkShares(call, note.customerId, credits);
  if (!checked.ok) return checked.error;
  if (note.state !== "open" || checked.value.greaterThan(creditBalance(note)))
    return refuse(400, CODE_NOT_ALLOWED, "The amount applied is more than the credits available.");
  const now = call.books.stamp();
  applyCredits(call.books, id, credits, zonedDate(call.context.clock.now(), call.organization.timeZone), now);
  return succeedWriting({}, "Credits have been applied to the invoice(s).");
}

/** The sum of the shares, when each fits an open invoice of the customer. `freed` is paid back beforehand. */
export function checkShares(
  call: BooksCall,
  customerId: string,
  shares: readonly { readonly invoiceId: string; readonly amount: string }[],
  freed: ReadonlyMap<string, string> = new Map(),
): Result<ReturnType<typeof decimal>, SandboxResponse> {
  let total = decimal("0");
  for (const { invoiceId, amount: share } of shares) {
    const invoice = call.books.invoices.head(invoiceId);
    if (invoice === undefined || invoice.customerId !== customerId)
      return err(refuseMissing(call.context, "Invoice"));
    const owed = invoiceBalance(invoice).plus(freed.get(invoiceId) ?? "0");
    if (invoice.state !== "sent" || !decimal(share).greaterThan(0) || owed.lessThan(share))
      return err(
        refuse(400, CODE_NOT_ALLOWED, "The amount applied is more than the balance of the invoice."),
      );
    total = total.plus(share);
  }
  return ok(total);
}
