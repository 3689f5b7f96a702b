import { CreditNote as SdkCreditNote } from "xero-node/dist/gen/model/accounting/creditNote.js";
import { Invoice as SdkInvoice } from "xero-node/dist/gen/model/accounting/invoice.js";
import { LineAmountTypes } from "xero-node/dist/gen/model/accounting/lineAmountTypes.js";
import type { AccountingDocument, CreditNote, DocumentStatus, Invoice } from "@/lib/domain/document";
import { joinReference, splitReference, urlMarkerIn } from "../marker";
import type { CreditNoteWire, InvoiceWire } from "../wire/document";
import { currencyOnWire, currencyRateOnWire, fxRateOf, moneyOf } from "./currency";
import { lineOf, lineOnWire } from "./line";

/** Sales invoices and sales credit notes. Credit notes have no Url in Xero: their key stands in the reference. */

const STATUS_OF: Readonly<Record<InvoiceWire["Status"], DocumentStatus>> = {
  DRAFT: "draft",
  SUBMITTED: "submitted",
  AUTHORISED: "open",
  PAID: "paid",
  VOIDED: "void",
  DELETED: "deleted",
};

const LINE_AMOUNTS_OF = { Exclusive: "exclusive", Inclusive: "inclusive", NoTax: "noTax" } as const;

const LINE_AMOUNTS_ON_WIRE: Readonly<Record<AccountingDocument["lineAmounts"], LineAmountTypes>> = {
  exclusive: LineAmountTypes.Exclusive,
  inclusive: LineAmountTypes.Inclusive,
  noTax: LineAmountTypes.NoTax,
};

export function invoiceOf(wire: InvoiceWire): Invoice {
  return {
    recordType: "invoice",
    ...documentOf(wire),
    externalId: wire.InvoiceID,
    number: wire.InvoiceNumber,
    reference: wire.Reference,
    remaining: moneyOf(wire.AmountDue, wire.CurrencyCode, "AmountDue"),
    marker: urlMarkerIn(wire.Url, "invoice"),
    dueDate: wire.DueDate ?? null,
  };
}

export function creditNoteOf(wire: CreditNoteWire): CreditNote {
  const reference = splitReference(wire.Reference);
  return {
    recordType: "creditNote",
    ...documentOf(wire),
    externalId: wire.CreditNoteID,
    number: wire.CreditNoteNumber,
    reference: reference.text,
    remaining: moneyOf(wire.RemainingCredit, wire.CurrencyCode, "RemainingCredit"),
    marker: reference.key,
  };
}

function documentOf(wire: InvoiceWire | CreditNoteWire) {
  const currency = wire.CurrencyCode;
  return {
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

export interface ExistingInvoice {
  readonly invoiceId: string;
  /** Xero's id for each of our lines; undefined makes the line anew. Lines not named are gone. */
  readonly lineItemIds: readonly (string | undefined)[];
}

/** An invoice for a write. The contact is named by its id alone, so that no write can change or make a contact. */
export function invoiceOnWire(invoice: Invoice, existing?: ExistingInvoice): SdkInvoice {
  return {
    type: SdkInvoice.TypeEnum.ACCREC,
    invoiceID: existing?.invoiceId,
    invoiceNumber: invoice.number,
    reference: invoice.reference || undefined,
    url: invoice.marker || undefined,
    status: invoice.status === "draft" ? SdkInvoice.StatusEnum.DRAFT : SdkInvoice.StatusEnum.AUTHORISED,
    dueDate: invoice.dueDate ?? invoice.date,
    ...documentOnWire(invoice, existing?.lineItemIds),
  };
}

export function creditNoteOnWire(note: CreditNote): SdkCreditNote {
  return {
    type: SdkCreditNote.TypeEnum.ACCRECCREDIT,
    creditNoteNumber: note.number,
    reference: joinReference(note.reference, note.marker) || undefined,
    status: note.status === "draft" ? SdkCreditNote.StatusEnum.DRAFT : SdkCreditNote.StatusEnum.AUTHORISED,
    ...documentOnWire(note),
  };
}

function documentOnWire(document: AccountingDocument, lineItemIds: readonly (string | undefined)[] = []) {
  return {
    contact: { contactID: document.contactId },
    date: document.date,
    currencyCode: currencyOnWire(document.currency),
    currencyRate: currencyRateOnWire(document.fxRate),
    lineAmountTypes: LINE_AMOUNTS_ON_WIRE[document.lineAmounts],
    lineItems: document.lines.map((line, index) => lineOnWire(line, document.currency, lineItemIds[index])),
  };
}
