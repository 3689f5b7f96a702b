/**
 * GET /Reports/AgedReceivablesByContact and AgedPayablesByContact: what one contact owes or is owed on a day,
 * document by document, in the base currency at each document's rate. Credits stand below zero.
 */

import { scaleOf } from "../../amounts";
import { notFound, validationException, type Wire, type XeroAnswer, XeroRefusal } from "../../answer";
import type { XeroCall } from "../../api/call";
import type { Books } from "../../books";
import { dayInWords, dayOf, wireDayText } from "../../dates";
import { queryText } from "../../read/list";
import type { DocumentCore } from "../../records";
import { baseMinorOf, minorText } from "../base-amount";
import { daysBetween, monthEnd } from "./periods";
import { headerRow, plainRow, queryDay, reportAnswer, sectionRow, summaryRow } from "./report";

type Side = "sales" | "purchases";

interface AgedDocument {
  readonly id: string;
  readonly day: string;
  readonly name: string;
  readonly dueDay: string | null;
  /** Total, paid, credited and due, in minor units of the base currency. */
  readonly amounts: readonly [bigint, bigint, bigint, bigint];
}

export function agedByContact(call: XeroCall, side: Side): XeroAnswer {
  const { books } = call;
  const contactId = queryText(call.request, "contactId")?.toLowerCase();
  if (contactId === undefined)
    throw new XeroRefusal(
      validationException([{ ValidationErrors: [{ Message: "The contactId parameter is required." }] }]),
    );
  const contact = books.contacts.head(contactId);
  if (contact === undefined) throw notFound();
  const date = queryDay(call, "date") ?? monthEnd(dayOf(books.now()));
  const open = agedDocuments(books, contactId, side, date).sort(byDay);
  const from = queryDay(call, "fromDate") ?? open[0]?.day ?? date;
  const to = queryDay(call, "toDate") ?? date;
  const shown = open.filter(({ day }) => day >= from && day <= to);
  const opening = sumOf(open.filter(({ day }) => day < from));
  const text = (minor: bigint): string => minorText(minor, scaleOf(books.organisation().baseCurrency));
  const totals = sumOf(shown).map(text);
  const type = side === "sales" ? "AgedReceivablesByContact" : "AgedPayablesByContact";
  return reportAnswer(
    call,
    {
      type,
      name: side === "sales" ? "Aged Receivables By Contact" : "Aged Payables By Contact",
      titles: [
        "Invoices",
        contact.name,
        `From ${dayInWords(from)} to ${dayInWords(to)}`,
        `Showing payments to ${dayInWords(date)}`,
      ],
    },
    [
      headerRow([
        "Date",
        side === "sales" ? "Number" : "Reference",
        "Due Date",
        "",
        "Total",
        "Paid",
        "Credited",
        "Due",
      ]),
      sectionRow("", [
        plainRow(
          [wireDayText(from), "Opening Balance", "", "", "", "", "", text(opening[3])].map((value) => ({
            text: value,
          })),
        ),
      ]),
      sectionRow("", [
        ...shown.map((document) => documentRow(document, date, text)),
        summaryRow("Total", ["", "", "", ...totals]),
      ]),
      sectionRow("", [
        summaryRow("Closing Balance", ["", "", "", ...closing(totals, opening[3] + sumOf(shown)[3], text)]),
      ]),
    ],
  );
}

function closing(totals: readonly string[], due: bigint, text: (minor: bigint) => string): readonly string[] {
  return [...totals.slice(0, 3), text(due)];
}

function byDay(left: AgedDocument, right: AgedDocument): number {
  return left.day < right.day ? -1 : left.day > right.day ? 1 : 0;
}

function sumOf(documents: readonly AgedDocument[]): [bigint, bigint, bigint, bigint] {
  const sums: [bigint, bigint, bigint, bigint] = [0n, 0n, 0n, 0n];
  for (const { amounts } of documents)
    for (const index of [0, 1, 2, 3] as const) sums[index] += amounts[index];
  return sums;
}

