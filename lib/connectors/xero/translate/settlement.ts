import type { Allocation as SdkAllocation } from "xero-node/dist/gen/model/accounting/allocation.js";
import { BankTransaction as SdkBankTransaction } from "xero-node/dist/gen/model/accounting/bankTransaction.js";
import { LineAmountTypes } from "xero-node/dist/gen/model/accounting/lineAmountTypes.js";
import type { Payment as SdkPayment } from "xero-node/dist/gen/model/accounting/payment.js";
import {
  type Allocation,
  type BillPayment,
  type CreditAllocation,
  type DocumentPayment,
  type ExcessPayment,
  type Overpayment,
  type Payment,
  type SupplierAllocation,
  type SupplierOverpayment,
  settledDocument,
} from "@/lib/domain/settlement";
import { joinReference, splitReference, urlMarkerIn } from "../marker";
import type { CreditNoteWire } from "../wire/document";
import type { ExcessWire, PaymentWire } from "../wire/settlement";
import { accountKeyOf, accountRefOnWire } from "./account-key";
import { amountOnWire, currencyRateOnWire, fxRateOf, moneyOf } from "./currency";
import { numberIn } from "./numbered-text";

/**
 * Payments, allocations of credits, and overpayments, of customers and to suppliers. An overpayment is a bank
 * transaction in Xero, which brings forth a credit with an id of its own; we keep the bank transaction's id, since only
 * it bears our marker.
 */

export const paymentOf = (wire: PaymentWire): Payment => ({
  recordType: "payment",
  ...paidOf(wire),
  invoiceId: wire.Invoice.InvoiceID,
  invoiceNumber: wire.Invoice.InvoiceNumber,
});

export const billPaymentOf = (wire: PaymentWire): BillPayment => ({
  recordType: "billPayment",
  ...paidOf(wire),
  billId: wire.Invoice.InvoiceID,
  billNumber: wire.Invoice.InvoiceNumber,
});

function paidOf(wire: PaymentWire) {
  const reference = splitReference(wire.Reference);
  return {
    externalId: wire.PaymentID,
    version: wire.UpdatedDateUTC,
    paymentNumber: numberIn(reference.text),
    contactId: wire.Invoice.Contact.ContactID,
    contactName: wire.Invoice.Contact.Name,
    date: wire.Date,
    amount: moneyOf(wire.Amount, wire.Invoice.CurrencyCode, "Amount"),
    accountKey: accountKeyOf(wire.Account),
    fxRate: fxRateOf(wire.CurrencyRate),
    reference: reference.text,
    status: wire.Status === "DELETED" ? ("deleted" as const) : ("open" as const),
    marker: reference.key,
  };
}

/** Xero tells a payment of a bill from one of an invoice by the document that it names. */
export function paymentOnWire(payment: DocumentPayment): SdkPayment {
  return {
    invoice: { invoiceID: settledDocument(payment).id },
    account: accountRefOnWire(payment.accountKey ?? ""),
    date: payment.date,
    amount: amountOnWire(payment.amount),
    currencyRate: currencyRateOnWire(payment.fxRate),
    reference: joinReference(payment.reference, payment.marker) || undefined,
  };
}

/** The allocations that a customer's credit note holds. */
export const allocationsOf = (note: CreditNoteWire): Allocation[] =>
  allocatedOf(note).map(({ invoice, ...allocated }) => ({
    recordType: "allocation",
    ...allocated,
    creditNoteId: note.CreditNoteID,
    creditNoteNumber: note.CreditNoteNumber,
    invoiceId: invoice.InvoiceID,
    invoiceNumber: invoice.InvoiceNumber,
  }));

/** The allocations that a supplier's credit holds. */
export const supplierAllocationsOf = (credit: CreditNoteWire): SupplierAllocation[] =>
  allocatedOf(credit).map(({ invoice, ...allocated }) => ({
    recordType: "supplierAllocation",
    ...allocated,
    supplierCreditId: credit.CreditNoteID,
    supplierCreditNumber: credit.CreditNoteNumber,
    billId: invoice.InvoiceID,
    billNumber: invoice.InvoiceNumber,
  }));

/** Ids begin with the credit's, so that one can be read alone. */
function allocatedOf(credit: CreditNoteWire) {
  const counted = new Map<string, number>();
  return credit.Allocations.filter((allocation) => allocation.IsDeleted !== true).map((allocation) => {
    const invoiceId = allocation.Invoice.InvoiceID;
    const turn = counted.get(invoiceId) ?? 0;
    counted.set(invoiceId, turn + 1);
    return {
      externalId: [credit.CreditNoteID, invoiceId, allocation.AllocationID ?? String(turn)].join("/"),
      version: credit.UpdatedDateUTC,
      date: allocation.Date,
      amount: moneyOf(allocation.Amount, credit.CurrencyCode, "Allocations.Amount"),
      marker: "",
      invoice: allocation.Invoice,
    };
  });
}

export function allocationOnWire(allocation: CreditAllocation): SdkAllocation {
  return {
    invoice: { invoiceID: settledDocument(allocation).id },
    amount: amountOnWire(allocation.amount),
    date: allocation.date,
  };
}

export const overpaymentOf = (wire: ExcessWire): Overpayment => ({
  recordType: "overpayment",
  ...excessOf(wire),
  marker: urlMarkerIn(wire.Url, "overpayment"),
});

export const supplierOverpaymentOf = (wire: ExcessWire): SupplierOverpayment => ({
  recordType: "supplierOverpayment",
  ...excessOf(wire),
  marker: urlMarkerIn(wire.Url, "supplierOverpayment"),
});

function excessOf(wire: ExcessWire) {
  const reference = splitReference(wire.Reference);
  return {
    externalId: wire.BankTransactionID,
    version: wire.UpdatedDateUTC,
    paymentNumber: numberIn(reference.text),
    contactId: wire.Contact.ContactID,
    contactName: wire.Contact.Name,
    date: wire.Date,
    amount: moneyOf(wire.Total, wire.CurrencyCode, "Total"),
    accountKey: accountKeyOf(wire.BankAccount),
    fxRate: fxRateOf(wire.CurrencyRate),
    reference: reference.text,
    status: wire.Status === "AUTHORISED" ? ("open" as const) : ("deleted" as const),
  };
}

/**
 * An overpayment for a write. Its one line must stand on the control account (debtors for a customer's, creditors for
 * ours to a supplier); the currency is the bank account's. Xero's description says that Reference is kept for plain
 * money spent and received only, so the line names the payment as well.
 */
export function overpaymentOnWire(overpayment: ExcessPayment, controlCode: string): SdkBankTransaction {
  const amount = amountOnWire(overpayment.amount);
  return {
    type:
      overpayment.recordType === "overpayment"
        ? SdkBankTransaction.TypeEnum.RECEIVEOVERPAYMENT
        : SdkBankTransaction.TypeEnum.SPENDOVERPAYMENT,
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
        accountCode: controlCode,
      },
    ],
  };
}
