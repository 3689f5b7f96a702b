/**
 * What can be done to an invoice besides writing it: write-off and its cancelling, credits and excess payments
 * applied from the invoice's side, approval, mail that never leaves, and the same for many at once.
 */

import { z } from "zod";
import { decimal, decimalText } from "@/lib/kernel/decimal";
import type { SandboxResponse } from "@/sandbox/kit/types";
import { zonedDate } from "../../wire/formats";
import { type BooksCall, refuseMissing, refuseValue, succeedWriting } from "../answers";
import { address, figure, id, parseInput } from "../input";
import { checkShares } from "../invoice-settlements";
import { deleteInvoice, markInvoiceSent, voidInvoice } from "../invoices";
import type { StoredAddress, StoredInvoice } from "../records";
import { refuseLocked } from "../settings/transaction-locks";
import {
  applyCredits,
  changeInvoice,
  creditBalance,
  invoiceBalance,
  putPayment,
  removeCredit,
  unusedAmount,
} from "../settle";
import { documentAddress } from "../trade/document-wire";
import { refuseBy } from "../trade/refusals";

type Handle = (call: BooksCall) => SandboxResponse;

/** POST /invoices/{id}/writeoff */
export function writeOffInvoice(call: BooksCall): SandboxResponse {
  const [invoiceId = ""] = call.ids;
  const invoice = call.books.invoices.get(invoiceId);
  if (invoice === undefined) return refuseMissing(call.context, "Invoice");
  const balance = invoiceBalance(invoice);
  if (invoice.state !== "sent" || !balance.greaterThan(0)) return refuseBy("notSentYet");
  changeInvoice(call.books, invoiceId, call.books.stamp(), (current) => ({
    ...current,
    writtenOff: decimalText(decimal(current.writtenOff).plus(balance)),
  }));
  return succeedWriting({}, "Invoice has been written off");
}

/** POST /invoices/{id}/writeoff/cancel */
export function cancelWriteOff(call: BooksCall): SandboxResponse {
  const [invoiceId = ""] = call.ids;
  const invoice = call.books.invoices.head(invoiceId);
  if (invoice === undefined) return refuseMissing(call.context, "Invoice");
  if (decimal(invoice.writtenOff).isZero()) return refuseBy("statusNotAllowed");
  changeInvoice(call.books, invoiceId, call.books.stamp(), (current) => ({ ...current, writtenOff: "0" }));
  return succeedWriting({}, "The write off done for this invoice has been cancelled.");
}

const creditsBody = z.object({
  invoice_payments: z.array(z.object({ payment_id: id, amount_applied: figure })).optional(),
  apply_creditnotes: z.array(z.object({ creditnote_id: id, amount_applied: figure })).optional(),
});

/** POST /invoices/{id}/credits: settles an invoice from excess payments and open credit notes. */
export function applyCreditsToInvoice(call: BooksCall): SandboxResponse {
  const { books, context } = call;
  const [invoiceId = ""] = call.ids;
  const invoice = books.invoices.head(invoiceId);
  if (invoice === undefined) return refuseMissing(context, "Invoice");
  const body = parseInput(creditsBody, call.input);
  if (!body.ok) return refuseValue(body.error);
  const { invoice_payments: payments = [], apply_creditnotes: notes = [] } = body.value;
  if (payments.length + notes.length === 0) return refuseValue("apply_creditnotes");
  const sum = [...payments, ...notes].reduce(
    (total, { amount_applied }) => total.plus(amount_applied),
    decimal("0"),
  );
  const checked = checkShares(call, invoice.customerId, [{ invoiceId, amount: sum.toFixed() }]);
  if (!checked.ok) return checked.error;
  for (const { payment_id, amount_applied } of payments) {
    const payment = books.payments.get(payment_id);
    if (payment?.customerId !== invoice.customerId) return refuseMissing(context, "Payment");
    if (unusedAmount(payment).lessThan(amount_applied)) return refuseBy("amountAboveExcess");
  }
  for (const { creditnote_id, amount_applied } of notes) {
    const note = books.creditNotes.head(creditnote_id);
    if (note?.customerId !== invoice.customerId) return refuseMissing(context, "Credit Note");
    if (note.state !== "open" || creditBalance(note).lessThan(amount_applied))
      return refuseBy("amountAboveCredits");
  }
  const now = books.stamp();
  const day = zonedDate(context.clock.now(), call.organization.timeZone);
  for (const { payment_id, amount_applied } of payments) {
    const payment = books.payments.get(payment_id);
    if (payment === undefined) continue;
    const share = { id: books.nextId(), invoiceId, amount: amount_applied };
    putPayment(books, payment_id, { ...payment, applied: [...payment.applied, share], modified: now });
  }
  for (const { creditnote_id, amount_applied } of notes)
    applyCredits(books, creditnote_id, [{ invoiceId, amount: amount_applied }], day, now);
  return succeedWriting({}, "Credits have been applied to the invoice(s).");
}

