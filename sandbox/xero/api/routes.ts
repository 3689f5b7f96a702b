/**
 * Every address of the accounting API that the simulator answers, with the scope that opens it. Xero takes
 * paths in any case; the call log sees the canonical spelling.
 */

import type { Handler } from "./call";
import {
  deleteAllocation,
  getBankTransaction,
  getContact,
  getCredit,
  getCreditNote,
  getInvoice,
  getPayment,
  listBankTransactions,
  listContacts,
  listCreditNotes,
  listCredits,
  listInvoices,
  listPayments,
  writeAllocations,
  writeBankTransactions,
  writeContacts,
  writeCreditNotes,
  writeInvoices,
  writePayments,
} from "./document-calls";
import {
  addCurrency,
  deleteItem,
  getAccount,
  getItem,
  getOrganisation,
  getTaxRate,
  getTrackingCategory,
  listAccounts,
  listCurrencies,
  listItems,
  listTaxRates,
  listTrackingCategories,
  writeItems,
} from "./settings-calls";

export interface Route {
  readonly method: "GET" | "PUT" | "POST" | "DELETE";
  readonly operation: string;
  /** Without ".read"; either form opens a read, the full one a write. */
  readonly scope: string;
  readonly handle: Handler;
}

const SETTINGS = "accounting.settings";
const CONTACTS = "accounting.contacts";
const INVOICES = "accounting.invoices";
const PAYMENTS = "accounting.payments";
const BANK = "accounting.banktransactions";

function route(method: Route["method"], operation: string, scope: string, handle: Handler): Route {
  return { method, operation, scope, handle };
}

const ROUTES: readonly Route[] = [
  route("GET", "/Organisation", SETTINGS, getOrganisation),
  route("GET", "/Organisations", SETTINGS, getOrganisation),
  route("GET", "/Accounts", SETTINGS, listAccounts),
  route("GET", "/Accounts/{id}", SETTINGS, getAccount),
  route("GET", "/TaxRates", SETTINGS, listTaxRates),
  route("GET", "/TaxRates/{id}", SETTINGS, getTaxRate),
  route("GET", "/Currencies", SETTINGS, listCurrencies),
  route("PUT", "/Currencies", SETTINGS, addCurrency),
  route("GET", "/TrackingCategories", SETTINGS, listTrackingCategories),
  route("GET", "/TrackingCategories/{id}", SETTINGS, getTrackingCategory),
  route("GET", "/Items", SETTINGS, listItems),
  route("PUT", "/Items", SETTINGS, (call) => writeItems(call, false)),
  route("POST", "/Items", SETTINGS, (call) => writeItems(call, true)),
  route("GET", "/Items/{id}", SETTINGS, getItem),
  route("POST", "/Items/{id}", SETTINGS, (call) => writeItems(call, true)),
  route("DELETE", "/Items/{id}", SETTINGS, deleteItem),
  route("GET", "/Contacts", CONTACTS, listContacts),
  route("PUT", "/Contacts", CONTACTS, (call) => writeContacts(call, false)),
  route("POST", "/Contacts", CONTACTS, (call) => writeContacts(call, true)),
  route("GET", "/Contacts/{id}", CONTACTS, getContact),
  route("POST", "/Contacts/{id}", CONTACTS, (call) => writeContacts(call, true)),
  route("GET", "/Invoices", INVOICES, listInvoices),
  route("PUT", "/Invoices", INVOICES, (call) => writeInvoices(call, false)),
  route("POST", "/Invoices", INVOICES, (call) => writeInvoices(call, true)),
  route("GET", "/Invoices/{id}", INVOICES, getInvoice),
  route("POST", "/Invoices/{id}", INVOICES, (call) => writeInvoices(call, true)),
  route("GET", "/CreditNotes", INVOICES, listCreditNotes),
  route("PUT", "/CreditNotes", INVOICES, (call) => writeCreditNotes(call, false)),
  route("POST", "/CreditNotes", INVOICES, (call) => writeCreditNotes(call, true)),
  route("GET", "/CreditNotes/{id}", INVOICES, getCreditNote),
  route("POST", "/CreditNotes/{id}", INVOICES, (call) => writeCreditNotes(call, true)),
  route("PUT", "/CreditNotes/{id}/Allocations", INVOICES, (call) => writeAllocations(call, "creditNote")),
  route("DELETE", "/CreditNotes/{id}/Allocations/{id}", INVOICES, (call) =>
    deleteAllocation(call, "creditNote"),
  ),
  route("GET", "/Payments", PAYMENTS, listPayments),
  route("PUT", "/Payments", PAYMENTS, writePayments),
  route("POST", "/Payments", PAYMENTS, writePayments),
  route("GET", "/Payments/{id}", PAYMENTS, getPayment),
  route("POST", "/Payments/{id}", PAYMENTS, writePayments),
  route("GET", "/Overpayments", PAYMENTS, (call) => listCredits(call, "overpayment")),
  route("GET", "/Overpayments/{id}", PAYMENTS, (call) => getCredit(call, "overpayment")),
  route("PUT", "/Overpayments/{id}/Allocations", PAYMENTS, (call) => writeAllocations(call, "overpayment")),
  route("DELETE", "/Overpayments/{id}/Allocations/{id}", PAYMENTS, (call) =>
    deleteAllocation(call, "overpayment"),
  ),
  route("GET", "/Prepayments", PAYMENTS, (call) => listCredits(call, "prepayment")),
  route("GET", "/Prepayments/{id}", PAYMENTS, (call) => getCredit(call, "prepayment")),
  route("PUT", "/Prepayments/{id}/Allocations", PAYMENTS, (call) => writeAllocations(call, "prepayment")),
  route("DELETE", "/Prepayments/{id}/Allocations/{id}", PAYMENTS, (call) =>
    deleteAllocation(call, "prepayment"),
  ),
  route("GET", "/BankTransactions", BANK, listBankTransactions),
  route("PUT", "/BankTransactions", BANK, (call) => writeBankTransactions(call, false)),
  route("POST", "/BankTransactions", BANK, (call) => writeBankTransactions(call, true)),
  route("GET", "/BankTransactions/{id}", BANK, getBankTransaction),
  route("POST", "/BankTransactions/{id}", BANK, (call) => writeBankTransactions(call, true)),
];

export interface MatchedPath {
  /** The canonical spelling, with {id}. */
  readonly operation: string;
  readonly ids: readonly string[];
  readonly routes: readonly Route[];
}

const OPERATIONS: ReadonlyMap<string, readonly Route[]> = byOperation(ROUTES);

function byOperation(routes: readonly Route[]): Map<string, Route[]> {
  const grouped = new Map<string, Route[]>();
  for (const found of routes) grouped.set(found.operation, [...(grouped.get(found.operation) ?? []), found]);
  return grouped;
}

/** The operation of a path below /api.xro/2.0, in any case, or null. */
export function matchPath(path: string): MatchedPath | null {
  const parts = path.split("/").slice(1);
  if (parts.at(-1) === "") parts.pop();
  for (const [operation, routes] of OPERATIONS) {
    const pattern = operation.split("/").slice(1);
    if (pattern.length !== parts.length) continue;
    const ids: string[] = [];
    const matches = pattern.every((segment, index) => {
      const part = parts[index] ?? "";
      if (segment !== "{id}") return segment.toLowerCase() === part.toLowerCase();
      ids.push(decoded(part));
      return part !== "";
    });
    if (matches) return { operation, ids, routes };
  }
  return null;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
