import { BankTransaction as SdkBankTransaction } from "xero-node/dist/gen/model/accounting/bankTransaction.js";
import { CreditNote as SdkCreditNote } from "xero-node/dist/gen/model/accounting/creditNote.js";
import { Invoice as SdkInvoice } from "xero-node/dist/gen/model/accounting/invoice.js";
import { PurchaseOrder as SdkPurchaseOrder } from "xero-node/dist/gen/model/accounting/purchaseOrder.js";
import type {
  AccountingDocument,
  BankTransaction,
  Bill,
  CreditNote,
  Invoice,
  PurchaseOrder,
  SupplierCredit,
} from "@/lib/domain/document";
import { joinReference } from "../marker";
import { accountRefOnWire } from "./account-key";
import { currencyOnWire, currencyRateOnWire } from "./currency";
import { LINE_AMOUNTS_ON_WIRE } from "./document";
import { lineOnWire } from "./line";

/**
 * Documents for a write, with our marker inside. The contact is named by its id alone, so that no write can change or
 * make a contact; drafts stay drafts, everything else is approved.
 */

export interface Existing {
  readonly externalId: string;
  /** Xero's id for each of our lines; undefined makes the line anew. Lines not named are gone. */
  readonly lineItemIds: readonly (string | undefined)[];
}

export function invoiceOnWire(invoice: Invoice | Bill, existing?: Existing): SdkInvoice {
  const isBill = invoice.recordType === "bill";
  return {
    type: isBill ? SdkInvoice.TypeEnum.ACCPAY : SdkInvoice.TypeEnum.ACCREC,
    invoiceID: existing?.externalId,
    invoiceNumber: invoice.number || undefined,
    reference: (isBill ? "" : invoice.reference) || undefined,
    url: invoice.marker || undefined,
    status: invoice.status === "draft" ? SdkInvoice.StatusEnum.DRAFT : SdkInvoice.StatusEnum.AUTHORISED,
    dueDate: invoice.dueDate ?? invoice.date,
    ...documentOnWire(invoice, existing),
  };
}

export function creditNoteOnWire(note: CreditNote | SupplierCredit): SdkCreditNote {
  const isSupplier = note.recordType === "supplierCredit";
  return {
    type: isSupplier ? SdkCreditNote.TypeEnum.ACCPAYCREDIT : SdkCreditNote.TypeEnum.ACCRECCREDIT,
    creditNoteNumber: note.number || undefined,
    reference: isSupplier ? undefined : joinReference(note.reference, note.marker) || undefined,
    status: note.status === "draft" ? SdkCreditNote.StatusEnum.DRAFT : SdkCreditNote.StatusEnum.AUTHORISED,
    ...documentOnWire(isSupplier ? withKey(note) : note),
  };
}

/** A supplier's credit has neither Url nor reference in Xero, so its key ends the last line. */
function withKey(credit: SupplierCredit): SupplierCredit {
  const last = credit.lines.length - 1;
  return {
    ...credit,
    lines: credit.lines.map((line, index) =>
      index === last ? { ...line, description: joinReference(line.description, credit.marker) } : line,
    ),
  };
}

/** A new order cannot be billed at once: that is a change of one that is approved. */
export function purchaseOrderOnWire(order: PurchaseOrder, existing?: Existing): SdkPurchaseOrder {
  return {
    purchaseOrderID: existing?.externalId,
    purchaseOrderNumber: order.number || undefined,
    reference: joinReference(order.reference, order.marker) || undefined,
    status: orderStatus(order, existing !== undefined),
    deliveryDate: order.deliveryDate ?? undefined,
    ...documentOnWire(order, existing),
  };
}

function orderStatus({ status }: PurchaseOrder, isThere: boolean): SdkPurchaseOrder.StatusEnum {
  if (status === "draft") return SdkPurchaseOrder.StatusEnum.DRAFT;
  if (status === "submitted") return SdkPurchaseOrder.StatusEnum.SUBMITTED;
  const isBilled = status === "paid" && isThere;
  return isBilled ? SdkPurchaseOrder.StatusEnum.BILLED : SdkPurchaseOrder.StatusEnum.AUTHORISED;
}

/** The currency is the bank account's and cannot be named. */
export function bankTransactionOnWire(transaction: BankTransaction, existing?: Existing): SdkBankTransaction {
  const { currencyCode: _accounts, ...document } = documentOnWire(transaction, existing);
  return {
    type:
      transaction.kind === "spend" ? SdkBankTransaction.TypeEnum.SPEND : SdkBankTransaction.TypeEnum.RECEIVE,
    bankTransactionID: existing?.externalId,
    bankAccount: accountRefOnWire(transaction.bankAccountKey ?? ""),
    reference: transaction.reference || undefined,
    url: transaction.marker || undefined,
    ...document,
  };
}

function documentOnWire(document: AccountingDocument, existing?: Existing) {
  return {
    contact: { contactID: document.contactId },
    date: document.date,
    currencyCode: currencyOnWire(document.currency),
    currencyRate: currencyRateOnWire(document.fxRate),
    lineAmountTypes: LINE_AMOUNTS_ON_WIRE[document.lineAmounts],
    lineItems: document.lines.map((line, index) =>
      lineOnWire(line, document.currency, existing?.lineItemIds[index]),
    ),
  };
}
