import { z } from "zod";
import type { WriteElement } from "@/lib/connectors/contract/connector";
import type { CanonicalRecord, RecordOf } from "@/lib/domain/canonical-record";
import type { RecordType } from "@/lib/domain/record-type";
import { invariant } from "@/lib/kernel/invariant";
import { ok, type Result } from "@/lib/kernel/result";
import * as calls from "../calls";
import { joinReference } from "../marker";
import { contactOnWire } from "../translate/contact";
import { creditNoteOnWire, invoiceOnWire } from "../translate/document";
import { itemOnWire } from "../translate/item";
import { overpaymentOnWire, paymentOnWire } from "../translate/settlement";
import { type ListedType, READABLE } from "./readable";
import type { Batch } from "./send-batch";

/**
 * Creating, by PUT: it refuses a name, number or code that exists, where POST would change the record that has it.
 * Our marker is inside each request. Xero shows Url and Reference back as sent, which ties an answer to its element.
 */

export const createContact: Batch = {
  plural: "Contacts",
  call: (elements, key) =>
    calls.createContacts(
      recordsOf("contact", elements).map((contact) => contactOnWire(contact, null)),
      key,
    ),
  answers: (answer, { record }) => says(answer, { Name: as("contact", record).name }),
  read: (answer) => readFirst("contact", answer),
  subject: ({ record }) => as("contact", record).name,
};

export const createItem: Batch = {
  plural: "Items",
  call: (elements, key) => calls.createItems(recordsOf("item", elements).map(itemOnWire), key),
  answers: (answer, { record }) => says(answer, { Code: as("item", record).code }),
  read: (answer) => readFirst("item", answer),
  subject: ({ record }) => as("item", record).code,
};

export const createInvoice: Batch = {
  plural: "Invoices",
  call: (elements, key) =>
    calls.createInvoices(
      recordsOf("invoice", elements).map((invoice) => invoiceOnWire(invoice)),
      key,
    ),
  answers: (answer, { record }) => says(answer, { InvoiceNumber: as("invoice", record).number }),
  read: (answer) => readFirst("invoice", answer),
  subject: ({ record }) => as("invoice", record).number,
};

export const createCreditNote: Batch = {
  plural: "CreditNotes",
  call: (elements, key) =>
    calls.createCreditNotes(recordsOf("creditNote", elements).map(creditNoteOnWire), key),
  answers: (answer, { record }) => says(answer, { CreditNoteNumber: as("creditNote", record).number }),
  read: (answer) => readFirst("creditNote", answer),
  subject: ({ record }) => as("creditNote", record).number,
};

export const createPayment: Batch = {
  plural: "Payments",
  call: (elements, key) => calls.createPayments(recordsOf("payment", elements).map(paymentOnWire), key),
  answers: (answer, { record }) => {
    const payment = as("payment", record);
    return says(answer, { Reference: joinReference(payment.reference, payment.marker) });
  },
  read: (answer) => readFirst("payment", answer),
  subject: ({ record }) => as("payment", record).invoiceNumber,
};

/** The debtors account differs between organisations, so it is looked up before and handed in. */
export const createOverpayment = (debtorsCode: string): Batch => ({
  plural: "BankTransactions",
  call: (elements, key) =>
    calls.createBankTransactions(
      recordsOf("overpayment", elements).map((overpayment) => overpaymentOnWire(overpayment, debtorsCode)),
      key,
    ),
  answers: (answer, { record }) => says(answer, { Url: as("overpayment", record).marker }),
  read: (answer) => readFirst("overpayment", answer),
  subject: ({ record }) => as("overpayment", record).contactName,
});

/** True where the answer shows these texts; a text that is empty or not shown proves nothing against it. */
export function says(answer: unknown, texts: Readonly<Record<string, string>>): boolean {
  const shown = z.record(z.string(), z.unknown()).safeParse(answer);
  if (!shown.success) return false;
  return Object.entries(texts).every(([field, text]) => {
    const value = shown.data[field];
    return text === "" || value === undefined || value === null || value === text;
  });
}

export function readFirst(type: ListedType, answer: unknown): Result<CanonicalRecord, string> {
  const read = READABLE[type].read(answer);
  return read.ok ? ok(read.value[0]) : read;
}

export function as<T extends RecordType>(type: T, record: CanonicalRecord): RecordOf<T> {
  const found = [record].find((one): one is RecordOf<T> => one.recordType === type);
  invariant(found !== undefined, `a ${type} was expected, not a ${record.recordType}`);
  return found;
}

export const recordsOf = <T extends RecordType>(type: T, elements: readonly WriteElement[]): RecordOf<T>[] =>
  elements.map(({ record }) => as(type, record));
