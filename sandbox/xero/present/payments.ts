/** Payments as Xero's JSON shows them, with the document that they settle. */
import type { Wire } from "../answer";
import type { Books } from "../books";
import { wireDay, wireInstant, wireInstantText } from "../dates";
import type { Payment } from "../records";
import { present, wireNumber } from "./amount";
import { presentContactPart } from "./contacts";

export function presentPayment(books: Books, payment: Payment): Wire {
  const account = books.accounts.head(payment.accountId);
  return present({
    PaymentID: payment.id,
    Date: wireDay(payment.date),
    BankAmount: wireNumber(payment.bankAmount),
    Amount: wireNumber(payment.amount),
    Reference: payment.reference ?? "",
    CurrencyRate: wireNumber(payment.currencyRate),
    PaymentType: paymentType(books, payment),
    Status: payment.status,
    UpdatedDateUTC: wireInstant(payment.updatedMs),
    UpdatedDateUTCString: wireInstantText(payment.updatedMs),
    HasAccount: true,
    IsReconciled: payment.isReconciled,
    Account: { AccountID: payment.accountId, Code: account?.code },
    ...targetOf(books, payment),
    BatchPaymentID: payment.batchId,
    HasValidationErrors: false,
  });
}

function paymentType(books: Books, { target }: Payment): string {
  if (target.kind === "invoice")
    return books.invoices.head(target.id)?.type === "ACCPAY" ? "ACCPAYPAYMENT" : "ACCRECPAYMENT";
  if (target.kind === "creditNote")
    return books.creditNotes.head(target.id)?.type === "ACCPAYCREDIT" ? "APCREDITPAYMENT" : "ARCREDITPAYMENT";
  const credits = target.kind === "overpayment" ? books.overpayments : books.prepayments;
  const side = credits.head(target.id)?.type.startsWith("SPEND") === true ? "AP" : "AR";
  return target.kind === "overpayment" ? `${side}OVERPAYMENTPAYMENT` : `${side}PREPAYMENTPAYMENT`;
}

function targetOf(books: Books, { target }: Payment): Wire {
  if (target.kind === "invoice") {
    const head = books.invoices.head(target.id);
    return {
      Invoice: {
        Type: head?.type,
        InvoiceID: target.id,
        InvoiceNumber: head?.number,
        CurrencyCode: head?.currency,
        Contact: head === undefined ? undefined : presentContactPart(books, head.contactId, false),
        IsDiscounted: false,
        HasErrors: false,
        LineItems: [],
      },
    };
  }
  if (target.kind === "creditNote") {
    const head = books.creditNotes.head(target.id);
    return {
      CreditNote: {
        CreditNoteID: target.id,
        CreditNoteNumber: head?.number,
        Type: head?.type,
        Contact: head === undefined ? undefined : presentContactPart(books, head.contactId, false),
      },
    };
  }
  return target.kind === "overpayment"
    ? { Overpayment: { OverpaymentID: target.id } }
    : { Prepayment: { PrepaymentID: target.id } };
}
