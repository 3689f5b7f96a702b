/** Credit notes as Zoho Books answers them: full (with the invoices they were set against) and as a row. */

import { decimal, decimalText } from "@/lib/kernel/decimal";
import { sum } from "../books/arithmetic";
import { extraFieldsWire } from "../books/document-extras";
import type { Books } from "../books/open-books";
import type { CreditNoteHeader, StoredCreditNote, StoredLine, StoredOrganization } from "../books/records";
import { creditBalance } from "../books/settle";
import { currencyByCode } from "../books/write-document";
import { documentWire, lineItemWire } from "./document-wire";
import { amount, zonedTime } from "./formats";

/** draft, open, closed or void. */
export function creditNoteStatus(note: CreditNoteHeader): string {
  return note.state === "open" && creditBalance(note).isZero() ? "closed" : note.state;
}

export function creditNoteRowWire(
  books: Books,
  organization: StoredOrganization,
  id: string,
  note: CreditNoteHeader,
) {
  return {
    creditnote_id: id,
    creditnote_number: note.number,
    status: creditNoteStatus(note),
    reference_number: note.reference,
    date: note.date,
    total: amount(note.total),
    balance: balanceShown(note),
    customer_id: note.customerId,
    customer_name: books.contacts.head(note.customerId)?.name ?? "",
    currency_id: currencyByCode(books, note.currencyCode).id,
    currency_code: note.currencyCode,
    exchange_rate: amount(note.exchangeRate),
    created_time: zonedTime(note.created, organization.timeZone),
    last_modified_time: zonedTime(note.modified, organization.timeZone),
    is_emailed: false,
    has_attachment: false,
    tags: [],
  };
}

export function creditNoteWire(
  books: Books,
  organization: StoredOrganization,
  id: string,
  note: StoredCreditNote,
  lines: readonly StoredLine[],
) {
  const used = decimalText(sum(note.credits.map((credit) => decimal(credit.amount))));
  const refunded = decimalText(sum((note.refunds ?? []).map((refund) => decimal(refund.amount))));
  const header = { ...note, used: decimalText(decimal(used).plus(refunded)) };
  return {
    creditnote_id: id,
    creditnote_number: note.number,
    ...documentWire(books, organization, note),
    custom_fields: extraFieldsWire(books, "creditnote", note.customFields),
    status: creditNoteStatus(header),
    email: books.contacts.head(note.customerId)?.email ?? "",
    balance: balanceShown(header),
    total_credits_used: amount(used),
    total_refunded_amount: amount(refunded),
    line_items: lines.map((line, index) => ({
      ...lineItemWire(books, line, index, note.exchangeRate),
      invoice_id: "",
      invoice_item_id: "",
    })),
    invoices_credited: invoicesCreditedWire(books, id, note),
    creditnote_refunds: (note.refunds ?? []).map((refund) => ({
      creditnote_refund_id: refund.id,
      creditnote_id: id,
      date: refund.date,
      refund_mode: refund.mode,
      reference_number: refund.reference,
      description: refund.description,
      amount: amount(refund.amount),
    })),
    contact_persons: note.personIds ?? [],
    is_emailed: false,
    template_name: "Standard Template",
  };
}

export function invoicesCreditedWire(books: Books, id: string, note: StoredCreditNote) {
  return note.credits.map((credit) => ({
    creditnote_id: id,
    invoice_id: credit.invoiceId,
    creditnote_invoice_id: credit.id,
    date: credit.date,
    invoice_number: books.invoices.head(credit.invoiceId)?.number ?? "",
    creditnote_number: note.number,
    credited_amount: amount(credit.amount),
  }));
}

function balanceShown(note: CreditNoteHeader): number {
  return note.state === "void" ? 0 : Number(creditBalance(note).toFixed());
}
