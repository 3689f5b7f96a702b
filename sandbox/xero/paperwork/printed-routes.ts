/** Addresses of documents as PDF, of the online invoice, and of its e-mail. */
import { INVOICES, type Route, route } from "../api/route";
import { emailInvoice, getOnlineInvoice, getPdf } from "./printed";

export const PRINTED_ROUTES: readonly Route[] = [
  route("GET", "/Invoices/{id}/pdf", INVOICES, (call) => getPdf(call, "Invoice")),
  route("GET", "/CreditNotes/{id}/pdf", INVOICES, (call) => getPdf(call, "Credit Note")),
  route("GET", "/PurchaseOrders/{id}/pdf", INVOICES, (call) => getPdf(call, "Purchase Order")),
  route("GET", "/Quotes/{id}/pdf", INVOICES, (call) => getPdf(call, "Quote")),
  route("GET", "/Invoices/{id}/OnlineInvoice", INVOICES, getOnlineInvoice),
  route("POST", "/Invoices/{id}/Email", INVOICES, emailInvoice),
];
