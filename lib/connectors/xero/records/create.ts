import { z } from "zod";
import type { WriteElement } from "@/lib/connectors/contract/connector";
import { type CanonicalRecord, type RecordOf, summarise } from "@/lib/domain/canonical-record";
import type { RecordType } from "@/lib/domain/record-type";
import { type DocumentPayment, type ExcessPayment, settledDocument } from "@/lib/domain/settlement";
import { invariant } from "@/lib/kernel/invariant";
import { ok, type Result } from "@/lib/kernel/result";
import * as calls from "../calls";
import type { SdkCall } from "../client";
import { joinReference } from "../marker";
import { contactOnWire } from "../translate/contact";
import {
  bankTransactionOnWire,
  creditNoteOnWire,
  invoiceOnWire,
  purchaseOrderOnWire,
} from "../translate/document-on-wire";
import { itemOnWire } from "../translate/item";
import { manualJournalOnWire } from "../translate/manual-journal";
import { overpaymentOnWire, paymentOnWire } from "../translate/settlement";
import { type ListedType, READABLE } from "./readable";
import type { Batch } from "./send-batch";

/**
 * Creating, by PUT: it refuses a name, number or code that exists, where POST would change the record that has it.
 * Our marker is inside each request. Xero shows Url and Reference back as sent, which ties an answer to its element.
 */

export const CREATE = {
  contact: creating("contact", {
    send: (contacts, key) =>
      calls.createContacts(
        contacts.map((contact) => contactOnWire(contact, null)),
        key,
      ),
    shows: ({ name }) => ({ Name: name }),
  }),
  item: creating("item", {
    send: (items, key) => calls.createItems(items.map(itemOnWire), key),
    shows: ({ code }) => ({ Code: code }),
  }),
  invoice: creating("invoice", {
    send: (invoices, key) =>
      calls.createInvoices(
        invoices.map((invoice) => invoiceOnWire(invoice)),
        key,
      ),
    shows: ({ number }) => ({ InvoiceNumber: number }),
  }),
  bill: creating("bill", {
    send: (bills, key) =>
      calls.createInvoices(
        bills.map((bill) => invoiceOnWire(bill)),
        key,
      ),
    // Two suppliers number alike: the address tells which bill is answered.
    shows: ({ number, marker }) => ({ InvoiceNumber: number, Url: marker }),
  }),
  creditNote: creating("creditNote", {
    send: (notes, key) => calls.createCreditNotes(notes.map(creditNoteOnWire), key),
    shows: ({ number }) => ({ CreditNoteNumber: number }),
  }),
  supplierCredit: creatingSupplierCredits(),
  purchaseOrder: creating("purchaseOrder", {
    send: (orders, key) =>
      calls.createPurchaseOrders(
        orders.map((order) => purchaseOrderOnWire(order)),
        key,
      ),
    shows: ({ number }) => ({ PurchaseOrderNumber: number }),
  }),
  bankTransaction: creating("bankTransaction", {
    send: (transactions, key) =>
      calls.createBankTransactions(
        transactions.map((transaction) => bankTransactionOnWire(transaction)),
        key,
      ),
    shows: ({ marker }) => ({ Url: marker }),
  }),
  payment: creatingPayments("payment"),
  billPayment: creatingPayments("billPayment"),
} as const;

export const createManualJournals = (baseCurrency: string): Batch => ({
  ...creating("manualJournal", {
    send: (journals, key) =>
      calls.createManualJournals(
        journals.map((journal) => manualJournalOnWire(journal)),
        key,
      ),
    shows: ({ marker }) => ({ Url: marker }),
  }),
  read: (answer) => readFirst("manualJournal", answer, baseCurrency),
});

/** The control account differs between organisations, so it is looked up before and handed in. */
export function createOverpayments(type: ExcessPayment["recordType"], controlCode: string): Batch {
  return creating<ExcessPayment["recordType"]>(type, {
    send: (overpayments, key) =>
      calls.createBankTransactions(
        overpayments.map((overpayment) => overpaymentOnWire(overpayment, controlCode)),
        key,
      ),
    shows: ({ marker }) => ({ Url: marker }),
    subject: ({ contactName }) => contactName,
  });
}

function creatingPayments(type: DocumentPayment["recordType"]): Batch {
  return creating<DocumentPayment["recordType"]>(type, {
    send: (payments, key) => calls.createPayments(payments.map(paymentOnWire), key),
    shows: ({ reference, marker }) => ({ Reference: joinReference(reference, marker) }),
    subject: (payment) => settledDocument(payment).number,
  });
}

/** Their key stands in a line: where that can be read of an answer, it says whose the answer is. */
function creatingSupplierCredits(): Batch {
  const batch = creating("supplierCredit", {
    send: (credits, key) => calls.createCreditNotes(credits.map(creditNoteOnWire), key),
    shows: ({ number }) => ({ CreditNoteNumber: number }),
  });
  return {
    ...batch,
    answers: (answer, element) => {
      const read = batch.read(answer, element);
      const isOther = read.ok && read.value.marker !== "" && read.value.marker !== element.record.marker;
      return !isOther && batch.answers(answer, element);
    },
  };
}

function creating<T extends ListedType>(
  type: T,
  how: {
    send(records: RecordOf<T>[], key: string): SdkCall;
    /** Texts of a record that Xero shows back as sent. */
    shows(record: RecordOf<T>): Readonly<Record<string, string>>;
    /** What a refusal is about, where it is not the record's own number or name. */
    subject?(record: RecordOf<T>): string;
  },
): Batch {
  return {
    plural: READABLE[type].plural,
    call: (elements, key) => how.send(recordsOf(type, elements), key),
    answers: (answer, { record }) => says(answer, how.shows(as(type, record))),
    read: (answer) => readFirst(type, answer),
    subject: ({ record }) => how.subject?.(as(type, record)) ?? nameOf(record),
  };
}

/** What a person knows a record by: its number, or where it has none, whose or what it is. */
export function nameOf(record: CanonicalRecord): string {
  const { number, label } = summarise(record);
  return number || label;
}

/** True where the answer shows these texts; a text that is empty or not shown proves nothing against it. */
export function says(answer: unknown, texts: Readonly<Record<string, string>>): boolean {
  const shown = z.record(z.string(), z.unknown()).safeParse(answer);
  if (!shown.success) return false;
  return Object.entries(texts).every(([field, text]) => {
    const value = shown.data[field];
    return text === "" || value === undefined || value === null || value === text;
  });
}

/** `baseCurrency` is needed for manual journals alone. */
export function readFirst(
  type: ListedType,
  answer: unknown,
  baseCurrency = "",
): Result<CanonicalRecord, string> {
  const read = READABLE[type].read(answer, baseCurrency);
  return read.ok ? ok(read.value[0]) : read;
}

export function as<T extends RecordType>(type: T, record: CanonicalRecord): RecordOf<T> {
  const found = [record].find((one): one is RecordOf<T> => one.recordType === type);
  invariant(found !== undefined, `a ${type} was expected, not a ${record.recordType}`);
  return found;
}

export const recordsOf = <T extends RecordType>(type: T, elements: readonly WriteElement[]): RecordOf<T>[] =>
  elements.map(({ record }) => as(type, record));
