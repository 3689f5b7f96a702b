/** The invoice calls: list, get, create, update, status changes, void, delete, payments and credits applied. */

import { decimal } from "@/lib/kernel/decimal";
import type { SandboxResponse } from "@/sandbox/kit/types";
import { zonedDate } from "../wire/formats";
import { invoiceRowWire, invoiceStatus, invoiceWire, type StatusRules } from "../wire/invoice-wire";
import {
  type BooksCall,
  CODE_DUPLICATE,
  CODE_NOT_ALLOWED,
  listPage,
  refuse,
  refuseMissing,
  refuseValue,
  sortAsked,
  sorted,
  succeed,
  succeedWriting,
} from "./answers";
import { isOwnNumberMissing, readExtras } from "./document-extras";
import { readDocumentInput } from "./document-input";
import { amountTest, dateTests, matching, modifiedTests, textTests } from "./filters";
import { idsBy } from "./indexes";
import { type InvoiceBody, invoiceBody, parseInput } from "./input";
import { refuseTooMuchTaken, takeOver } from "./orders/take-over";
import type { InvoiceHeader, StoredInvoice } from "./records";
import { changeInvoice, invoiceBalance } from "./settle";
import { composeDocument } from "./write-document";

const SORT_COLUMNS = [
  "created_time",
  "last_modified_time",
  "customer_name",
  "invoice_number",
  "date",
  "due_date",
  "total",
  "balance",
] as const;

function statusRules(call: BooksCall): StatusRules {
  const overdue = call.context.switches.get("zoho.partly-paid-overdue") === "overdue";
  return {
    today: zonedDate(call.context.clock.now(), call.organization.timeZone),
    partlyPaidOverdue: overdue ? "overdue" : "partially_paid",
  };
}

export function listInvoices(call: BooksCall): SandboxResponse {
  const { books, organization, query } = call;
  const rules = statusRules(call);
  const modified = modifiedTests<InvoiceHeader>(call);
  if (!modified.ok) return refuseValue(modified.error);
  const sort = sortAsked(call, SORT_COLUMNS, { column: "created_time", order: "D" });
  const customerName = (invoice: InvoiceHeader): string =>
    books.contacts.head(invoice.customerId)?.name ?? "";
  const columns: Record<(typeof SORT_COLUMNS)[number], (invoice: InvoiceHeader) => string | number> = {
    created_time: ({ created }) => created,
    last_modified_time: ({ modified: changed }) => changed,
    customer_name: customerName,
    invoice_number: ({ number }) => number,
    date: ({ date }) => date,
    due_date: ({ dueDate }) => dueDate,
    total: ({ total }) => Number(total),
    balance: (invoice) => invoiceBalance(invoice).toNumber(),
  };
  const status = query.get("status") ?? statusOfFilter(query.get("filter_by"));
  const tests = [
    ...modified.value,
    ...textTests<InvoiceHeader>(call, {
      invoice_number: ({ number }) => number,
      reference_number: ({ reference }) => reference,
      customer_name: customerName,
      customer_id: ({ customerId }) => customerId,
    }),
    ...dateTests<InvoiceHeader>(call, "date", ({ date }) => date),
    ...dateTests<InvoiceHeader>(call, "due_date", ({ dueDate }) => dueDate),
    ...amountTest<InvoiceHeader>(call, "total", ({ total }) => total),
    ...(status === null
      ? []
      : [(_id: string, invoice: InvoiceHeader) => hasStatus(status, invoiceStatus(invoice, rules))]),
  ];
  return listPage(
    call,
    { key: "invoices", reportName: "Invoices", sortColumn: sort.column, sortOrder: sort.order },
    matching(sorted(books.invoices, sort.column, sort.order, columns[sort.column]), tests),
    (id, invoice) => invoiceRowWire(books, organization, rules, id, invoice),
  );
}

/** "Status.PartiallyPaid" to "partially_paid"; null for all. */
function statusOfFilter(filter: string | null): string | null {
  const name = /^Status\.(\w+)$/.exec(filter ?? "")?.[1];
  if (name === undefined || name === "All") return null;
  return name.replace(/(?<=[a-z])(?=[A-Z])/g, "_").toLowerCase();
}

function hasStatus(asked: string, status: string): boolean {
  return asked === "unpaid" ? ["sent", "overdue", "partially_paid"].includes(status) : asked === status;
}

export function getInvoice(call: BooksCall): SandboxResponse {
  const [id = ""] = call.ids;
  const invoice = call.books.invoices.get(id);
  return invoice === undefined ? refuseMissing(call.context, "Invoice") : succeed(shown(call, id, invoice));
}

function shown(call: BooksCall, id: string, invoice: StoredInvoice) {
  const lines = call.books.lines.get(id) ?? [];
  return { invoice: invoiceWire(call.books, call.organization, statusRules(call), id, invoice, lines) };
}

export function createInvoice(call: BooksCall): SandboxResponse {
  const body = parseInput(invoiceBody, call.input);
  if (!body.ok) return refuseValue(body.error);
  if (isOwnNumberMissing(call, body.value.invoice_number)) return refuseValue("invoice_number");
  const number = body.value.invoice_number || nextNumber(call);
  if (findInvoice(call, number) !== null)
    return refuse(400, CODE_DUPLICATE, `Invoice ${number} already exists.`);
  return writeInvoice(call, call.books.nextId(), number, body.value, null);
}

