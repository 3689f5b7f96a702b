/** Contacts, invoices and credit notes. */
import { notFound, type XeroAnswer } from "../answer";
import { presentAttachments } from "../paperwork/attachment-calls";
import { getPdf, wantsPdf } from "../paperwork/printed";
import { presentContact } from "../present/contacts";
import { presentCreditNote, presentInvoice } from "../present/documents";
import { listPage, queryFlag } from "../read/list";
import { contactSource, creditNoteSource, invoiceSource } from "../read/sources";
import { writeBatch } from "../write/batch";
import { writeContact } from "../write/contacts";
import { findCreditNoteByNumber, writeCreditNote } from "../write/credit-notes";
import { contactInput, creditNoteInput, invoiceInput, readElement, readElements } from "../write/input";
import { findInvoiceByNumber, writeInvoice } from "../write/invoices";
import { currencyRateWarnings, firstOf } from "../write/reference";
import { answerRecords, bodyOf, firstId, summarizesErrors, writeOptions, type XeroCall } from "./call";
import { answerPage, listDetail, singleDetail } from "./page-answers";

export function listContacts(call: XeroCall): XeroAnswer {
  const { books, request } = call;
  const page = listPage(books, request, contactSource(books, request));
  const summary = queryFlag(request, "summaryOnly");
  const detail = { summary, balances: page.pagination !== null && !summary };
  return answerPage(call, "Contacts", page, {
    get: (id) => books.contacts.get(id),
    show: (contact) => presentContact(books, contact, detail),
  });
}

export function getContact(call: XeroCall): XeroAnswer {
  const { books } = call;
  const asked = firstId(call);
  const contact =
    books.contacts.get(asked) ?? books.contacts.get(firstOf(books.contacts.by("number", asked)) ?? "");
  if (contact === undefined) throw notFound();
  return answerRecords(call, "Contacts", [
    presentContact(books, contact, { summary: false, balances: true }),
  ]);
}

export function writeContacts(call: XeroCall, mayUpdate: boolean): XeroAnswer {
  const { books } = call;
  const options = writeOptions(call, mayUpdate);
  return writeBatch(books, readElements(bodyOf(call), "Contacts"), {
    plural: "Contacts",
    idField: "ContactID",
    summarizeErrors: summarizesErrors(call),
    apply: (element) => writeContact(books, readElement(element, contactInput), options),
    present: (id) => {
      const contact = books.contacts.get(id);
      return contact === undefined ? {} : presentContact(books, contact, { summary: false, balances: false });
    },
  });
}

export function listInvoices(call: XeroCall): XeroAnswer {
  const { books, request } = call;
  const page = listPage(books, request, invoiceSource(books, request));
  const detail = listDetail(call, page);
  return answerPage(call, "Invoices", page, {
    get: (id) => books.invoices.get(id),
    show: (invoice) => presentInvoice(books, invoice, detail),
  });
}

export function getInvoice(call: XeroCall): XeroAnswer {
  if (wantsPdf(call)) return getPdf(call, "Invoice");
  const { books } = call;
  const asked = firstId(call);
  const invoice = books.invoices.get(asked) ?? books.invoices.get(findInvoiceByNumber(books, asked) ?? "");
  if (invoice === undefined) throw notFound();
  const files = presentAttachments(call, { plural: "Invoices" }, invoice.id);
  return answerRecords(call, "Invoices", [
    {
      ...presentInvoice(books, invoice, singleDetail(call)),
      ...(files.length > 0 ? { Attachments: files } : {}),
    },
  ]);
}

export function writeInvoices(call: XeroCall, mayUpdate: boolean): XeroAnswer {
  const { books } = call;
  const allowBackorders = queryFlag(call.request, "allowBackorders");
  const options = writeOptions(call, mayUpdate);
  return writeBatch(books, readElements(bodyOf(call), "Invoices"), {
    plural: "Invoices",
    idField: "InvoiceID",
    summarizeErrors: summarizesErrors(call),
    apply: (element) =>
      writeInvoice(books, readElement(element, invoiceInput), { ...options, allowBackorders }),
    warn: (element, id) =>
      currencyRateWarnings(books, element.CurrencyRate, books.invoices.head(id)?.currency),
    present: (id) => {
      const invoice = books.invoices.get(id);
      return invoice === undefined ? {} : presentInvoice(books, invoice, singleDetail(call));
    },
  });
}

export function listCreditNotes(call: XeroCall): XeroAnswer {
  const { books, request } = call;
  const page = listPage(books, request, creditNoteSource(books));
  const detail = listDetail(call, page);
  return answerPage(call, "CreditNotes", page, {
    get: (id) => books.creditNotes.get(id),
    show: (note) => presentCreditNote(books, note, detail),
  });
}

export function getCreditNote(call: XeroCall): XeroAnswer {
  if (wantsPdf(call)) return getPdf(call, "Credit Note");
  const { books } = call;
  const asked = firstId(call);
  const note =
    books.creditNotes.get(asked) ?? books.creditNotes.get(findCreditNoteByNumber(books, asked) ?? "");
  if (note === undefined) throw notFound();
  return answerRecords(call, "CreditNotes", [presentCreditNote(books, note, singleDetail(call))]);
}

export function writeCreditNotes(call: XeroCall, mayUpdate: boolean): XeroAnswer {
  const { books } = call;
  const options = writeOptions(call, mayUpdate);
  return writeBatch(books, readElements(bodyOf(call), "CreditNotes"), {
    plural: "CreditNotes",
    idField: "CreditNoteID",
    summarizeErrors: summarizesErrors(call),
    apply: (element) => writeCreditNote(books, readElement(element, creditNoteInput), options),
    warn: (element, id) =>
      currencyRateWarnings(books, element.CurrencyRate, books.creditNotes.head(id)?.currency),
    present: (id) => {
      const note = books.creditNotes.get(id);
      return note === undefined ? {} : presentCreditNote(books, note, singleDetail(call));
    },
  });
}
