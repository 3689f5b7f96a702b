/** The credit note calls: list, get, create, update, status changes, void, delete and the invoices credited. */
import { decimal } from "@/lib/kernel/decimal";
import type { SandboxResponse } from "@/sandbox/kit/types";
import {
  creditNoteRowWire,
  creditNoteStatus,
  creditNoteWire,
  invoicesCreditedWire,
} from "../wire/credit-note-wire";
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
import { sum } from "./arithmetic";
import { isOwnNumberMissing, readExtras } from "./document-extras";
import { readDocumentInput } from "./document-input";
import { amountTest, dateTests, matching, modifiedTests, textTests } from "./filters";
import { idsBy } from "./indexes";
import { type CreditNoteBody, creditNoteBody, parseInput } from "./input";
import type { CreditNoteHeader, StoredCreditNote } from "./records";
import { changeCreditNote, creditBalance, removeCredit } from "./settle";
import { composeDocument } from "./write-document";

const SORT_COLUMNS = [
  "created_time",
  "last_modified_time",
  "customer_name",
  "creditnote_number",
  "date",
  "total",
  "balance",
] as const;

export function listCreditNotes(call: BooksCall): SandboxResponse {
  const { books, organization, query } = call;
  const modified = modifiedTests<CreditNoteHeader>(call);
  if (!modified.ok) return refuseValue(modified.error);
  const customerName = (note: CreditNoteHeader): string => books.contacts.head(note.customerId)?.name ?? "";
  const sort = sortAsked(call, SORT_COLUMNS, { column: "created_time", order: "D" });
  const columns: Record<(typeof SORT_COLUMNS)[number], (note: CreditNoteHeader) => string | number> = {
    created_time: ({ created }) => created,
    last_modified_time: ({ modified: changed }) => changed,
    customer_name: customerName,
    creditnote_number: ({ number }) => number,
    date: ({ date }) => date,
    total: ({ total }) => Number(total),
    balance: (note) => creditBalance(note).toNumber(),
  };
  const filter = /^Status\.(Open|Closed|Void|Draft)$/.exec(query.get("filter_by") ?? "")?.[1]?.toLowerCase();
  const status = query.get("status") ?? filter ?? null;
  const tests = [
    ...modified.value,
    ...textTests<CreditNoteHeader>(call, {
      creditnote_number: ({ number }) => number,
      reference_number: ({ reference }) => reference,
      customer_name: customerName,
      customer_id: ({ customerId }) => customerId,
    }),
    ...dateTests<CreditNoteHeader>(call, "date", ({ date }) => date),
    ...amountTest<CreditNoteHeader>(call, "total", ({ total }) => total),
    ...(status === null ? [] : [(_id: string, note: CreditNoteHeader) => creditNoteStatus(note) === status]),
  ];
  return listPage(
    call,
    { key: "creditnotes", reportName: "Credit Notes", sortColumn: sort.column, sortOrder: sort.order },
    matching(sorted(books.creditNotes, sort.column, sort.order, columns[sort.column]), tests),
    (id, note) => creditNoteRowWire(books, organization, id, note),
  );
}

export function getCreditNote(call: BooksCall): SandboxResponse {
  const [id = ""] = call.ids;
  const note = call.books.creditNotes.get(id);
  return note === undefined ? refuseMissing(call.context, "Credit Note") : succeed(shown(call, id, note));
}

function shown(call: BooksCall, id: string, note: StoredCreditNote) {
  const lines = call.books.lines.get(id) ?? [];
  return { creditnote: creditNoteWire(call.books, call.organization, id, note, lines) };
}

export function createCreditNote(call: BooksCall): SandboxResponse {
  const body = parseInput(creditNoteBody, call.input);
  if (!body.ok) return refuseValue(body.error);
  if (isOwnNumberMissing(call, body.value.creditnote_number)) return refuseValue("creditnote_number");
  const number = body.value.creditnote_number || nextNumber(call);
  if (findCreditNote(call, number) !== null)
    return refuse(400, CODE_DUPLICATE, `Credit Note ${number} already exists.`);
  return writeCreditNote(call, call.books.nextId(), number, body.value, null);
}