export function updateInvoice(call: BooksCall): SandboxResponse {
  const [id = ""] = call.ids;
  const previous = call.books.invoices.get(id);
  if (previous === undefined) return refuseMissing(call.context, "Invoice");
  const body = parseInput(invoiceBody, call.input);
  if (!body.ok) return refuseValue(body.error);
  if (previous.state === "void") return refuse(400, CODE_NOT_ALLOWED, "Void invoices cannot be edited.");
  const number = body.value.invoice_number ?? previous.number;
  if (![null, id].includes(findInvoice(call, number)))
    return refuse(400, CODE_DUPLICATE, `Invoice ${number} already exists.`);
  return writeInvoice(call, id, number, body.value, previous);
}

function writeInvoice(
  call: BooksCall,
  id: string,
  number: string,
  body: InvoiceBody,
  previous: StoredInvoice | null,
): SandboxResponse {
  const { books } = call;
  const old = previous === null ? null : { document: previous, lines: books.lines.get(id) ?? [] };
  const input = readDocumentInput(call, body, number, old);
  if (!input.ok) return input.error;
  const known = previous === null ? null : id;
  const extras = readExtras(call, "invoice", books.invoices, known, input.value.customerId, previous);
  if (!extras.ok) return extras.error;
  const now = books.stamp();
  const { document, lines } = composeDocument(books, input.value, call.organization.taxRounding, {
    created: previous?.created ?? now,
    modified: now,
  });
  const settled = decimal(previous?.paid ?? "0").plus(previous?.credited ?? "0");
  if (settled.greaterThan(document.total))
    return refuse(400, CODE_NOT_ALLOWED, "The total cannot be less than what has been paid or credited.");
  const paymentTerms = body.payment_terms ?? previous?.paymentTerms ?? 0;
  const invoice: StoredInvoice = {
    state: call.query.get("send") === "true" ? "sent" : "draft",
    paid: "0",
    credited: "0",
    writtenOff: "0",
    paymentIds: [],
    creditNoteIds: [],
    lastPaymentDate: "",
    ...previous,
    ...document,
    ...extras.value,
    paymentTerms,
    dueDate: body.due_date ?? previous?.dueDate ?? daysAfter(document.date, paymentTerms),
  };
  const refused = refuseTooMuchTaken(call, lines, books.salesOrders);
  if (refused !== null) return refused;
  takeOver(books, books.salesOrders, id, lines, old?.lines ?? [], now);
  books.lines.put(id, lines);
  books.invoices.put(id, invoice);
  return previous === null
    ? succeedWriting(shown(call, id, invoice), "The invoice has been created.", 201)
    : succeedWriting(shown(call, id, invoice), "Invoice information has been updated.");
}

export function markInvoiceSent(call: BooksCall): SandboxResponse {
  return changeState(
    call,
    "sent",
    "Invoice status has been changed to Sent.",
    ({ state }) => state !== "void",
  );
}

export function markInvoiceDraft(call: BooksCall): SandboxResponse {
  return changeState(call, "draft", "Status of invoice changed from void to draft", unsettled);
}

export function voidInvoice(call: BooksCall): SandboxResponse {
  return changeState(call, "void", "Invoice status has been changed to Void.", unsettled);
}

const unsettled = (invoice: StoredInvoice): boolean =>
  decimal(invoice.paid).isZero() && decimal(invoice.credited).isZero();

function changeState(
  call: BooksCall,
  state: StoredInvoice["state"],
  message: string,
  allowed: (invoice: StoredInvoice) => boolean,
): SandboxResponse {
  const [id = ""] = call.ids;
  const invoice = call.books.invoices.get(id);
  if (invoice === undefined) return refuseMissing(call.context, "Invoice");
  if (!allowed(invoice))
    return refuse(400, CODE_NOT_ALLOWED, "Payments or credits are applied to this invoice, or it is void.");
  const { books } = call;
  const lines = books.lines.get(id) ?? [];
  const counted = (current: StoredInvoice["state"]) => (current === "void" ? [] : lines);
  takeOver(books, books.salesOrders, id, counted(state), counted(invoice.state), books.stamp());
  changeInvoice(books, id, books.stamp(), (current) => ({ ...current, state }));
  return succeedWriting({}, message);
}

export function deleteInvoice(call: BooksCall): SandboxResponse {
  const [id = ""] = call.ids;
  const invoice = call.books.invoices.get(id);
  if (invoice === undefined) return refuseMissing(call.context, "Invoice");
  if (!unsettled(invoice))
    return refuse(400, CODE_NOT_ALLOWED, "Invoices with payments or credits cannot be deleted.");
  const lines = invoice.state === "void" ? [] : (call.books.lines.get(id) ?? []);
  takeOver(call.books, call.books.salesOrders, id, [], lines, call.books.stamp());
  call.books.invoices.delete(id);
  call.books.lines.delete(id);
  return succeedWriting({}, "The invoice has been deleted.");
}

function findInvoice(call: BooksCall, number: string): string | null {
  const [id] = idsBy(call.books.invoices, "number", (invoice) => invoice.number, number);
  return id ?? null;
}

function nextNumber(call: BooksCall): string {
  let count = call.books.invoices.size + 1;
  while (findInvoice(call, `INV-${String(count).padStart(6, "0")}`) !== null) count += 1;
  return `INV-${String(count).padStart(6, "0")}`;
}

function daysAfter(date: string, days: number): string {
  const instant = new Date(`${date}T00:00:00Z`);
  instant.setUTCDate(instant.getUTCDate() + days);
  return instant.toISOString().slice(0, 10);
}
