/** The kinds of record that files and notes hang on: their place in paths, their scope, and whether one is there. */
import { BANK, CONTACTS, INVOICES, PAYMENTS, SETTINGS } from "../api/route";
import { purchaseOrders } from "../purchase-orders/purchase-order";
import { quotes } from "../quotes/quote";
import type { PaperKind } from "./paper-kind";

const MANUAL_JOURNALS = "accounting.manualjournals";

export const PAPER_KINDS: readonly PaperKind[] = [
  filesOnly("Accounts", SETTINGS, (books, id) => books.accounts.head(id)),
  both("BankTransactions", BANK, (books, id) => books.bankTransactions.head(id)),
  both("BankTransfers", BANK, (books, id) => books.bankTransfers.head(id)),
  historyOnly("BatchPayments", PAYMENTS, (books, id) => books.batchPayments.head(id)),
  both("Contacts", CONTACTS, (books, id) => books.contacts.head(id)),
  both("CreditNotes", INVOICES, (books, id) => books.creditNotes.head(id)),
  both("Invoices", INVOICES, (books, id) => books.invoices.head(id)),
  historyOnly("Items", SETTINGS, (books, id) => books.items.head(id)),
  both("ManualJournals", MANUAL_JOURNALS, (books, id) => books.manualJournals.head(id)),
  historyOnly("Overpayments", PAYMENTS, (books, id) => books.overpayments.head(id)),
  historyOnly("Payments", PAYMENTS, (books, id) => books.payments.head(id)),
  historyOnly("Prepayments", PAYMENTS, (books, id) => books.prepayments.head(id)),
  both("PurchaseOrders", INVOICES, (books, id) => purchaseOrders(books).head(id)),
  both("Quotes", INVOICES, (books, id) => quotes(books).head(id)),
];

function both(plural: string, scope: string, find: PaperKind["find"]): PaperKind {
  return { plural, scope, holdsFiles: true, holdsHistory: true, find };
}

function filesOnly(plural: string, scope: string, find: PaperKind["find"]): PaperKind {
  return { plural, scope, holdsFiles: true, holdsHistory: false, find };
}

function historyOnly(plural: string, scope: string, find: PaperKind["find"]): PaperKind {
  return { plural, scope, holdsFiles: false, holdsHistory: true, find };
}
