/** What stands below a record in Xero: payments and credits, its journal, its files and its history. */
import type { SandboxResponse } from "@/sandbox/kit/types";
import type { Books } from "@/sandbox/xero/books";
import { type ListedJournal, listJournals } from "@/sandbox/xero/ledger/journal-listing";
import { findAttachment } from "@/sandbox/xero/paperwork/attachments";
import { rowsOf } from "../edits";
import type { Column, Desk, Section } from "../kinds";
import { table } from "../parts";
import { amountInWords, dayInWords, isWire, rowsAt, textAt, type Wire } from "../wire";

/** Payments, and what credits were put to or from the document. */
export function settlementSections(desk: Desk, record: Wire): readonly Section[] {
  const rows: readonly Wire[] = [
    ...rowsAt(record, "Payments").map((row) => ({
      What: "Payment",
      Date: row.Date,
      Amount: row.Amount,
      Reference: row.Reference,
      Address: `payments/${textAt(row, "PaymentID")}`,
    })),
    ...rowsAt(record, "CreditNotes").map((row) => ({
      What: `Credit note ${textAt(row, "CreditNoteNumber")}`,
      Date: row.Date,
      Amount: row.AppliedAmount,
      Address: `credit-notes/${textAt(row, "CreditNoteID")}`,
    })),
    ...["Overpayments", "Prepayments"].flatMap((kind) =>
      rowsAt(record, kind).map((row) => ({
        What: kind.slice(0, -1),
        Date: row.Date,
        Amount: row.AppliedAmount,
      })),
    ),
    ...rowsAt(record, "Allocations").map((row) => ({
      What: `Put against ${textAt(row, "Invoice.InvoiceNumber") || "an invoice"}`,
      Date: row.Date,
      Amount: row.Amount,
      Address: `${textAt(row, "Invoice.Type") === "ACCPAY" ? "bills" : "invoices"}/${textAt(row, "Invoice.InvoiceID")}`,
    })),
  ];
  if (rows.length === 0) return [];
  const columns: readonly Column[] = [
    {
      label: "What",
      at: "What",
      link: (row) => (textAt(row, "Address") === "" ? null : `${desk.base}/${textAt(row, "Address")}`),
    },
    { label: "Date", at: "Date", as: "day" },
    { label: "Reference", at: "Reference" },
    { label: "Amount", at: "Amount", as: "amount" },
  ];
  const content = table("Payments and credits", columns, rows, {
    desk,
    currencyOf: () => textAt(record, "CurrencyCode"),
  });
  return [{ title: "Payments and credits", content }];
}

/** The journals that the record has posted, in the base currency. */
export function journalSections(
  books: Books,
  desk: Desk,
  kind: Parameters<typeof listJournals>[1],
  id: string,
): readonly Section[] {
  const journals = listJournals(books, kind, id);
  return journals.map((journal) => ({
    title: `Journal of ${dayInWords(journal.day)}, in ${books.organisation().baseCurrency}`,
    content: journalTable(books, desk, journal),
  }));
}

function journalTable(books: Books, desk: Desk, journal: ListedJournal) {
  const columns: readonly Column[] = [
    {
      label: "Account",
      at: (line) => `${textAt(line, "accountCode")} ${textAt(line, "accountName")}`.trim(),
    },
    { label: "Description", at: "description" },
    { label: "Debit", at: (line) => sideOf(line, "debit"), as: "amount" },
    { label: "Credit", at: (line) => sideOf(line, "credit"), as: "amount" },
    { label: "Tax", at: "taxType" },
  ];
  const { baseCurrency } = books.organisation();
  const rows = journal.lines.map((line): Wire => ({ ...line }));
  return table(`Journal of ${dayInWords(journal.day)}`, columns, rows, {
    desk,
    currencyOf: () => baseCurrency,
  });
}

/** The side that has nothing stays empty, as on paper. */
function sideOf(line: Wire, side: "debit" | "credit"): string {
  const amount = textAt(line, side);
  return /^0(\.0+)?$/.test(amount) ? "" : amount;
}

