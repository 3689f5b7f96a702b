import type { Allocation as SdkAllocation } from "xero-node/dist/gen/model/accounting/allocation.js";
import { BankTransaction } from "xero-node/dist/gen/model/accounting/bankTransaction.js";
import { LineAmountTypes } from "xero-node/dist/gen/model/accounting/lineAmountTypes.js";
import type { Payment as SdkPayment } from "xero-node/dist/gen/model/accounting/payment.js";
import type { Allocation, Overpayment, Payment } from "@/lib/domain/settlement";
import { joinReference, splitReference, urlMarkerIn } from "../marker";
import type { CreditNoteWire } from "../wire/document";
import type { BankTransactionWire, PaymentWire } from "../wire/settlement";
import { accountKeyOf, accountRefOnWire } from "./account-key";
import { amountOnWire, currencyRateOnWire, fxRateOf, moneyOf } from "./currency";

/**
 * Payments, allocations of credit notes, and overpayments. An overpayment is a bank transaction in Xero, which
 * brings forth a credit with an id of its own; we keep the bank transaction's id, since only it bears our marker.
 */

/** Stands between the payment number and the source's own reference. */
const REFERENCE_SEPARATOR = ", ";

/** The text of a payment's reference: its number, then the source's own reference where it says more. */
export function paymentReference(payment: Pick<Payment, "paymentNumber" | "reference">): string {
  const { paymentNumber, reference } = payment;
  const isSaid = reference === paymentNumber || reference.startsWith(paymentNumber + REFERENCE_SEPARATOR);
  return isSaid
    ? reference
    : [paymentNumber, reference].filter((part) => part !== "").join(REFERENCE_SEPARATOR);
}

const paymentNumberIn = (reference: string): string => reference.split(REFERENCE_SEPARATOR)[0] ?? "";

export function paymentOf(wire: PaymentWire): Payment {
  const reference = splitReference(wire.Reference);
  return {
    recordType: "payment",
    externalId: wire.PaymentID,
    version: wire.UpdatedDateUTC,
    paymentNumber: paymentNumberIn(reference.text),
    invoiceId: wire.Invoice.InvoiceID,
    invoiceNumber: wire.Invoice.InvoiceNumber,
    contactId: wire.Invoice.Contact.ContactID,
    contactName: wire.Invoice.Contact.Name,
    date: wire.Date,
    amount: moneyOf(wire.Amount, wire.Invoice.CurrencyCode, "Amount"),
    accountKey: accountKeyOf(wire.Account),
    fxRate: fxRateOf(wire.CurrencyRate),
    reference: reference.text,
    status: wire.Status === "DELETED" ? "deleted" : "open",
    marker: reference.key,
  };
}

export function paymentOnWire(payment: Payment): SdkPayment {
  return {
    invoice: { invoiceID: payment.invoiceId },
    account: accountRefOnWire(payment.accountKey ?? ""),
    date: payment.date,
    amount: amountOnWire(payment.amount),
    currencyRate: currencyRateOnWire(payment.fxRate),
    reference: joinReference(payment.reference, payment.marker) || undefined,
  };
}

/** The allocations that a credit note holds. Their ids begin with the note's, so that one can be read alone. */
export function allocationsOf(note: CreditNoteWire): Allocation[] {
  const counted = new Map<string, number>();
  return note.Allocations.filter((allocation) => allocation.IsDeleted !== true).map((allocation) => {
    const invoiceId = allocation.Invoice.InvoiceID;
    const turn = counted.get(invoiceId) ?? 0;
    counted.set(invoiceId, turn + 1);
    return {
      recordType: "allocation",
      externalId: [note.CreditNoteID, invoiceId, allocation.AllocationID ?? String(turn)].join("/"),
      version: note.UpdatedDateUTC,
      creditNoteId: note.CreditNoteID,
      creditNoteNumber: note.CreditNoteNumber,
      invoiceId,
      invoiceNumber: allocation.Invoice.InvoiceNumber,
      date: allocation.Date,
      amount: moneyOf(allocation.Amount, note.CurrencyCode, "Allocations.Amount"),
      marker: "",
    };
  });
}

export function allocationOnWire(allocation: Allocation): SdkAllocation {
  return {
    invoice: { invoiceID: allocation.invoiceId },
    amount: amountOnWire(allocation.amount),
    date: allocation.date,
  };
}

export function overpaymentOf(wire: BankTransactionWire): Overpayment {
  const reference = splitReference(wire.Reference);
  return {
    recordType: "overpayment",
    externalId: wire.BankTransactionID,
    version: wire.UpdatedDateUTC,
    paymentNumber: paymentNumberIn(reference.text),
    contactId: wire.Contact.ContactID,
    contactName: wire.Contact.Name,
    date: wire.Date,
    amount: moneyOf(wire.Total, wire.CurrencyCode, "Total"),
    accountKey: accountKeyOf(wire.BankAccount),
    fxRate: fxRateOf(wire.CurrencyRate),
    reference: reference.text,
    status: wire.Status === "AUTHORISED" ? "open" : "deleted",
    marker: urlMarkerIn(wire.Url, "overpayment"),
  };
}

/**
 * An overpayment for a write. Its one line must stand on the debtors account; the currency is the bank account's.
 * Xero's description says that Reference is kept for plain receipts only, so the line names the payment as well.
 */
export function overpaymentOnWire(overpayment: Overpayment, debtorsCode: string): BankTransaction {
  const amount = amountOnWire(overpayment.amount);
  return {
    type: BankTransaction.TypeEnum.RECEIVEOVERPAYMENT,
    contact: { contactID: overpayment.contactId },
    bankAccount: accountRefOnWire(overpayment.accountKey ?? ""),
    date: overpayment.date,
    reference: overpayment.reference || undefined,
    url: overpayment.marker || undefined,
    currencyRate: currencyRateOnWire(overpayment.fxRate),
    lineAmountTypes: LineAmountTypes.NoTax,
    lineItems: [
      {
        description: `Overpayment ${overpayment.paymentNumber}`.trim(),
        quantity: 1,
        unitAmount: amount,
        lineAmount: amount,
        accountCode: debtorsCode,
      },
    ],
  };
}
