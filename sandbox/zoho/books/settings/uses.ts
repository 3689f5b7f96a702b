/** Whether any transaction names an account, a tax, an item, a contact or a currency, without reading them all. */
import { idsBy, lineUse } from "../indexes";
import type { Books } from "../open-books";
import type { StoredAccount } from "../records";
import type { StoredExpense, StoredJournal } from "../trade/records";

const expenseAccounts = (expense: StoredExpense): string[] => [
  expense.accountId,
  expense.paidThroughAccountId,
  ...expense.lines.map(({ accountId }) => accountId),
];
const journalAccounts = (journal: StoredJournal): string[] => journal.lines.map(({ accountId }) => accountId);
const expenseTaxes = (expense: StoredExpense): string[] => expense.lines.map(({ taxId }) => taxId);
const journalTaxes = (journal: StoredJournal): string[] => journal.lines.map(({ taxId }) => taxId);
const journalContacts = (journal: StoredJournal): string[] => journal.lines.map(({ contactId }) => contactId);

export function isAccountUsed(books: Books, id: string): boolean {
  return (
    lineUse(books).has(id) ||
    idsBy(books.payments, "account", ({ accountId }) => accountId, id).size > 0 ||
    idsBy(books.vendorPayments, "account", ({ accountId }) => accountId, id).size > 0 ||
    idsBy(books.expenses, "account", expenseAccounts, id).size > 0 ||
    idsBy(books.journals, "account", journalAccounts, id).size > 0
  );
}

const parentKey = ({ parentId }: StoredAccount): string => parentId ?? "";

/** The accounts right below one. */
export const childrenOf = (books: Books, id: string): ReadonlySet<string> =>
  idsBy(books.accounts, "parent", parentKey, id);

/** By items too. */
export function isTaxUsed(books: Books, id: string): boolean {
  return (
    lineUse(books).has(id) ||
    idsBy(books.items, "tax", ({ taxId }) => taxId, id).size > 0 ||
    idsBy(books.expenses, "tax", expenseTaxes, id).size > 0 ||
    idsBy(books.journals, "tax", journalTaxes, id).size > 0
  );
}

export const isItemUsed = (books: Books, id: string): boolean => lineUse(books).has(id);

export function isContactUsed(books: Books, id: string): boolean {
  const byCustomer = ({ customerId }: { readonly customerId: string }): string => customerId;
  return (
    [
      ...[books.invoices, books.creditNotes, books.payments],
      ...[books.bills, books.purchaseOrders, books.salesOrders, books.vendorCredits, books.estimates],
    ].some((table) => idsBy(table, "contact", byCustomer, id).size > 0) ||
    idsBy(books.vendorPayments, "contact", ({ vendorId }) => vendorId, id).size > 0 ||
    idsBy(books.expenses, "contact", ({ vendorId, customerId }) => [vendorId, customerId], id).size > 0 ||
    idsBy(books.journals, "contact", journalContacts, id).size > 0
  );
}

/** By contacts and accounts too. */
export function isCurrencyUsed(books: Books, code: string): boolean {
  const byCurrency = ({ currencyCode }: { readonly currencyCode?: string }): string => currencyCode ?? "";
  return [
    ...[books.contacts, books.accounts, books.invoices, books.creditNotes, books.payments, books.bills],
    ...[books.purchaseOrders, books.salesOrders, books.vendorCredits, books.estimates],
    ...[books.vendorPayments, books.expenses, books.journals],
  ].some((table) => idsBy(table, "currency", byCurrency, code).size > 0);
}
