import { readMoney } from "@/lib/connectors/contract/unreadable";
import type { CreditNote, Invoice } from "@/lib/domain/document";
import type { Allocation } from "@/lib/domain/settlement";
import { Decimal } from "@/lib/kernel/decimal";
import { digest } from "../digest";
import type { WireCreditedInvoice, WireCreditNote, WireDocument, WireInvoice } from "../wire/document";
import { toAmounts } from "./lines";
import { documentVersion, toDocumentStatus } from "./version";

/** Invoices, credit notes and their settings against invoices in canonical form. All throw UnreadableRecord. */

export function toInvoice(wire: WireInvoice): Invoice {
  return {
    recordType: "invoice",
    externalId: wire.invoice_id,
    number: wire.invoice_number,
    dueDate: wire.due_date,
    ...salesFields(wire, "invoice"),
  };
}

export function toCreditNote(wire: WireCreditNote): CreditNote {
  return {
    recordType: "creditNote",
    externalId: wire.creditnote_id,
    number: wire.creditnote_number,
    ...salesFields(wire, "credit note"),
  };
}

/** The id names the note first, so that a single allocation can be read again. */
export function toAllocation(note: WireCreditNote, credited: WireCreditedInvoice): Allocation {
  const allocation: Omit<Allocation, "version"> = {
    recordType: "allocation",
    externalId: `${note.creditnote_id}:${credited.creditnote_invoice_id}`,
    creditNoteId: note.creditnote_id,
    creditNoteNumber: note.creditnote_number,
    invoiceId: credited.invoice_id,
    invoiceNumber: credited.invoice_number,
    date: credited.date,
    amount: readMoney(
      credited.credited_amount,
      note.currency_code,
      "invoices_credited.credited_amount",
      "credit note",
    ),
    marker: "",
  };
  return { ...allocation, version: digest(allocation) };
}

function salesFields(wire: WireInvoice | WireCreditNote, what: string) {
  return {
    version: documentVersion(wire),
    contactId: wire.customer_id,
    contactName: wire.customer_name,
    status: toDocumentStatus(wire.status, what),
    remaining: readMoney(wire.balance, wire.currency_code, "balance", what),
    ...sharedFields(wire, what),
  };
}

/** What all documents have alike, whoever they are addressed to. */
export function sharedFields(wire: WireDocument, what: string) {
  const amounts = toAmounts(wire, what);
  return {
    reference: wire.reference_number,
    date: wire.date,
    currency: wire.currency_code,
    fxRate: toFxRate(wire.exchange_rate),
    lineAmounts: amounts.lineAmounts,
    lines: [...amounts.lines],
    net: amounts.net,
    tax: amounts.tax,
    gross: amounts.gross,
    marker: "",
  };
}

/** Zoho's rate is units of base currency for one of the document's, as ours. It writes 1 in base currency. */
export function toFxRate(rate: Decimal | null): Decimal | null {
  return rate === null || rate.isZero() || rate.equals(new Decimal(1)) ? null : rate;
}