/** Files and history of a kind that has them. */
export function paperworkSections(
  desk: Desk,
  parts: { readonly plural: string; readonly slug: string; readonly id: string; readonly files: boolean },
): readonly Section[] {
  const { plural, slug, id } = parts;
  const files = parts.files ? rowsOf(desk, `/${plural}/${id}/Attachments`, "Attachments") : [];
  const history = rowsOf(desk, `/${plural}/${id}/History`, "HistoryRecords");
  const shown = { desk, currencyOf: () => "" };
  const fileColumns: readonly Column[] = [
    {
      label: "File",
      at: "FileName",
      link: (file) => `${desk.base}/${slug}/${id}/files/${encodeURIComponent(textAt(file, "AttachmentID"))}`,
    },
    { label: "Type", at: "MimeType" },
    { label: "Bytes", at: (file) => amountInWords(textAt(file, "ContentLength"), "JPY"), as: "amount" },
  ];
  const historyColumns: readonly Column[] = [
    { label: "Time (UTC)", at: "DateUTC", as: "instant" },
    { label: "Changes", at: "Changes" },
    { label: "User", at: "User" },
    { label: "Details", at: "Details" },
  ];
  return [
    ...(files.length === 0 ? [] : [{ title: "Files", content: table("Files", fileColumns, files, shown) }]),
    ...(history.length === 0
      ? []
      : [
          {
            title: "History and notes, the newest first",
            content: table("History and notes", historyColumns, history, shown),
          },
        ]),
  ];
}

/** A file as a download: it came from a client, so no browser may show it as a page of ours. */
export function attachmentAnswer(books: Books, id: string, fileId: string): SandboxResponse | null {
  const file = findAttachment(books, id, fileId);
  if (file === undefined) return null;
  return {
    status: 200,
    headers: {
      "content-type": "application/octet-stream",
      "content-disposition": `attachment; filename*=UTF-8''${encodeURIComponent(file.fileName)}`,
      "x-content-type-options": "nosniff",
    },
    body: Buffer.from(file.contentBase64, "base64"),
  };
}

/** The newest documents of a contact. */
export function contactDocuments(desk: Desk, id: string): readonly Section[] {
  const rows = rowsOf(desk, "/Invoices", "Invoices", {
    ContactIDs: id,
    page: "1",
    pageSize: "50",
    summaryOnly: "true",
    order: "UpdatedDateUTC DESC",
  });
  if (rows.length === 0) return [];
  const columns: readonly Column[] = [
    {
      label: "Number",
      at: (row) => textAt(row, "InvoiceNumber") || "(no number)",
      link: (row) =>
        `${desk.base}/${textAt(row, "Type") === "ACCPAY" ? "bills" : "invoices"}/${textAt(row, "InvoiceID")}`,
    },
    { label: "Type", at: (row) => (textAt(row, "Type") === "ACCPAY" ? "Bill" : "Invoice") },
    { label: "Date", at: "Date", as: "day" },
    { label: "Status", at: "Status", as: "status" },
    { label: "Due", at: "AmountDue", as: "amount" },
    { label: "Total", at: "Total", as: "amount" },
    { label: "Currency", at: "CurrencyCode" },
  ];
  const content = table("Invoices and bills", columns, rows, {
    desk,
    currencyOf: (row) => textAt(row, "CurrencyCode"),
  });
  return [{ title: "Invoices and bills, the newest change first, 50 at most", content }];
}

/** Name of what a payment settles, and its address. */
export function settledBy(payment: Wire): { label: string; address: string | null } {
  const invoice = payment.Invoice;
  if (isWire(invoice))
    return {
      label: textAt(invoice, "InvoiceNumber") || "(no number)",
      address: `${textAt(invoice, "Type") === "ACCPAY" ? "bills" : "invoices"}/${textAt(invoice, "InvoiceID")}`,
    };
  const note = payment.CreditNote;
  if (isWire(note))
    return {
      label: textAt(note, "CreditNoteNumber"),
      address: `credit-notes/${textAt(note, "CreditNoteID")}`,
    };
  return { label: isWire(payment.Overpayment) ? "Overpayment" : "Prepayment", address: null };
}
