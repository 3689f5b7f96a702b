/** Refunds of credit notes and of excess customer payments, and the deletion of many payments. */
import { decimal } from "@/lib/kernel/decimal";
import type { SandboxResponse } from "@/sandbox/kit/types";
import { amount } from "../../wire/formats";
import { type BooksCall, refuseMissing, refuseValue, succeedWriting } from "../answers";
import { sum } from "../arithmetic";
import type { StoredCreditNote, StoredPayment, StoredRefund } from "../records";
import { refuseLocked } from "../settings/transaction-locks";
import { deletePayment, unusedAmount } from "../settle";

import { createRefundCalls } from "../trade/refunds";

const inBase = (refund: StoredRefund): number =>
  Number(decimal(refund.amount).times(refund.exchangeRate).toDecimalPlaces(2).toFixed());

export const creditNoteRefunds = createRefundCalls<StoredCreditNote>({
  label: "Credit Note",
  table: (books) => books.creditNotes,
  key: "creditnote_refund",
  listKey: "creditnote_refunds",
  lockModule: "sales",
  accountKey: "from_account_id",
  statuses: { created: 200 },
  messages: {
    created: "The credit note amount is refunded successfully.",
    updated: "The credit note refund is updated successfully.",
    deleted: "The refund has been successfully deleted.",
  },
  left: (note) =>
    note.state === "open"
      ? decimal(note.total).minus(
          sum([...note.credits, ...(note.refunds ?? [])].map((used) => decimal(used.amount))),
        )
      : decimal("0"),
  whyTooMuch: "amountAboveCredits",
  put(books, noteId, note, refunds) {
    books.creditNotes.put(noteId, { ...note, refunds, modified: books.stamp() });
  },
  wire: (call, noteId, note, refund) => ({
    creditnote_refund_id: refund.id,
    creditnote_id: noteId,
    date: refund.date,
    refund_mode: refund.mode,
    payment_form: "",
    reference_number: refund.reference,
    amount: amount(refund.amount),
    customer_name: call.books.contacts.head(note.customerId)?.name ?? "",
    description: refund.description,
  }),
  row: (call, noteId, note, refund) => ({
    creditnote_refund_id: refund.id,
    creditnote_id: noteId,
    date: refund.date,
    refund_mode: refund.mode,
    payment_form: "",
    reference_number: refund.reference,
    creditnote_number: note.number,
    customer_name: call.books.contacts.head(note.customerId)?.name ?? "",
    description: refund.description,
    amount_bcy: inBase(refund),
    amount_fcy: amount(refund.amount),
  }),
});

export const paymentRefunds = createRefundCalls<StoredPayment>({
  label: "Payment",
  table: (books) => books.payments,
  key: "payment_refunds",
  listKey: "payment_refunds",
  lockModule: "sales",
  accountKey: "from_account_id",
  statuses: { created: 200 },
  messages: {
    created: "The refund information for this payment has been saved.",
    updated: "The refund information has been saved.",
    deleted: "The refund has been deleted.",
  },
  left: unusedAmount,
  whyTooMuch: "amountAboveExcess",
  put(books, paymentId, payment, refunds) {
    books.payments.put(paymentId, { ...payment, refunds, modified: books.stamp() });
  },
  wire: (_call, paymentId, _payment, refund) => [
    {
      payment_refund_id: refund.id,
      payment_id: paymentId,
      date: refund.date,
      refund_mode: refund.mode,
      reference_number: refund.reference,
      amount: amount(refund.amount),
      exchange_rate: amount(refund.exchangeRate),
      payment_form: "",
      description: refund.description,
    },
  ],
  row: (call, paymentId, payment, refund) => ({
    payment_refund_id: refund.id,
    payment_id: paymentId,
    date: refund.date,
    refund_mode: refund.mode,
    reference_number: refund.reference,
    payment_number: payment.number,
    customer_name: call.books.contacts.head(payment.customerId)?.name ?? "",
    amount_bcy: inBase(refund),
    amount_fcy: amount(refund.amount),
  }),
});

/** DELETE /customerpayments?payment_ids=1,2&bulk_delete=true: all of them or none. */
export function deletePayments(call: BooksCall): SandboxResponse {
  const ids = (call.query.get("payment_ids") ?? "").split(",").filter((each) => each !== "");
  if (ids.length === 0) return refuseValue("payment_ids");
  if (call.query.get("bulk_delete") !== "true") return refuseValue("bulk_delete");
  for (const paymentId of ids) {
    const payment = call.books.payments.head(paymentId);
    if (payment === undefined) return refuseMissing(call.context, "Payment");
    const locked = refuseLocked(call, "sales", payment.date);
    if (locked !== null) return locked;
  }
  for (const paymentId of ids) deletePayment(call.books, paymentId, call.books.stamp());
  return succeedWriting({}, "The selected customer payments have been deleted.");
}
