/**
 * What a document looks like on paper and online: a PDF of an invoice, credit note, purchase order or quote,
 * the address of an invoice's online page, and its e-mail to the contact. The PDF carries the document's
 * contact, lines and totals as plain text; Xero's layout is not imitated, and nothing is really mailed.
 */
import { notFound, validationException, type XeroAnswer } from "../answer";
import { answerRecords, firstId, type XeroCall } from "../api/call";
import type { Books } from "../books";
import { purchaseOrders } from "../purchase-orders/purchase-order";
import { quotes } from "../quotes/quote";
import type { DocumentCore } from "../records";
import { findCreditNoteByNumber } from "../write/credit-notes";
import { findInvoiceByNumber } from "../write/invoices";
import { keepHistory } from "./history";
import { pdfOf } from "./pdf";

export type Printable = "Invoice" | "Credit Note" | "Purchase Order" | "Quote";

/** Whether the caller asked for a document as a PDF through its Accept header. */
export function wantsPdf({ request }: XeroCall): boolean {
  return /\bapplication\/pdf\b/i.test(request.headers.accept ?? "");
}

export function getPdf(call: XeroCall, kind: Printable): XeroAnswer {
  const found = printableOf(call.books, kind, firstId(call));
  if (found === undefined) throw notFound();
  return {
    status: 200,
    body: null,
    bytes: pdfOf(linesOf(call.books, kind, found.core, found.number)),
    headers: { "content-type": "application/pdf" },
  };
}

/** Only approved sales invoices have an online page. */
export function getOnlineInvoice(call: XeroCall): XeroAnswer {
  const invoice = call.books.invoices.head(firstId(call));
  if (invoice === undefined) throw notFound();
  if (invoice.type !== "ACCREC" || (invoice.status !== "AUTHORISED" && invoice.status !== "PAID"))
    return refusal(call, "Only approved sales invoices have an online invoice.");
  const key = firstId(call).replaceAll("-", "");
  return answerRecords(call, "OnlineInvoices", [
    { OnlineInvoiceUrl: `${call.context.origin}/xero/online/${key}` },
  ]);
}

/** Marks the invoice as sent, once it can be: approved or submitted sales invoices of a contact with an address. */
export function emailInvoice(call: XeroCall): XeroAnswer {
  const { books } = call;
  const id = firstId(call);
  const invoice = books.invoices.get(id);
  if (invoice === undefined) throw notFound();
  const isSendable = ["SUBMITTED", "AUTHORISED", "PAID"].includes(invoice.status);
  if (invoice.type !== "ACCREC" || !isSendable)
    return refusal(call, "Only sales invoices that are submitted, approved or paid can be emailed.");
  const email = books.contacts.head(invoice.contactId)?.email ?? null;
  if (email === null) return refusal(call, "The contact of the invoice has no email address.");
  if (!invoice.sentToContact) books.invoices.put({ ...invoice, sentToContact: true, updatedMs: books.now() });
  keepHistory(books, id, { changes: "Invoice sent", details: `This invoice has been sent to ${email}` });
  return { status: 204, body: null, elements: 1 };
}

function refusal(call: XeroCall, Message: string): XeroAnswer {
  return validationException([{ InvoiceID: firstId(call), ValidationErrors: [{ Message }] }]);
}

function printableOf(
  books: Books,
  kind: Printable,
  asked: string,
): { readonly core: DocumentCore; readonly number: string } | undefined {
  const table = {
    Invoice: books.invoices,
    "Credit Note": books.creditNotes,
    "Purchase Order": purchaseOrders(books),
    Quote: quotes(books),
  }[kind];
  const numbered =
    kind === "Invoice"
      ? findInvoiceByNumber(books, asked)
      : kind === "Credit Note"
        ? findCreditNoteByNumber(books, asked)
        : undefined;
  const record = table.get(asked) ?? (numbered === undefined ? undefined : table.get(numbered));
  return record === undefined ? undefined : { core: record, number: record.number };
}

function linesOf(books: Books, kind: Printable, core: DocumentCore, number: string): string[] {
  const organisation = books.organisation();
  return [
    organisation.name,
    "",
    `${kind} ${number}`,
    `Date ${core.date}`,
    `To ${books.contacts.head(core.contactId)?.name ?? ""}`,
    "",
    ...core.lines.map(
      (line) =>
        `${line.description ?? ""}   ${line.quantity ?? ""} x ${line.unitAmount ?? ""}   ${line.lineAmount}`,
    ),
    "",
    `Subtotal ${core.subTotal} ${core.currency}`,
    `Tax ${core.totalTax} ${core.currency}`,
    `Total ${core.total} ${core.currency}`,
  ];
}