function documentRow(document: AgedDocument, date: string, text: (minor: bigint) => string): Wire {
  const lateDays = document.dueDay === null ? 0 : daysBetween(document.dueDay, date);
  const about = ["invoiceID", document.id] as const;
  return plainRow(
    [
      wireDayText(document.day),
      document.name,
      document.dueDay === null ? "" : wireDayText(document.dueDay),
      lateDays > 0 ? `${lateDays} days overdue` : "",
      ...document.amounts.map(text),
    ].map((value) => ({ text: value, about })),
  );
}

/** Approved documents of a contact that still had a balance on that day. */
function agedDocuments(books: Books, contactId: string, side: Side, date: string): AgedDocument[] {
  return [
    ...invoicesOf(books, contactId, side, date),
    ...notesOf(books, contactId, side, date),
    ...creditsOf(books, contactId, side, date),
  ].filter(({ day, amounts }) => day <= date && amounts[3] !== 0n);
}

function* invoicesOf(books: Books, contactId: string, side: Side, date: string): Iterable<AgedDocument> {
  for (const id of books.invoices.by("contact", contactId)) {
    const head = books.invoices.head(id);
    if (head === undefined || head.type !== (side === "sales" ? "ACCREC" : "ACCPAY")) continue;
    if (head.status !== "AUTHORISED" && head.status !== "PAID") continue;
    const invoice = books.invoices.get(id);
    if (invoice !== undefined)
      yield aged(books, invoice, {
        name: invoice.number,
        dueDay: invoice.dueDate,
        index: "invoice",
        sign: 1n,
        date,
      });
  }
}

function* notesOf(books: Books, contactId: string, side: Side, date: string): Iterable<AgedDocument> {
  for (const id of books.creditNotes.by("contact", contactId)) {
    const head = books.creditNotes.head(id);
    if (head === undefined || head.type !== (side === "sales" ? "ACCRECCREDIT" : "ACCPAYCREDIT")) continue;
    if (head.status !== "AUTHORISED" && head.status !== "PAID") continue;
    const note = books.creditNotes.get(id);
    if (note !== undefined)
      yield aged(books, note, { name: note.number, dueDay: null, index: "source", sign: -1n, date });
  }
}

function* creditsOf(books: Books, contactId: string, side: Side, date: string): Iterable<AgedDocument> {
  for (const table of [books.overpayments, books.prepayments])
    for (const id of table.by("contact", contactId)) {
      const credit = table.get(id);
      if (credit === undefined || credit.status === "VOIDED") continue;
      if (credit.type.startsWith("RECEIVE") !== (side === "sales")) continue;
      yield aged(books, credit, {
        name: credit.reference ?? "",
        dueDay: null,
        index: "source",
        sign: -1n,
        date,
      });
    }
}

function aged(
  books: Books,
  core: DocumentCore,
  parts: {
    readonly name: string;
    readonly dueDay: string | null;
    readonly index: "invoice" | "source";
    readonly sign: 1n | -1n;
    readonly date: string;
  },
): AgedDocument {
  const scale = scaleOf(books.organisation().baseCurrency);
  const inBase = (amount: string): bigint => parts.sign * baseMinorOf(amount, core.currencyRate, scale);
  const total = inBase(core.total);
  let paid = 0n;
  for (const id of books.payments.by("target", core.id)) {
    const payment = books.payments.head(id);
    if (payment !== undefined && payment.status !== "DELETED" && payment.date <= parts.date)
      paid += inBase(payment.amount);
  }
  let credited = 0n;
  for (const id of books.allocations.by(parts.index, core.id)) {
    const allocation = books.allocations.head(id);
    if (allocation !== undefined && allocation.date <= parts.date) credited += inBase(allocation.amount);
  }
  return {
    id: core.id,
    day: core.date,
    name: parts.name,
    dueDay: parts.dueDay,
    amounts: [total, paid, credited, total - paid - credited],
  };
}
