/**
 * Which fields of each kind of record `where` and `order` can name, and the filters that each endpoint adds.
 * Values come from headers in memory, so that no list reads more bodies than it shows.
 */
import type { SandboxRequest } from "@/sandbox/kit/types";
import type { Books } from "../books";
import type { ContactHead } from "../heads";
import { type ListSource, queryFlag, queryList, queryText } from "./list";
import type { FieldValue } from "./where";

type Heads<
  K extends "contacts" | "invoices" | "creditNotes" | "payments" | "bankTransactions" | "overpayments",
> = Books[K] extends { heads(): IterableIterator<[string, infer Header]> } ? Header : never;

export function contactSource(books: Books, request: SandboxRequest): ListSource<Heads<"contacts">> {
  const ids = queryList(request, "IDs");
  const term = queryText(request, "searchTerm")?.toLowerCase() ?? null;
  const includeArchived = queryFlag(request, "includeArchived");
  return {
    paged: true,
    heads: () => books.contacts.heads(),
    filters: [
      (_, head) => includeArchived || head.status === "ACTIVE" || mentionsStatus(request),
      (id) => ids === null || ids.has(id),
      (_, head) => term === null || searchableTexts(head).some((text) => text.toLowerCase().includes(term)),
    ],
    field: (id, head, path) => contactField(id, head, path),
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
    heads: () => (numbers === null ? books.invoices.heads() : numbered(books, numbers)),
    filters: [
      (id) => ids === null || ids.has(id),
      (_, head) => contactIds === null || contactIds.has(head.contactId),
      (_, head) => statuses === null || statuses.has(head.status.toLowerCase()),
      (_, head) => !createdByMyApp || head.byApp,
      (_, head) => term === null || `${head.number}\n${head.reference ?? ""}`.toLowerCase().includes(term),
    ],
    field: (id, head, path) =>
      documentField(books, head, path, {
        invoiceid: id,
        invoicenumber: head.number,
        duedate: head.dueDate === null ? null : dayValue(head.dueDate),
        amountdue: { amount: head.amountDue },
        amountpaid: { amount: head.amountPaid },
        amountcredited: { amount: head.amountCredited },
      }),
  };
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
    heads: () => books.creditNotes.heads(),
    filters: [],
    field: (id, head, path) =>
      documentField(books, head, path, {
        creditnoteid: id,
        creditnotenumber: head.number,
        remainingcredit: { amount: head.remainingCredit },
      }),
  };
}

export function creditSource(
  books: Books,
  request: SandboxRequest,
  kind: "overpayment" | "prepayment",
): ListSource<Heads<"overpayments">> {
  const references = queryList(request, "References");
  return {
    paged: true,
    heads: () => (kind === "overpayment" ? books.overpayments : books.prepayments).heads(),
    filters: [(_, head) => references === null || references.has((head.reference ?? "").toLowerCase())],
    field: (id, head, path) =>
      documentField(books, head, path, {
        [`${kind}id`]: id,
        remainingcredit: { amount: head.remainingCredit },
      }),
  };
}

export function bankTransactionSource(
  books: Books,
  request: SandboxRequest,
): ListSource<Heads<"bankTransactions">> {
  const references = queryList(request, "References");
  return {
    paged: true,
    heads: () => books.bankTransactions.heads(),
    filters: [(_, head) => references === null || references.has((head.reference ?? "").toLowerCase())],
    field: (id, head, path) =>
      documentField(books, head, path, {
        banktransactionid: id,
        isreconciled: head.isReconciled,
        "bankaccount.accountid": head.bankAccountId,
        "bankaccount.code": books.accounts.head(head.bankAccountId)?.code ?? null,
      }),
  };
}

export function paymentSource(books: Books): ListSource<Heads<"payments">> {
  return {
    paged: true,
    heads: () => books.payments.heads(),
    filters: [],
    field: (id, head, path) => {
      const invoice = head.targetKind === "invoice" ? books.invoices.head(head.targetId) : undefined;
      const note = head.targetKind === "creditNote" ? books.creditNotes.head(head.targetId) : undefined;
      const fields: Record<string, FieldValue> = {
        paymentid: id,
        status: head.status,
        reference: head.reference,
        date: dayValue(head.date),
        amount: { amount: head.amount },
        isreconciled: head.isReconciled,
        updateddateutc: new Date(head.updatedMs),
        paymenttype: paymentType(head.targetKind, invoice?.type ?? note?.type),
        "account.accountid": head.accountId,
        "account.code": books.accounts.head(head.accountId)?.code ?? null,
        "invoice.invoiceid": invoice === undefined ? null : head.targetId,
        "invoice.invoicenumber": invoice?.number ?? null,
        "invoice.contact.contactid": invoice?.contactId ?? null,
        "creditnote.creditnoteid": note === undefined ? null : head.targetId,
      };
      return fields[path];
    },
  };
}

function paymentType(kind: string, type: string | undefined): string {
  if (kind === "invoice") return type === "ACCPAY" ? "ACCPAYPAYMENT" : "ACCRECPAYMENT";
  if (kind === "creditNote") return type === "ACCPAYCREDIT" ? "APCREDITPAYMENT" : "ARCREDITPAYMENT";
  return kind === "overpayment" ? "AROVERPAYMENTPAYMENT" : "ARPREPAYMENTPAYMENT";
}

interface DocumentHead {
  readonly type: string;
  readonly status: string;
  readonly reference: string | null;
  readonly contactId: string;
  readonly date: string;
  readonly currency: string;
  readonly total: string;
  readonly updatedMs: number;
}

function documentField(
  books: Books,
  head: DocumentHead,
  path: string,
  own: Readonly<Record<string, FieldValue>>,
): FieldValue {
  if (Object.hasOwn(own, path)) return own[path];
  switch (path) {
    case "type":
      return head.type;
    case "status":
      return head.status;
    case "reference":
      return head.reference;
    case "date":
      return dayValue(head.date);
    case "currencycode":
      return head.currency;
    case "total":
      return { amount: head.total };
    case "updateddateutc":
      return new Date(head.updatedMs);
    case "contact.contactid":
      return head.contactId;
    case "contact.name":
      return books.contacts.head(head.contactId)?.name ?? null;
    case "contact.contactnumber":
      return books.contacts.head(head.contactId)?.contactNumber ?? null;
    default:
      return undefined;
  }
}

function dayValue(day: string): Date {
  return new Date(`${day}T00:00:00Z`);
}
