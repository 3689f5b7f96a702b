/** Contacts, invoices, credit notes with their allocations, payments, credits and bank transactions. */
import { notFound, validationException, type Wire, type XeroAnswer, XeroRefusal } from "../answer";
import { getPdf, wantsPdf } from "../paperwork/printed";
import { presentContact } from "../present/contacts";
import {
  type DocumentDetail,
  presentAllocation,
  presentBankTransaction,
  presentCredit,
  presentCreditNote,
  presentInvoice,
} from "../present/documents";
import { presentPayment } from "../present/payments";
import { type ListPage, listPage, queryFlag, unitDecimalsOf } from "../read/list";
import { bankTransactionSource, creditSource, paymentSource } from "../read/money-sources";
import { contactSource, creditNoteSource, invoiceSource } from "../read/sources";
import { type CreditSource, removeAllocation, writeAllocation } from "../write/allocations";
import { writeBankTransaction } from "../write/bank-transactions";
import { writeBatch } from "../write/batch";
import { writeContact } from "../write/contacts";
import { findCreditNoteByNumber, writeCreditNote } from "../write/credit-notes";
import {
  allocationInput,
  bankTransactionInput,
  contactInput,
  creditNoteInput,
  invoiceInput,
  paymentInput,
  readElement,
  readElements,
} from "../write/input";
import { findInvoiceByNumber, writeInvoice } from "../write/invoices";
import { closePayment, writePayment } from "../write/payments";
import { currencyRateWarnings, firstOf } from "../write/reference";
import { answerRecords, bodyOf, firstId, summarizesErrors, writeOptions, type XeroCall } from "./call";

function answerPage<T>(
  call: XeroCall,
  plural: string,
  page: ListPage,
  parts: { get(id: string): T | undefined; show(record: T): Wire },
): XeroAnswer {
  const more = page.pagination === null ? {} : { pagination: page.pagination };
  return answerRecords(call, plural, shownOneByOne(page.ids, parts), more);
}

function* shownOneByOne<T>(
  ids: readonly string[],
  parts: { get(id: string): T | undefined; show(record: T): Wire },
): Iterable<Wire> {
  for (const id of ids) {
    const record = parts.get(id);
    if (record !== undefined) yield parts.show(record);
  }
}

function listDetail(call: XeroCall, page: ListPage): DocumentDetail {
  const summary = queryFlag(call.request, "summaryOnly");
  return {
    lines: page.pagination !== null && !summary,
    single: false,
    summary,
    unitDecimals: unitDecimalsOf(call.request),
  };
}

function singleDetail(call: XeroCall): DocumentDetail {
  return { lines: true, single: true, summary: false, unitDecimals: unitDecimalsOf(call.request) };
}

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
  return answerRecords(call, "Invoices", [presentInvoice(books, invoice, singleDetail(call))]);
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

function sourceOf(call: XeroCall, kind: CreditSource["kind"]): CreditSource {
  const id = firstId(call);
  const { books } = call;
  const table =
    kind === "creditNote"
      ? books.creditNotes
      : kind === "overpayment"
        ? books.overpayments
        : books.prepayments;
  if (table.head(id) === undefined) throw notFound();
  return { kind, id };
}

export function writeAllocations(call: XeroCall, kind: CreditSource["kind"]): XeroAnswer {
  const { books } = call;
  const source = sourceOf(call, kind);
  return writeBatch(books, readElements(bodyOf(call), "Allocations"), {
    plural: "Allocations",
    idField: "AllocationID",
    summarizeErrors: summarizesErrors(call),
    apply: (element) => writeAllocation(books, source, readElement(element, allocationInput)),
    present: (id) => presentAllocation(books, id) ?? {},
  });
}

function allocationRefused(id: string, Message: string): XeroRefusal {
  return new XeroRefusal(validationException([{ AllocationID: id, ValidationErrors: [{ Message }] }]));
}