/** DELETE /invoices/{id}/payments/{invoice_payment_id}: the amount becomes excess of its payment. */
export function deleteInvoicePayment(call: BooksCall): SandboxResponse {
  const { books } = call;
  const [invoiceId = "", shareId = ""] = call.ids;
  const invoice = books.invoices.get(invoiceId);
  if (invoice === undefined) return refuseMissing(call.context, "Invoice");
  for (const paymentId of invoice.paymentIds) {
    const payment = books.payments.get(paymentId);
    if (payment === undefined || !payment.applied.some((share) => share.id === shareId)) continue;
    const applied = payment.applied.filter((share) => share.id !== shareId);
    putPayment(books, paymentId, { ...payment, applied, modified: books.stamp() });
    return succeedWriting({}, "The payment has been deleted.");
  }
  return refuseMissing(call.context, "Payment");
}

/** DELETE /invoices/{id}/creditsapplied/{creditnotes_invoice_id} */
export function deleteAppliedCredit(call: BooksCall): SandboxResponse {
  const { books } = call;
  const [invoiceId = "", creditId = ""] = call.ids;
  const invoice = books.invoices.get(invoiceId);
  if (invoice === undefined) return refuseMissing(call.context, "Invoice");
  for (const noteId of invoice.creditNoteIds)
    if (removeCredit(books, noteId, creditId, books.stamp()))
      return succeedWriting({}, "Credits applied to an invoice have been deleted.");
  return refuseMissing(call.context, "Credit");
}

/** A call that moves an invoice between the states of approval. */
export function createInvoiceApproval(
  from: readonly StoredInvoice["state"][],
  to: StoredInvoice["state"],
  message: string,
): Handle {
  return (call) => {
    const [invoiceId = ""] = call.ids;
    const invoice = call.books.invoices.head(invoiceId);
    if (invoice === undefined) return refuseMissing(call.context, "Invoice");
    if (!from.includes(invoice.state)) return refuseBy("approvalNotAwaited");
    changeInvoice(call.books, invoiceId, call.books.stamp(), (current) => ({ ...current, state: to }));
    return succeedWriting({}, message);
  };
}

/** POST /invoices/{id}/email: no mail leaves the sandbox, but a draft counts as sent from then on. */
export function emailInvoice(call: BooksCall): SandboxResponse {
  const [invoiceId = ""] = call.ids;
  const invoice = call.books.invoices.head(invoiceId);
  if (invoice === undefined) return refuseMissing(call.context, "Invoice");
  if (["draft", "approved"].includes(invoice.state)) {
    const sent = markInvoiceSent(call);
    if (sent.status !== 200) return sent;
  }
  return succeedWriting({}, "Your invoice has been sent.");
}

/** Answers a call that changes nothing in the sandbox, if its invoice exists. */
export function createInvoiceNoOp(message: string): Handle {
  return (call) =>
    call.books.invoices.head(call.ids[0] ?? "") === undefined
      ? refuseMissing(call.context, "Invoice")
      : succeedWriting({}, message);
}

/** PUT /invoices/{id}/address/{billing or shipping} */
export function createInvoiceAddressCall(which: "billing" | "shipping", message: string): Handle {
  return (call) => {
    const [invoiceId = ""] = call.ids;
    const invoice = call.books.invoices.get(invoiceId);
    if (invoice === undefined) return refuseMissing(call.context, "Invoice");
    const body = parseInput(address, call.input);
    if (!body.ok) return refuseValue(body.error);
    const changed: StoredAddress = { ...invoice[which], ...body.value };
    changeInvoice(call.books, invoiceId, call.books.stamp(), (current) => ({ ...current, [which]: changed }));
    return succeedWriting({ [`${which}_address`]: documentAddress(changed) }, message);
  };
}

/** Calls of one invoice made for those of invoice_ids; the first refusal ends it. */
function createBulkCall(single: Handle, message: string): Handle {
  return (call) => {
    const ids = (call.query.get("invoice_ids") ?? "").split(",").filter((each) => each !== "");
    if (ids.length === 0) return refuseValue("invoice_ids");
    for (const invoiceId of ids) {
      const invoice = call.books.invoices.head(invoiceId);
      if (invoice === undefined) return refuseMissing(call.context, "Invoice");
      const locked = refuseLocked(call, "sales", invoice.date);
      if (locked !== null) return locked;
    }
    for (const invoiceId of ids) {
      const answer = single({ ...call, ids: [invoiceId] });
      if (answer.status !== 200) return answer;
    }
    return succeedWriting({}, message);
  };
}

export const deleteInvoices = createBulkCall(deleteInvoice, "The invoices have been deleted.");
export const markInvoicesSent = createBulkCall(markInvoiceSent, "The invoices have been marked as sent.");
export const voidInvoices = createBulkCall(voidInvoice, "The selected invoices have been marked as void.");
export const writeOffInvoices = createBulkCall(writeOffInvoice, "The invoices have been written off.");
