/** Payments, bank transactions and manual journals: what moves money or the ledger without a document. */
import type { Books } from "@/sandbox/xero/books";
import type { Column, Kind } from "../kinds";
import { textAt } from "../wire";
import { editAct, statusAct } from "./xero-acts";
import {
  addressed,
  CONTACT,
  CURRENCY,
  DATE,
  dayField,
  isOpen,
  LINE_COLUMNS,
  STATUS,
  SUMS,
  searchField,
  TOTAL,
  textField,
  trackingOf,
  UPDATED,
} from "./xero-columns";
import { pagedList, whereContains, whereEquals } from "./xero-lists";
import { attachmentAnswer, journalSections, paperworkSections, settledBy } from "./xero-sections";

export function paymentKind(books: Books): Kind {
  const address = { plural: "Payments", idField: "PaymentID" };
  const settles: Column = {
    label: "Settles",
    at: (record) => settledBy(record).label,
    link: (record, desk) => {
      const to = settledBy(record).address;
      return to === null ? null : `${desk.base}/${to}`;
    },
  };
  const account: Column = {
    label: "Account",
    at: (record) => {
      const found = books.accounts.head(textAt(record, "Account.AccountID"));
      return found === undefined ? "" : `${found.code} ${found.name}`.trim();
    },
  };
  return {
    ...addressed(address),
    currencyAt: "Invoice.CurrencyCode",
    slug: "payments",
    many: "Payments",
    one: "Payment",
    group: "Money",
    searches: [
      ["reference", "Reference"],
      ["invoice", "Invoice number (whole)"],
    ],
    list: pagedList("Payments", ({ term, by }) =>
      by === "invoice" ? whereEquals("Invoice.InvoiceNumber", term) : whereContains("Reference", term),
    ),
    titleOf: (record) => settledBy(record).label,
    columns: [
      { label: "Date", at: "Date", as: "day" },
      settles,
      { label: "Type", at: "PaymentType" },
      { label: "Reference", at: "Reference" },
      account,
      STATUS,
      { label: "Amount", at: "Amount", as: "amount" },
    ],
    facts: [
      settles,
      STATUS,
      DATE,
      { label: "Amount", at: "Amount", as: "amount" },
      { label: "Reference", at: "Reference" },
      account,
      { label: "Type", at: "PaymentType" },
      { label: "Rate", at: "CurrencyRate" },
      { label: "Reconciled", at: "IsReconciled" },
      UPDATED,
    ],
    acts: [statusAct(address, { slug: "delete", label: "Delete", from: ["AUTHORISED"], to: "DELETED" })],
    sections: (desk, id) => [
      ...journalSections(books, desk, "payment", id),
      ...paperworkSections(desk, { plural: "Payments", slug: "payments", id, files: false }),
    ],
  };
}

export function bankTransactionKind(books: Books): Kind {
  const address = { plural: "BankTransactions", idField: "BankTransactionID" };
  const slug = "bank-transactions";
  const account: Column = { label: "Bank account", at: "BankAccount.Name" };
  return {
    ...addressed(address),
    slug,
    many: "Bank transactions",
    one: "Bank transaction",
    group: "Money",
    searches: [
      ["reference", "Reference"],
      ["contact", "Contact"],
    ],
    list: pagedList("BankTransactions", ({ term, by }) => whereContains(searchField(by, "Reference"), term)),
    titleOf: (record) => textAt(record, "Reference") || textAt(record, "Type"),
    columns: [
      { label: "Date", at: "Date", as: "day" },
      { label: "Type", at: "Type" },
      CONTACT,
      { label: "Reference", at: "Reference" },
      account,
      STATUS,
      TOTAL,
      CURRENCY,
    ],
    facts: [
      CONTACT,
      STATUS,
      { label: "Type", at: "Type" },
      DATE,
      { label: "Reference", at: "Reference" },
      account,
      CURRENCY,
      { label: "Reconciled", at: "IsReconciled" },
      { label: "Link", at: "Url" },
      UPDATED,
    ],
    lines: { at: "LineItems", columns: LINE_COLUMNS },
    totals: SUMS,
    acts: [
      editAct(
        address,
        (record) => [dayField(record, "Date", "Date"), textField(record, "Reference", "Reference")],
        { lines: true, fits: isOpen },
      ),
      statusAct(address, { slug: "delete", label: "Delete", from: ["AUTHORISED"], to: "DELETED" }),
    ],
    sections: (desk, id) => [
      ...journalSections(books, desk, "bankTransaction", id),
      ...paperworkSections(desk, { plural: "BankTransactions", slug, id, files: true }),
    ],
    file: (_desk, id, fileId) => attachmentAnswer(books, id, fileId),
  };
}

export function manualJournalKind(books: Books): Kind {
  const address = { plural: "ManualJournals", idField: "ManualJournalID" };
  const slug = "manual-journals";
  return {
    ...addressed(address),
    slug,
    many: "Manual journals",
    one: "Manual journal",
    group: "Accounting",
    searches: [["narration", "Narration"]],
    list: pagedList("ManualJournals", ({ term }) => whereContains("Narration", term)),
    titleOf: (record) => textAt(record, "Narration"),
    columns: [
      { label: "Narration", at: (record) => textAt(record, "Narration") || "(none)" },
      DATE,
      STATUS,
      UPDATED,
    ],
    facts: [{ label: "Narration", at: "Narration" }, STATUS, DATE, { label: "Link", at: "Url" }, UPDATED],
    lines: {
      at: "JournalLines",
      columns: [
        { label: "Account", at: "AccountCode" },
        { label: "Description", at: "Description" },
        { label: "Tax rate", at: "TaxType" },
        { label: "Tracking", at: trackingOf },
        { label: "Debit (credit is negative)", at: "LineAmount", as: "amount" },
      ],
    },
    acts: [
      editAct(
        address,
        (record) => [textField(record, "Narration", "Narration"), dayField(record, "Date", "Date")],
        { lines: false, fits: isOpen },
      ),
      statusAct(address, { slug: "approve", label: "Post", from: ["DRAFT"], to: "POSTED" }),
      statusAct(address, { slug: "void", label: "Void", from: ["POSTED"], to: "VOIDED" }),
      statusAct(address, { slug: "delete", label: "Delete", from: ["DRAFT"], to: "DELETED" }),
    ],
    sections: (desk, id) => [
      ...journalSections(books, desk, "manualJournal", id),
      ...paperworkSections(desk, { plural: "ManualJournals", slug, id, files: true }),
    ],
    file: (_desk, id, fileId) => attachmentAnswer(books, id, fileId),
  };
}
