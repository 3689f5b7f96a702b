/**
 * Every call of Zoho Books API v3 that the simulator answers, with the scope that Zoho asks for it
 * (https://www.zoho.com/books/api/v3/, checked 2026-11-21). What is not here does not exist.
 */
import type { SandboxResponse } from "@/sandbox/kit/types";
import type { BooksCall } from "./answers";
import * as contacts from "./contacts";
import * as creditNotes from "./credit-notes";
import * as payments from "./customer-payments";
import * as settlements from "./invoice-settlements";
import * as invoices from "./invoices";
import * as reference from "./reference";

export interface Route {
  readonly method: string;
  /** With {id} for an id, as in the call log. */
  readonly operation: string;
  /** "contacts" of ZohoBooks.contacts.READ. */
  readonly module: string;
  readonly handle: (call: BooksCall) => SandboxResponse;
  readonly pattern: RegExp;
}

const route = (
  method: string,
  operation: string,
  module: string,
  handle: (call: BooksCall) => SandboxResponse,
): Route => ({
  method,
  operation,
  module,
  handle,
  pattern: new RegExp(`^${operation.replaceAll("{id}", "(\\d+)")}$`),
});

export const ROUTES: readonly Route[] = [
  route("GET", "/organizations/{id}", "settings", reference.getOrganization),
  route("GET", "/chartofaccounts", "accountants", reference.listAccounts),
  route("GET", "/chartofaccounts/{id}", "accountants", reference.getAccount),
  route("GET", "/settings/taxes", "settings", reference.listTaxes),
  route("GET", "/settings/taxes/{id}", "settings", reference.getTax),
  route("GET", "/settings/currencies", "settings", reference.listCurrencies),
  route("GET", "/settings/currencies/{id}", "settings", reference.getCurrency),
  route("GET", "/settings/currencies/{id}/exchangerates", "settings", reference.listExchangeRates),
  route("GET", "/reportingtags", "settings", reference.listTags),
  route("GET", "/reportingtags/{id}/options/all", "settings", reference.listTagOptions),
  route("GET", "/transactionlocks", "accountants", reference.listTransactionLocks),

  route("GET", "/items", "settings", reference.listItems),
  route("POST", "/items", "settings", reference.createItem),
  route("GET", "/items/{id}", "settings", reference.getItem),
  route("PUT", "/items/{id}", "settings", reference.updateItem),
  route("POST", "/items/{id}/active", "settings", reference.activateItem),
  route("POST", "/items/{id}/inactive", "settings", reference.deactivateItem),

  route("GET", "/contacts", "contacts", contacts.listContacts),
  route("POST", "/contacts", "contacts", contacts.createContact),
  route("GET", "/contacts/{id}", "contacts", contacts.getContact),
  route("PUT", "/contacts/{id}", "contacts", contacts.updateContact),
  route("DELETE", "/contacts/{id}", "contacts", contacts.deleteContact),
  route("POST", "/contacts/{id}/active", "contacts", contacts.activateContact),
  route("POST", "/contacts/{id}/inactive", "contacts", contacts.deactivateContact),

  route("GET", "/invoices", "invoices", invoices.listInvoices),
  route("POST", "/invoices", "invoices", invoices.createInvoice),
  route("GET", "/invoices/{id}", "invoices", invoices.getInvoice),
  route("PUT", "/invoices/{id}", "invoices", invoices.updateInvoice),
  route("DELETE", "/invoices/{id}", "invoices", invoices.deleteInvoice),
  route("POST", "/invoices/{id}/status/sent", "invoices", invoices.markInvoiceSent),
  route("POST", "/invoices/{id}/status/draft", "invoices", invoices.markInvoiceDraft),
  route("POST", "/invoices/{id}/status/void", "invoices", invoices.voidInvoice),
  route("GET", "/invoices/{id}/payments", "invoices", settlements.listInvoicePayments),
  route("GET", "/invoices/{id}/creditsapplied", "invoices", settlements.listCreditsApplied),

  route("GET", "/creditnotes", "creditnotes", creditNotes.listCreditNotes),
  route("POST", "/creditnotes", "creditnotes", creditNotes.createCreditNote),
  route("GET", "/creditnotes/{id}", "creditnotes", creditNotes.getCreditNote),
  route("PUT", "/creditnotes/{id}", "creditnotes", creditNotes.updateCreditNote),
  route("DELETE", "/creditnotes/{id}", "creditnotes", creditNotes.deleteCreditNote),
  route("POST", "/creditnotes/{id}/status/open", "creditnotes", creditNotes.openCreditNote),
  route("POST", "/creditnotes/{id}/status/draft", "creditnotes", creditNotes.draftCreditNote),
  route("POST", "/creditnotes/{id}/status/void", "creditnotes", creditNotes.voidCreditNote),
  route("GET", "/creditnotes/{id}/invoices", "creditnotes", creditNotes.listInvoicesCredited),
  route("POST", "/creditnotes/{id}/invoices", "creditnotes", settlements.creditInvoices),
  route("DELETE", "/creditnotes/{id}/invoices/{id}", "creditnotes", creditNotes.deleteInvoiceCredited),

  route("GET", "/customerpayments", "customerpayments", payments.listPayments),
  route("POST", "/customerpayments", "customerpayments", payments.createPayment),
  route("GET", "/customerpayments/{id}", "customerpayments", payments.getPayment),
  route("PUT", "/customerpayments/{id}", "customerpayments", payments.updatePayment),
  route("DELETE", "/customerpayments/{id}", "customerpayments", payments.removePayment),
];

export interface RouteMatch {
  readonly route: Route;
  readonly ids: readonly string[];
}

/** The route of a call; null when Zoho has no such address. */
export function findRoute(method: string, path: string): RouteMatch | null {
  for (const candidate of ROUTES) {
    if (candidate.method !== method) continue;
    const match = candidate.pattern.exec(path);
    if (match !== null) return { route: candidate, ids: match.slice(1) };
  }
  return null;
}

const SCOPE_VERBS: Readonly<Record<string, string>> = {
  GET: "READ",
  POST: "CREATE",
  PUT: "UPDATE",
  DELETE: "DELETE",
};

/** Whether what the user granted covers this call. */
export function scopeCovers(scopes: readonly string[], method: string, module: string): boolean {
  return [
    `ZohoBooks.${module}.${SCOPE_VERBS[method] ?? ""}`,
    `ZohoBooks.${module}.ALL`,
    "ZohoBooks.fullaccess.all",
  ].some((scope) => scopes.includes(scope));
}
