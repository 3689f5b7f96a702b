/** Addresses of customers, sales documents and the payments received for them. */
import * as contacts from "./contacts";
import * as creditNotes from "./credit-notes";
import * as payments from "./customer-payments";
import * as settlements from "./invoice-settlements";
import * as invoices from "./invoices";
import { type Route, route } from "./route";

export const SALES_ROUTES: readonly Route[] = [
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