export function updateCreditNote(call: BooksCall): SandboxResponse {
  const [id = ""] = call.ids;
  const previous = call.books.creditNotes.get(id);
  if (previous === undefined) return refuseMissing(call.context, "Credit Note");
  const body = parseInput(creditNoteBody, call.input);
  if (!body.ok) return refuseValue(body.error);
  if (previous.state === "void") return refuse(400, CODE_NOT_ALLOWED, "Void credit notes cannot be edited.");
  const number = body.value.creditnote_number ?? previous.number;
  if (![null, id].includes(findCreditNote(call, number)))
    return refuse(400, CODE_DUPLICATE, `Credit Note ${number} already exists.`);
  return writeCreditNote(call, id, number, body.value, previous);
}

function writeCreditNote(
  call: BooksCall,
  id: string,
  number: string,
  body: CreditNoteBody,
  previous: StoredCreditNote | null,
): SandboxResponse {
  const { books } = call;
  const old = previous === null ? null : { document: previous, lines: books.lines.get(id) ?? [] };
  const input = readDocumentInput(call, body, number, old);
  if (!input.ok) return input.error;
  const known = previous === null ? null : id;
  const extras = readExtras(call, "creditnote", books.creditNotes, known, input.value.customerId, previous);
  if (!extras.ok) return extras.error;
  const now = books.stamp();
  const { document, lines } = composeDocument(books, input.value, call.organization.taxRounding, {
    created: previous?.created ?? now,
    modified: now,
  });
  const spent = [...(previous?.credits ?? []), ...(previous?.refunds ?? [])];
  const used = sum(spent.map((credit) => decimal(credit.amount)));
  if (used.greaterThan(document.total))
    return refuse(400, CODE_NOT_ALLOWED, "The total cannot be less than the credits already applied.");
  const note: StoredCreditNote = {
    state: body.is_draft === true ? "draft" : "open",
    credits: [],
    ...previous,
    ...document,
    ...extras.value,
  };
  books.lines.put(id, lines);
  books.creditNotes.put(id, note);
  return previous === null
    ? succeedWriting(shown(call, id, note), "The credit note has been created.", 201)
    : succeedWriting(shown(call, id, note), "The credit note has been updated.");
}

export const voidCreditNote = (call: BooksCall): SandboxResponse =>
  changeState(call, "void", "The credit note has been marked as void.");

export const openCreditNote = (call: BooksCall): SandboxResponse =>
  changeState(call, "open", "Status of the credit note has been changed to open.");

export const draftCreditNote = (call: BooksCall): SandboxResponse =>
  changeState(call, "draft", "The credit note has been marked as Draft.");

function changeState(call: BooksCall, state: StoredCreditNote["state"], message: string): SandboxResponse {
  const [id = ""] = call.ids;
  const note = call.books.creditNotes.get(id);
  if (note === undefined) return refuseMissing(call.context, "Credit Note");
  if (note.credits.length > 0 || (note.refunds ?? []).length > 0)
    return refuse(400, CODE_NOT_ALLOWED, "Credits of this note are applied to invoices or refunded.");
  changeCreditNote(call.books, id, call.books.stamp(), (current) => ({ ...current, state }));
  return succeedWriting({}, message);
}

export function deleteCreditNote(call: BooksCall): SandboxResponse {
  const [id = ""] = call.ids;
  const note = call.books.creditNotes.get(id);
  if (note === undefined) return refuseMissing(call.context, "Credit Note");
  if (note.credits.length > 0 || (note.refunds ?? []).length > 0)
    return refuse(400, CODE_NOT_ALLOWED, "Credits of this note are applied to invoices or refunded.");
  call.books.creditNotes.delete(id);
  call.books.lines.delete(id);
  return succeedWriting({}, "The credit note has been deleted.");
}

export function listInvoicesCredited(call: BooksCall): SandboxResponse {
  const [id = ""] = call.ids;
  const note = call.books.creditNotes.get(id);
  if (note === undefined) return refuseMissing(call.context, "Credit Note");
  return succeed({ invoices_credited: invoicesCreditedWire(call.books, id, note) });
}

export function deleteInvoiceCredited(call: BooksCall): SandboxResponse {
  const [id = "", creditId = ""] = call.ids;
  return removeCredit(call.books, id, creditId, call.books.stamp())
    ? succeedWriting({}, "Credits applied to an invoice have been deleted.")
    : refuseMissing(call.context, "Credit");
}

function findCreditNote(call: BooksCall, number: string): string | null {
  const [id] = idsBy(call.books.creditNotes, "number", (note) => note.number, number);
  return id ?? null;
}

function nextNumber(call: BooksCall): string {
  let count = call.books.creditNotes.size + 1;
  while (findCreditNote(call, `CN-${String(count).padStart(5, "0")}`) !== null) count += 1;
  return `CN-${String(count).padStart(5, "0")}`;
}
