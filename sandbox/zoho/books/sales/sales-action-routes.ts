/** Addresses of what can be done to invoices, credit notes and customer payments besides writing them. */
import { type Route, route } from "../route";
import { createAttachmentCalls } from "../trade/attachments";
import { createCommentCalls } from "../trade/comments";
import * as creditNotes from "./credit-note-actions";
import * as invoices from "./invoice-actions";
import { creditNoteRefunds, deletePayments, paymentRefunds } from "./sales-refunds";

const invoiceFiles = createAttachmentCalls({
  imagesOnly: true,
  label: "Invoice",
  find: (books, id) => books.invoices.head(id),
  partNames: ["attachment"],
  addedStatus: 200,
  messages: {
    added: "Your file has been successfully attached to the invoice.",
    deleted: "Your file is no longer attached to the invoice.",
    updated: "Invoice information has been updated.",
  },
});
const invoiceComments = createCommentCalls({
  label: "Invoice",
  idKey: "invoice_id",
  find: (books, id) => books.invoices.head(id),
  addedStatus: 200,
});
const creditNoteFiles = createAttachmentCalls({
  imagesOnly: true,
  label: "Credit Note",
  find: (books, id) => books.creditNotes.head(id),
  partNames: ["attachment"],
  addedStatus: 200,
  messages: { added: "The document has been attached.", deleted: "", updated: "" },
});
const creditNoteComments = createCommentCalls({
  label: "Credit Note",
  idKey: "creditnote_id",
  find: (books, id) => books.creditNotes.head(id),
  addedStatus: 200,
});

const INVOICE_ROUTES: readonly Route[] = [
  route("DELETE", "/invoices", "invoices", invoices.deleteInvoices),
  route("POST", "/invoices/status/sent", "invoices", invoices.markInvoicesSent),
  route("POST", "/invoices/status/void", "invoices", invoices.voidInvoices),
  route("POST", "/invoices/writeoff", "invoices", invoices.writeOffInvoices),
  route("POST", "/invoices/{id}/writeoff", "invoices", invoices.writeOffInvoice),
  route("POST", "/invoices/{id}/writeoff/cancel", "invoices", invoices.cancelWriteOff),
  route("POST", "/invoices/{id}/credits", "invoices", invoices.applyCreditsToInvoice),
  route("DELETE", "/invoices/{id}/payments/{id}", "invoices", invoices.deleteInvoicePayment),
  route("DELETE", "/invoices/{id}/creditsapplied/{id}", "invoices", invoices.deleteAppliedCredit),
  route(
    "POST",
    "/invoices/{id}/submit",
    "invoices",
    invoices.createInvoiceApproval(
      ["draft"],
      "pending_approval",
      "The invoice has been submitted for approval successfully.",
    ),
  ),
  route(
    "POST",
    "/invoices/{id}/approve",
    "invoices",
    invoices.createInvoiceApproval(["pending_approval"], "approved", "You have approved the invoice."),
  ),
  route(
    "POST",
    "/invoices/{id}/reject",
    "invoices",
    invoices.createInvoiceApproval(["pending_approval"], "draft", "The invoice has been rejected."),
  ),
  route("POST", "/invoices/{id}/email", "invoices", invoices.emailInvoice),
  route(
    "POST",
    "/invoices/{id}/paymentreminder",
    "invoices",
    invoices.createInvoiceNoOp("Your payment reminder has been sent."),
  ),
  route(
    "POST",
    "/invoices/{id}/paymentreminder/enable",
    "invoices",
    invoices.createInvoiceNoOp("Reminders enabled."),
  ),
  route(
    "POST",
    "/invoices/{id}/paymentreminder/disable",
    "invoices",
    invoices.createInvoiceNoOp("Reminders stopped."),
  ),
  route(
    "PUT",
    "/invoices/{id}/address/billing",
    "invoices",
    invoices.createInvoiceAddressCall("billing", "Billing address updated"),
  ),
  route(
    "PUT",
    "/invoices/{id}/address/shipping",
    "invoices",
    invoices.createInvoiceAddressCall("shipping", "Shipping address updated"),
  ),
  route("GET", "/invoices/{id}/attachment", "invoices", invoiceFiles.get),
  route("POST", "/invoices/{id}/attachment", "invoices", invoiceFiles.add),
  route("PUT", "/invoices/{id}/attachment", "invoices", invoiceFiles.update),
  route("DELETE", "/invoices/{id}/attachment", "invoices", invoiceFiles.remove),
  route("GET", "/invoices/{id}/comments", "invoices", invoiceComments.list),
  route("POST", "/invoices/{id}/comments", "invoices", invoiceComments.add),
  route("PUT", "/invoices/{id}/comments/{id}", "invoices", invoiceComments.update),
  route("DELETE", "/invoices/{id}/comments/{id}", "invoices", invoiceComments.remove),
];

const CREDIT_NOTE_ROUTES: readonly Route[] = [
  route("GET", "/creditnotes/refunds", "creditnotes", creditNoteRefunds.listAll),
  route("GET", "/creditnotes/{id}/refunds", "creditnotes", creditNoteRefunds.list),
  route("POST", "/creditnotes/{id}/refunds", "creditnotes", creditNoteRefunds.create),
  route("GET", "/creditnotes/{id}/refunds/{id}", "creditnotes", creditNoteRefunds.get),
  route("PUT", "/creditnotes/{id}/refunds/{id}", "creditnotes", creditNoteRefunds.update),
  route("DELETE", "/creditnotes/{id}/refunds/{id}", "creditnotes", creditNoteRefunds.remove),
  route("POST", "/creditnotes/{id}/submit", "creditnotes", creditNotes.submitCreditNote),
  route("POST", "/creditnotes/{id}/approve", "creditnotes", creditNotes.approveCreditNote),
  route("POST", "/creditnotes/{id}/email", "creditnotes", creditNotes.emailCreditNote),
  route(
    "PUT",
    "/creditnotes/{id}/address/billing",
    "creditnotes",
    creditNotes.createCreditNoteAddressCall("billing", "Billing address updated"),
  ),
  route(
    "PUT",
    "/creditnotes/{id}/address/shipping",
    "creditnotes",
    creditNotes.createCreditNoteAddressCall("shipping", "Shipping address updated"),
  ),
  route("POST", "/creditnotes/{id}/attachment", "creditnotes", creditNoteFiles.add),
  route("GET", "/creditnotes/{id}/comments", "creditnotes", creditNoteComments.list),
  route("POST", "/creditnotes/{id}/comments", "creditnotes", creditNoteComments.add),
  route("DELETE", "/creditnotes/{id}/comments/{id}", "creditnotes", creditNoteComments.remove),
];

const PAYMENT_ROUTES: readonly Route[] = [
  route("DELETE", "/customerpayments", "customerpayments", deletePayments),
  route("GET", "/customerpayments/{id}/refunds", "customerpayments", paymentRefunds.list),
  route("POST", "/customerpayments/{id}/refunds", "customerpayments", paymentRefunds.create),
  route("GET", "/customerpayments/{id}/refunds/{id}", "customerpayments", paymentRefunds.get),
  route("PUT", "/customerpayments/{id}/refunds/{id}", "customerpayments", paymentRefunds.update),
  route("DELETE", "/customerpayments/{id}/refunds/{id}", "customerpayments", paymentRefunds.remove),
];

export const SALES_ACTION_ROUTES: readonly Route[] = [
  ...INVOICE_ROUTES,
  ...CREDIT_NOTE_ROUTES,
  ...PAYMENT_ROUTES,
];
