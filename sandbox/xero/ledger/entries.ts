/**
 * Every record that moves the ledger, and the journal that each derives. Journals of payments and allocations
 * also need the documents that they settle, which are looked up here.
 */
import { invariant } from "@/lib/kernel/invariant";
import type { Books } from "../books";
import type { PostingChart } from "./journal";
import type { Journal, LedgerEntry, Settleable } from "./ledger-types";
import {
  bankTransactionJournal,
  bankTransferJournal,
  creditNoteJournal,
  invoiceJournal,
  manualJournalJournal,
} from "./post-documents";
import { allocationJournal, clearingJournal, paymentJournal } from "./post-settlements";

export function* allEntries(books: Books): Iterable<LedgerEntry> {
  for (const record of bodiesOf(books.invoices)) yield { kind: "invoice", record };
  for (const record of bodiesOf(books.creditNotes)) yield { kind: "creditNote", record };
  for (const record of bodiesOf(books.overpayments)) yield { kind: "overpayment", record };
  for (const record of bodiesOf(books.prepayments)) yield { kind: "prepayment", record };
  for (const record of bodiesOf(books.payments)) yield { kind: "payment", record };
  for (const record of bodiesOf(books.allocations)) yield { kind: "allocation", record };
  for (const record of bodiesOf(books.bankTransactions)) yield { kind: "bankTransaction", record };
  for (const record of bodiesOf(books.bankTransfers)) yield { kind: "bankTransfer", record };
  for (const record of bodiesOf(books.manualJournals)) yield { kind: "manualJournal", record };
}

function* bodiesOf<Body>(table: {
  heads(): Iterable<[string, unknown]>;
  get(id: string): Body | undefined;
}): Iterable<Body> {
  for (const [id] of table.heads()) {
    const body = table.get(id);
    if (body !== undefined) yield body;
  }
}

/** The journal of a record; null when it posts nothing. */
export function journalOf(books: Books, chart: PostingChart, entry: LedgerEntry): Journal | null {
  switch (entry.kind) {
    case "invoice":
      return invoiceJournal(chart, entry.record);
    case "creditNote":
      return creditNoteJournal(chart, entry.record);
    case "bankTransaction":
      return bankTransactionJournal(chart, entry.record);
    case "bankTransfer":
      return bankTransferJournal(chart, entry.record);
    case "manualJournal":
      return manualJournalJournal(chart, entry.record);
    case "payment":
      return paymentJournal(chart, entry.record, mustSettle(books, entry.record.target));
    case "allocation": {
      const { source, invoiceId } = entry.record;
      const invoice = mustSettle(books, { kind: "invoice", id: invoiceId });
      return allocationJournal(chart, entry.record, mustSettle(books, source), invoice);
    }
    default:
      // Over- and prepayments are posted by their bank transaction, accounts by nothing.
      return null;
  }
}

export function isSettleable(entry: LedgerEntry): entry is Settleable {
  return ["invoice", "creditNote", "overpayment", "prepayment"].includes(entry.kind);
}

export function mustSettle(books: Books, ref: { kind: Settleable["kind"]; id: string }): Settleable {
  const found = findSettleable(books, ref);
  invariant(found !== null, `the ${ref.kind} that is settled exists`);
  return found;
}

export function findSettleable(
  books: Books,
  ref: { kind: Settleable["kind"]; id: string },
): Settleable | null {
  if (ref.kind === "invoice") {
    const record = books.invoices.get(ref.id);
    return record === undefined ? null : { kind: "invoice", record };
  }
  if (ref.kind === "creditNote") {
    const record = books.creditNotes.get(ref.id);
    return record === undefined ? null : { kind: "creditNote", record };
  }
  const record = (ref.kind === "overpayment" ? books.overpayments : books.prepayments).get(ref.id);
  return record === undefined ? null : { kind: ref.kind, record };
}

/** What settling a document in full has left to clear; null when nothing is left or it is not settled. */
export function clearingOf(books: Books, chart: PostingChart, settled: Settleable): Journal | null {
  const { record } = settled;
  if (record.status !== "PAID") return null;
  if (record.currency === chart.baseCurrency && settled.kind !== "prepayment") return null;
  const amounts: string[] = [];
  let day = record.date;
  const settle = (amount: string, on: string): void => {
    amounts.push(amount);
    if (on > day) day = on;
  };
  for (const id of books.payments.by("target", record.id)) {
    const payment = books.payments.head(id);
    if (payment !== undefined && payment.status !== "DELETED") settle(payment.amount, payment.date);
  }
  for (const id of books.allocations.by(settled.kind === "invoice" ? "invoice" : "source", record.id)) {
    const allocation = books.allocations.head(id);
    if (allocation !== undefined) settle(allocation.amount, allocation.date);
  }
  return clearingJournal(chart, settled, amounts, day);
}
