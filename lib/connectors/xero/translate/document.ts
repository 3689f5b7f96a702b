import { LineAmountTypes } from "xero-node/dist/gen/model/accounting/lineAmountTypes.js";
import type {
  AccountingDocument,
  BankTransaction,
  Bill,
  CreditNote,
  DocumentLine,
  DocumentStatus,
  Invoice,
  PurchaseOrder,
  SupplierCredit,
} from "@/lib/domain/document";
import { zero } from "@/lib/domain/money";
import { splitReference, urlHostIn, urlMarkerIn } from "../marker";
import type { BankTransactionWire, CreditNoteWire, InvoiceWire, PurchaseOrderWire } from "../wire/document";
import { accountKeyOf } from "./account-key";
import { fxRateOf, moneyOf } from "./currency";
import { lineOf } from "./line";
import { numberIn } from "./numbered-text";

/**
 * Documents as Xero shows them: a bill is an invoice of another type, a supplier's credit a credit note of another
 * type. Credits and orders have no Url in Xero: their key stands in the reference, a supplier's credit's in a line.
 */

type DocumentWire = InvoiceWire | CreditNoteWire | PurchaseOrderWire | BankTransactionWire;

const STATUS_OF: Readonly<Record<DocumentWire["Status"], DocumentStatus>> = {
  DRAFT: "draft",
  SUBMITTED: "submitted",
  AUTHORISED: "open",
  PAID: "paid",
  // Nothing is left to come of an order that is billed.
  BILLED: "paid",
  VOIDED: "void",
  DELETED: "deleted",
};

export const LINE_AMOUNTS_OF = { Exclusive: "exclusive", Inclusive: "inclusive", NoTax: "noTax" } as const;

export const LINE_AMOUNTS_ON_WIRE: Readonly<Record<AccountingDocument["lineAmounts"], LineAmountTypes>> = {
  exclusive: LineAmountTypes.Exclusive,
  inclusive: LineAmountTypes.Inclusive,
  noTax: LineAmountTypes.NoTax,
};

export const invoiceOf = (wire: InvoiceWire): Invoice => ({
  recordType: "invoice",
  ...invoicedOf(wire),
  reference: wire.Reference,
  marker: urlMarkerIn(wire.Url, "invoice"),
});

/** Xero keeps no reference of a bill: what it shows as one is the supplier's number. */
export const billOf = (wire: InvoiceWire): Bill => ({
  recordType: "bill",
  ...invoicedOf(wire),
  reference: "",
  marker: urlMarkerIn(wire.Url, "bill"),
});

function invoicedOf(wire: InvoiceWire) {
  return {
    ...documentOf(wire),
    externalId: wire.InvoiceID,
    number: wire.InvoiceNumber,
    remaining: moneyOf(wire.AmountDue, wire.CurrencyCode, "AmountDue"),
    dueDate: wire.DueDate ?? null,
  };
}

export function creditNoteOf(wire: CreditNoteWire): CreditNote {
  const reference = splitReference(wire.Reference);
  return {
    recordType: "creditNote",
    ...creditOf(wire),
    reference: reference.text,
    marker: reference.key,
  };
}

export function supplierCreditOf(wire: CreditNoteWire): SupplierCredit {
  const credit = creditOf(wire);
  const { lines, marker } = withoutKey(credit.lines);
  return { recordType: "supplierCredit", ...credit, reference: "", lines, marker };
}

function creditOf(wire: CreditNoteWire) {
  return {
    ...documentOf(wire),
    externalId: wire.CreditNoteID,
    number: wire.CreditNoteNumber,
    remaining: moneyOf(wire.RemainingCredit, wire.CurrencyCode, "RemainingCredit"),
  };
}

/** The key is looked for in every line: somebody may have added one after ours. */
function withoutKey(lines: readonly DocumentLine[]): { lines: DocumentLine[]; marker: string } {
  let marker = "";
  const plain = lines.map((line) => {
    const { text, key } = splitReference(line.description);
    if (key === "") return line;
    marker = key;
    return { ...line, description: text };
  });
  return { lines: plain, marker };
}

export function purchaseOrderOf(wire: PurchaseOrderWire): PurchaseOrder {
  const document = documentOf(wire);
  const reference = splitReference(wire.Reference);
  const isToCome = ["draft", "submitted", "open"].includes(document.status);
  return {
    recordType: "purchaseOrder",
    ...document,
    externalId: wire.PurchaseOrderID,
    number: wire.PurchaseOrderNumber,
    reference: reference.text,
    remaining: isToCome ? document.gross : zero(document.currency),
    deliveryDate: wire.DeliveryDate ?? null,
    marker: reference.key,
  };
}

export const bankTransactionOf = (wire: BankTransactionWire): BankTransaction => ({
  recordType: "bankTransaction",
  ...documentOf(wire),
  externalId: wire.BankTransactionID,
  number: numberIn(wire.Reference),
  reference: wire.Reference,
  remaining: zero(wire.CurrencyCode),
  kind: wire.Type === "SPEND" ? "spend" : "receive",
  bankAccountKey: accountKeyOf(wire.BankAccount),
  marker: urlMarkerIn(wire.Url, "bankTransaction"),
});

function documentOf(wire: DocumentWire) {
  const currency = wire.CurrencyCode;
  return {
    ...("Url" in wire && typeof wire.Url === "string" && urlHostIn(wire.Url)),
    version: wire.UpdatedDateUTC,
    contactId: wire.Contact.ContactID,
    contactName: wire.Contact.Name,
    date: wire.Date,
    currency,
    fxRate: fxRateOf(wire.CurrencyRate),
    status: STATUS_OF[wire.Status],
    lineAmounts: LINE_AMOUNTS_OF[wire.LineAmountTypes],
    lines: wire.LineItems.map((line) => lineOf(line, currency)),
    net: moneyOf(wire.SubTotal, currency, "SubTotal"),
    tax: moneyOf(wire.TotalTax, currency, "TotalTax"),
    gross: moneyOf(wire.Total, currency, "Total"),
  };
}
