/**
 * The values of the fields that `where` and `order` name, and the filters that each endpoint adds. The usual
 * fields come from headers in memory, so that such a list reads no more bodies than it shows; the others are
 * read off the record as Xero shows it.
 */
import type { SandboxRequest } from "@/sandbox/kit/types";
import type { Books } from "../books";
import type { ContactHead } from "../heads";
import { presentContact } from "../present/contacts";
import { presentCreditNote, presentInvoice } from "../present/documents";
import type { FieldValue } from "./field-order";
import {
  CONTACT_FIELDS,
  CREDIT_NOTE_FIELDS,
  INVOICE_FIELDS,
  OPTIMISED_CONTACTS,
  OPTIMISED_DOCUMENTS,
  OPTIMISED_INVOICES,
} from "./field-types";
import { DETAIL, dayValue, documentField, shown, shownField } from "./field-values";
import { type ListSource, queryFlag, queryList, queryText } from "./list";

type Heads<K extends "contacts" | "invoices" | "creditNotes"> = Books[K] extends {
  heads(): IterableIterator<[string, infer Header]>;
}
  ? Header
  : never;

export function contactSource(books: Books, request: SandboxRequest): ListSource<Heads<"contacts">> {
  const ids = queryList(request, "IDs");
  const term = queryText(request, "searchTerm")?.toLowerCase() ?? null;
  const includeArchived = queryFlag(request, "includeArchived");
  return {
    paged: true,
    types: CONTACT_FIELDS,
    optimised: OPTIMISED_CONTACTS,
    heads: () => (ids === null ? books.contacts.heads() : identified(books.contacts, ids)),
    derivedRows:
      ids === null && books.contacts.derived !== null
        ? {
            derived: books.contacts.derived,
            written: () => books.contacts.writtenHeads(),
            isFiltered: term !== null,
          }
        : null,
    filters: [
      (_, head) => includeArchived || head.status === "ACTIVE" || mentionsStatus(request),
      (id) => ids === null || ids.has(id),
      (_, head) => term === null || searchableTexts(head).some((text) => text.toLowerCase().includes(term)),
    ],
    field: (id, head, path) =>
      shownField(contactField(id, head, path), CONTACT_FIELDS, path, () =>
        shown(books.contacts.get(id), (contact) =>
          presentContact(books, contact, { summary: false, balances: false }),
        ),
      ),
  };
}

function mentionsStatus(request: SandboxRequest): boolean {
  return /ContactStatus/i.test(queryText(request, "where") ?? "");
}

function searchableTexts(head: ContactHead): string[] {
  return [
    head.name,
    head.firstName,
    head.lastName,
    head.contactNumber,
    head.companyNumber,
    head.email,
  ].filter((text) => text !== null);
}

function contactField(id: string, head: ContactHead, path: string): FieldValue {
  const fields: Record<string, FieldValue> = {
    contactid: id,
    name: head.name,
    contactnumber: head.contactNumber,
    accountnumber: head.accountNumber,
    contactstatus: head.status,
    firstname: head.firstName,
    lastname: head.lastName,
    emailaddress: head.email,
    companynumber: head.companyNumber,
    updateddateutc: new Date(head.updatedMs),
  };
  return fields[path];
}

export function invoiceSource(books: Books, request: SandboxRequest): ListSource<Heads<"invoices">> {
  const ids = queryList(request, "IDs");
  const numbers = queryList(request, "InvoiceNumbers");
  const contactIds = queryList(request, "ContactIDs");
  const statuses = queryList(request, "Statuses");
  const createdByMyApp = queryFlag(request, "createdByMyApp");
  const term = queryText(request, "searchTerm")?.toLowerCase() ?? null;
  return {
    paged: true,
    types: INVOICE_FIELDS,
    optimised: OPTIMISED_INVOICES,
    heads() {
      if (numbers !== null) return numbered(books, numbers);
      if (ids !== null) return identified(books.invoices, ids);
      return contactIds === null ? books.invoices.heads() : ofContacts(books, contactIds);
    },
    derivedRows:
      ids === null && numbers === null && contactIds === null && books.invoices.derived !== null
        ? {
            derived: books.invoices.derived,
            written: () => books.invoices.writtenHeads(),
            isFiltered: statuses !== null || createdByMyApp || term !== null,
          }
        : null,
    filters: [
      (id) => ids === null || ids.has(id),
      (_, head) => contactIds === null || contactIds.has(head.contactId),
      (_, head) => statuses === null || statuses.has(head.status.toLowerCase()),
      (_, head) => !createdByMyApp || head.byApp,
      (_, head) => term === null || `${head.number}\n${head.reference ?? ""}`.toLowerCase().includes(term),
    ],
    field: (id, head, path) =>
      shownField(
        documentField(books, head, path, {
          invoiceid: id,
          invoicenumber: head.number,
          duedate: head.dueDate === null ? null : dayValue(head.dueDate),
          amountdue: { amount: head.amountDue },
          amountpaid: { amount: head.amountPaid },
          amountcredited: { amount: head.amountCredited },
        }),
        INVOICE_FIELDS,
        path,
        () => shown(books.invoices.get(id), (invoice) => presentInvoice(books, invoice, DETAIL)),
      ),
  };
}

/** The records of these ids alone, oldest first where the caller's order says nothing else. */
function* identified<Header>(
  table: { head(id: string): Header | undefined },
  ids: ReadonlySet<string>,
): Iterable<[string, Header]> {
  for (const id of ids) {
    const head = table.head(id);
    if (head !== undefined) yield [id, head];
  }
}

function* ofContacts(books: Books, contactIds: ReadonlySet<string>): Iterable<[string, Heads<"invoices">]> {
  for (const contactId of contactIds)
    yield* identified(books.invoices, books.invoices.by("contact", contactId));
}

function* numbered(books: Books, numbers: ReadonlySet<string>): Iterable<[string, Heads<"invoices">]> {
  for (const number of numbers)
    for (const id of books.invoices.by("number", number)) {
      const head = books.invoices.head(id);
      if (head !== undefined) yield [id, head];
    }
}

export function creditNoteSource(books: Books): ListSource<Heads<"creditNotes">> {
  return {
    paged: true,
    types: CREDIT_NOTE_FIELDS,
    optimised: OPTIMISED_DOCUMENTS,
    heads: () => books.creditNotes.heads(),
    filters: [],
    field: (id, head, path) =>
      shownField(
        documentField(books, head, path, {
          creditnoteid: id,
          creditnotenumber: head.number,
          remainingcredit: { amount: head.remainingCredit },
        }),
        CREDIT_NOTE_FIELDS,
        path,
        () => shown(books.creditNotes.get(id), (note) => presentCreditNote(books, note, DETAIL)),
      ),
  };
}
