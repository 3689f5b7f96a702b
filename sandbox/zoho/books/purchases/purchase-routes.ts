/** Addresses of bills, vendor credits, payments to vendors and expenses. */
import { type Route, route } from "../route";
import { createAttachmentCalls } from "../trade/attachments";
import { createCommentCalls } from "../trade/comments";
import { createAddressCall, createFieldsCall } from "../trade/document-parts";
import * as settlements from "./bill-settlements";
import * as bills from "./bills";
import * as conversion from "./bills-from-orders";
import * as expenses from "./expenses";
import * as credits from "./vendor-credits";
import * as payments from "./vendor-payments";

const DOCUMENT_ATTACHED = {
  partNames: ["attachment"],
  addedStatus: 201,
  messages: {
    added: "The document has been attached.",
    deleted: "The attachment has been deleted.",
    updated: "The document has been updated.",
  },
} as const;

const billComments = createCommentCalls({
  label: "Bill",
  idKey: "bill_id",
  find: (books, id) => books.bills.head(id),
  addedStatus: 201,
});
const billFiles = createAttachmentCalls({
  ...DOCUMENT_ATTACHED,
  imagesOnly: true,
  label: "Bill",
  find: (books, id) => books.bills.head(id),
});
const creditComments = createCommentCalls({
  label: "Vendor credit",
  idKey: "vendor_credit_id",
  find: (books, id) => books.vendorCredits.head(id),
  addedStatus: 201,
});
const expenseComments = createCommentCalls({
  label: "Expense",
  idKey: "expense_id",
  find: (books, id) => books.expenses.head(id),
  addedStatus: 201,
});
const expenseReceipts = createAttachmentCalls({
  label: "Expense",
  find: (books, id) => books.expenses.head(id),
  partNames: ["receipt", "attachment"],
  addedStatus: 200,
  messages: {
    added: "The expense receipt has been attached.",
    deleted: "The attached expense receipt has been deleted.",
    updated: "Expense information has been updated.",
  },
});
const expenseFiles = createAttachmentCalls({
  label: "Expense",
  find: (books, id) => books.expenses.head(id),
  partNames: ["attachment"],
  addedStatus: 200,
  messages: { added: "The expense attachment has been attached.", deleted: "", updated: "" },
  added: ({ id, name, base64, type }) => ({
    documents: [
      {
        document_id: id,
        file_name: name,
        file_size: Buffer.byteLength(base64, "base64"),
        document_type: type,
      },
    ],
  }),
});

const BILL_ROUTES: readonly Route[] = [
  route("GET", "/bills", "bills", bills.billCalls.list),
  route("POST", "/bills", "bills", bills.billCalls.create),
  route("GET", "/bills/editpage/frompurchaseorders", "bills", conversion.previewBillFromOrders),
  route("GET", "/bills/{id}", "bills", bills.billCalls.get),
  route("PUT", "/bills/{id}", "bills", bills.billCalls.update),
  route("DELETE", "/bills/{id}", "bills", bills.billCalls.remove),
  route("PUT", "/bill/{id}/customfields", "bills", createFieldsCall(bills.BILL)),
  route("POST", "/bills/{id}/status/void", "bills", bills.voidBill),
  route("POST", "/bills/{id}/status/open", "bills", bills.openBill),
  route("POST", "/bills/{id}/submit", "bills", bills.submitBill),
  route("POST", "/bills/{id}/approve", "bills", bills.approveBill),
  route(
    "PUT",
    "/bills/{id}/address/billing",
    "bills",
    createAddressCall(bills.BILL, "billing", "Billing address updated.", true),
  ),
  route("GET", "/bills/{id}/payments", "bills", settlements.listBillPayments),
  route("DELETE", "/bills/{id}/payments/{id}", "bills", settlements.deleteBillPayment),
  route("POST", "/bills/{id}/credits", "bills", settlements.applyCreditsToBill),
  route("GET", "/bills/{id}/attachment", "bills", billFiles.get),
  route("POST", "/bills/{id}/attachment", "bills", billFiles.add),
  route("DELETE", "/bills/{id}/attachment", "bills", billFiles.remove),
  route("GET", "/bills/{id}/comments", "bills", billComments.list),
  route("POST", "/bills/{id}/comments", "bills", billComments.add),
  route("DELETE", "/bills/{id}/comments/{id}", "bills", billComments.remove),
];