export function deleteAllocation(call: XeroCall, kind: CreditSource["kind"]): XeroAnswer {
  const id = (call.ids[1] ?? "").toLowerCase();
  const shown = presentAllocation(call.books, id);
  if (shown === null) throw notFound();
  const removed = removeAllocation(call.books, sourceOf(call, kind), id);
  if (!removed.ok) throw allocationRefused(id, removed.error);
  if (!removed.value) throw notFound();
  // Alone among the answers it is the record itself, without an envelope.
  return { status: 200, body: { ...shown, IsDeleted: true }, elements: 1 };
}

export function listPayments(call: XeroCall): XeroAnswer {
  const { books, request } = call;
  return answerPage(call, "Payments", listPage(books, request, paymentSource(books)), {
    get: (id) => books.payments.get(id),
    show: (payment) => presentPayment(books, payment),
  });
}

export function getPayment(call: XeroCall): XeroAnswer {
  const payment = call.books.payments.get(firstId(call));
  if (payment === undefined) throw notFound();
  return answerRecords(call, "Payments", [presentPayment(call.books, payment)]);
}

/** PUT and POST /Payments create; POST /Payments/{id} only deletes. */
export function writePayments(call: XeroCall): XeroAnswer {
  const { books } = call;
  const id = call.ids[0]?.toLowerCase();
  if (id !== undefined && books.payments.head(id) === undefined) throw notFound();
  return writeBatch(books, readElements(bodyOf(call), "Payments"), {
    plural: "Payments",
    idField: "PaymentID",
    summarizeErrors: summarizesErrors(call),
    apply: (element) => {
      const input = readElement(element, paymentInput);
      return id === undefined ? writePayment(books, input) : closePayment(books, id, input.Status);
    },
    present: (paymentId) => {
      const payment = books.payments.get(paymentId);
      return payment === undefined ? {} : presentPayment(books, payment);
    },
  });
}

export function listCredits(call: XeroCall, kind: "overpayment" | "prepayment"): XeroAnswer {
  const { books, request } = call;
  const page = listPage(books, request, creditSource(books, request, kind));
  const detail = listDetail(call, page);
  return answerPage(call, kind === "overpayment" ? "Overpayments" : "Prepayments", page, {
    get: (id) => (kind === "overpayment" ? books.overpayments : books.prepayments).get(id),
    show: (credit) => presentCredit(books, kind, credit, detail),
  });
}

export function getCredit(call: XeroCall, kind: "overpayment" | "prepayment"): XeroAnswer {
  const { books } = call;
  const { id } = sourceOf(call, kind);
  const credit = (kind === "overpayment" ? books.overpayments : books.prepayments).get(id);
  const plural = kind === "overpayment" ? "Overpayments" : "Prepayments";
  const shown = credit === undefined ? [] : [presentCredit(books, kind, credit, singleDetail(call))];
  return answerRecords(call, plural, shown);
}

export function listBankTransactions(call: XeroCall): XeroAnswer {
  const { books, request } = call;
  const page = listPage(books, request, bankTransactionSource(books, request));
  const detail = listDetail(call, page);
  return answerPage(call, "BankTransactions", page, {
    get: (id) => books.bankTransactions.get(id),
    show: (transaction) => presentBankTransaction(books, transaction, detail),
  });
}

export function getBankTransaction(call: XeroCall): XeroAnswer {
  const transaction = call.books.bankTransactions.get(firstId(call));
  if (transaction === undefined) throw notFound();
  const shown = presentBankTransaction(call.books, transaction, singleDetail(call));
  return answerRecords(call, "BankTransactions", [shown]);
}

export function writeBankTransactions(call: XeroCall, mayUpdate: boolean): XeroAnswer {
  const { books } = call;
  const options = writeOptions(call, mayUpdate);
  return writeBatch(books, readElements(bodyOf(call), "BankTransactions"), {
    plural: "BankTransactions",
    idField: "BankTransactionID",
    summarizeErrors: summarizesErrors(call),
    apply: (element) => writeBankTransaction(books, readElement(element, bankTransactionInput), options),
    warn: (element, id) =>
      currencyRateWarnings(books, element.CurrencyRate, books.bankTransactions.head(id)?.currency),
    present: (id) => {
      const transaction = books.bankTransactions.get(id);
      return transaction === undefined ? {} : presentBankTransaction(books, transaction, singleDetail(call));
    },
  });
}