const VENDOR_CREDIT_ROUTES: readonly Route[] = [
  route("GET", "/vendorcredits", "debitnotes", credits.vendorCreditCalls.list),
  route("POST", "/vendorcredits", "debitnotes", credits.vendorCreditCalls.create),
  route("GET", "/vendorcredits/refunds", "debitnotes", credits.vendorCreditRefunds.listAll),
  route("GET", "/vendorcredits/{id}", "debitnotes", credits.vendorCreditCalls.get),
  route("PUT", "/vendorcredits/{id}", "debitnotes", credits.vendorCreditCalls.update),
  route("DELETE", "/vendorcredits/{id}", "debitnotes", credits.vendorCreditCalls.remove),
  route("POST", "/vendorcredits/{id}/status/open", "debitnotes", credits.openVendorCredit),
  route("POST", "/vendorcredits/{id}/status/void", "debitnotes", credits.voidVendorCredit),
  route("POST", "/vendorcredits/{id}/submit", "debitnotes", credits.submitVendorCredit),
  route("POST", "/vendorcredits/{id}/approve", "debitnotes", credits.approveVendorCredit),
  route("GET", "/vendorcredits/{id}/bills", "debitnotes", credits.listBillsCredited),
  route("POST", "/vendorcredits/{id}/bills", "debitnotes", credits.creditBills),
  route("DELETE", "/vendorcredits/{id}/bills/{id}", "debitnotes", credits.deleteBillCredited),
  route("GET", "/vendorcredits/{id}/refunds", "debitnotes", credits.vendorCreditRefunds.list),
  route("POST", "/vendorcredits/{id}/refunds", "debitnotes", credits.vendorCreditRefunds.create),
  route("GET", "/vendorcredits/{id}/refunds/{id}", "debitnotes", credits.vendorCreditRefunds.get),
  route("PUT", "/vendorcredits/{id}/refunds/{id}", "debitnotes", credits.vendorCreditRefunds.update),
  route("DELETE", "/vendorcredits/{id}/refunds/{id}", "debitnotes", credits.vendorCreditRefunds.remove),
  route("GET", "/vendorcredits/{id}/comments", "debitnotes", creditComments.list),
  route("POST", "/vendorcredits/{id}/comments", "debitnotes", creditComments.add),
  route("DELETE", "/vendorcredits/{id}/comments/{id}", "debitnotes", creditComments.remove),
];

const VENDOR_PAYMENT_ROUTES: readonly Route[] = [
  route("GET", "/vendorpayments", "vendorpayments", payments.listVendorPayments),
  route("POST", "/vendorpayments", "vendorpayments", payments.createVendorPayment),
  route("DELETE", "/vendorpayments", "vendorpayments", payments.removeVendorPayments),
  route("GET", "/vendorpayments/{id}", "vendorpayments", payments.getVendorPayment),
  route("PUT", "/vendorpayments/{id}", "vendorpayments", payments.updateVendorPayment),
  route("DELETE", "/vendorpayments/{id}", "vendorpayments", payments.removeVendorPayment),
  route("GET", "/vendorpayments/{id}/refunds", "vendorpayments", payments.vendorPaymentRefunds.list),
  route("POST", "/vendorpayments/{id}/refunds", "vendorpayments", payments.vendorPaymentRefunds.create),
  route("GET", "/vendorpayments/{id}/refunds/{id}", "vendorpayments", payments.vendorPaymentRefunds.get),
  route("PUT", "/vendorpayments/{id}/refunds/{id}", "vendorpayments", payments.vendorPaymentRefunds.update),
  route(
    "DELETE",
    "/vendorpayments/{id}/refunds/{id}",
    "vendorpayments",
    payments.vendorPaymentRefunds.remove,
  ),
];

const EXPENSE_ROUTES: readonly Route[] = [
  route("GET", "/expenses", "expenses", expenses.listExpenses),
  route("POST", "/expenses", "expenses", expenses.createExpense),
  route("GET", "/expenses/{id}", "expenses", expenses.getExpense),
  route("PUT", "/expenses/{id}", "expenses", expenses.updateExpense),
  route("DELETE", "/expenses/{id}", "expenses", expenses.removeExpense),
  route("GET", "/expenses/{id}/comments", "expenses", expenseComments.list),
  route("GET", "/expenses/{id}/receipt", "expenses", expenseReceipts.get),
  route("POST", "/expenses/{id}/receipt", "expenses", expenseReceipts.add),
  route("DELETE", "/expenses/{id}/receipt", "expenses", expenseReceipts.remove),
  route("POST", "/expenses/{id}/attachment", "expenses", expenseFiles.add),
];

export const PURCHASE_ROUTES: readonly Route[] = [
  ...BILL_ROUTES,
  ...VENDOR_CREDIT_ROUTES,
  ...VENDOR_PAYMENT_ROUTES,
  ...EXPENSE_ROUTES,
];
