/** Addresses of purchase orders, sales orders and estimates. */
import { type Route, route } from "../route";
import { createAttachmentCalls } from "../trade/attachments";
import { createCommentCalls } from "../trade/comments";
import { createAddressCall, createEmailCall, createFieldsCall } from "../trade/document-parts";
import * as estimates from "./estimates";
import { invoiceSalesOrder } from "./invoice-from-order";
import * as purchases from "./purchase-orders";
import * as sales from "./sales-orders";

const purchaseFiles = createAttachmentCalls({
  label: "Purchase Order",
  find: (books, id) => books.purchaseOrders.head(id),
  partNames: ["attachment"],
  addedStatus: 201,
  messages: {
    added: "The document has been attached.",
    deleted: "The attachment has been deleted.",
    updated: "Purchase Order has been updated.",
  },
});
const purchaseComments = createCommentCalls({
  label: "Purchase Order",
  idKey: "purchaseorder_id",
  find: (books, id) => books.purchaseOrders.head(id),
  addedStatus: 201,
});
const salesFiles = createAttachmentCalls({
  label: "Sales order",
  find: (books, id) => books.salesOrders.head(id),
  partNames: ["attachment", "doc"],
  addedStatus: 201,
  messages: {
    added: "Your file has been successfully attached to the sales order.",
    deleted: "Your file is no longer attached to the sales order.",
    updated: "Sales Order Updated Successfully.",
  },
});
const salesComments = createCommentCalls({
  label: "Sales order",
  idKey: "salesorder_id",
  find: (books, id) => books.salesOrders.head(id),
  addedStatus: 200,
});
const estimateComments = createCommentCalls({
  label: "Estimate",
  idKey: "estimate_id",
  find: (books, id) => books.estimates.head(id),
  addedStatus: 200,
  messages: { added: "Comments added", updated: "Comment has been updated successfully." },
});

const PURCHASE_ORDER_ROUTES: readonly Route[] = [
  route("GET", "/purchaseorders", "purchaseorders", purchases.purchaseOrderCalls.list),
  route("POST", "/purchaseorders", "purchaseorders", purchases.purchaseOrderCalls.create),
  route("GET", "/purchaseorders/{id}", "purchaseorders", purchases.purchaseOrderCalls.get),
  route("PUT", "/purchaseorders/{id}", "purchaseorders", purchases.purchaseOrderCalls.update),
  route("DELETE", "/purchaseorders/{id}", "purchaseorders", purchases.purchaseOrderCalls.remove),
  route(
    "PUT",
    "/purchaseorder/{id}/customfields",
    "purchaseorders",
    createFieldsCall(purchases.PURCHASE_ORDER),
  ),
  route("POST", "/purchaseorders/{id}/status/open", "purchaseorders", purchases.openPurchaseOrder),
  route("POST", "/purchaseorders/{id}/status/billed", "purchaseorders", purchases.billPurchaseOrder),
  route("POST", "/purchaseorders/{id}/status/cancelled", "purchaseorders", purchases.cancelPurchaseOrder),
  route("POST", "/purchaseorders/{id}/submit", "purchaseorders", purchases.submitPurchaseOrder),
  route("POST", "/purchaseorders/{id}/approve", "purchaseorders", purchases.approvePurchaseOrder),
  route("POST", "/purchaseorders/{id}/reject", "purchaseorders", purchases.rejectPurchaseOrder),
  route(
    "POST",
    "/purchaseorders/{id}/email",
    "purchaseorders",
    createEmailCall(purchases.PURCHASE_ORDER, "Your purchase order has been sent.", 201, "open"),
  ),
  route(
    "PUT",
    "/purchaseorders/{id}/address/billing",
    "purchaseorders",
    createAddressCall(purchases.PURCHASE_ORDER, "billing", "Billing address updated.", false),
  ),
  route("GET", "/purchaseorders/{id}/attachment", "purchaseorders", purchaseFiles.get),
  route("POST", "/purchaseorders/{id}/attachment", "purchaseorders", purchaseFiles.add),
  route("PUT", "/purchaseorders/{id}/attachment", "purchaseorders", purchaseFiles.update),
  route("DELETE", "/purchaseorders/{id}/attachment", "purchaseorders", purchaseFiles.remove),
  route("GET", "/purchaseorders/{id}/comments", "purchaseorders", purchaseComments.list),
  route("POST", "/purchaseorders/{id}/comments", "purchaseorders", purchaseComments.add),
  route("PUT", "/purchaseorders/{id}/comments/{id}", "purchaseorders", purchaseComments.update),
  route("DELETE", "/purchaseorders/{id}/comments/{id}", "purchaseorders", purchaseComments.remove),
];

const SALES_ORDER_ROUTES: readonly Route[] = [
  route("GET", "/salesorders", "salesorders", sales.salesOrderCalls.list),
  route("POST", "/salesorders", "salesorders", sales.salesOrderCalls.create),
  route("GET", "/salesorders/{id}", "salesorders", sales.salesOrderCalls.get),
  route("PUT", "/salesorders/{id}", "salesorders", sales.salesOrderCalls.update),
  route("DELETE", "/salesorders/{id}", "salesorders", sales.salesOrderCalls.remove),
  route("PUT", "/salesorder/{id}/customfields", "salesorders", createFieldsCall(sales.SALES_ORDER)),
  route("POST", "/salesorders/{id}/status/open", "salesorders", sales.openSalesOrder),
  route("POST", "/salesorders/{id}/status/void", "salesorders", sales.voidSalesOrder),
  route("POST", "/salesorders/{id}/submit", "salesorders", sales.submitSalesOrder),
  route("POST", "/salesorders/{id}/approve", "salesorders", sales.approveSalesOrder),
  route(
    "POST",
    "/salesorders/{id}/email",
    "salesorders",
    createEmailCall(sales.SALES_ORDER, "Your Sales Order has been sent.", 201, "open"),
  ),
  route(
    "PUT",
    "/salesorders/{id}/address/billing",
    "salesorders",
    createAddressCall(sales.SALES_ORDER, "billing", "Billing address updated.", false),
  ),
  route(
    "PUT",
    "/salesorders/{id}/address/shipping",
    "salesorders",
    createAddressCall(sales.SALES_ORDER, "shipping", "Shipping address updated.", false),
  ),
  route("GET", "/salesorders/{id}/attachment", "salesorders", salesFiles.get),
  route("POST", "/salesorders/{id}/attachment", "salesorders", salesFiles.add),
  route("PUT", "/salesorders/{id}/attachment", "salesorders", salesFiles.update),
  route("DELETE", "/salesorders/{id}/attachment", "salesorders", salesFiles.remove),
  route("GET", "/salesorders/{id}/comments", "salesorders", salesComments.list),
  route("POST", "/salesorders/{id}/comments", "salesorders", salesComments.add),
  route("PUT", "/salesorders/{id}/comments/{id}", "salesorders", salesComments.update),
  route("DELETE", "/salesorders/{id}/comments/{id}", "salesorders", salesComments.remove),
  route("POST", "/invoices/fromsalesorder", "invoices", invoiceSalesOrder),
];

const ESTIMATE_ROUTES: readonly Route[] = [
  route("GET", "/estimates", "estimates", estimates.estimateCalls.list),
  route("POST", "/estimates", "estimates", estimates.estimateCalls.create),
  route("GET", "/estimates/{id}", "estimates", estimates.estimateCalls.get),
  route("PUT", "/estimates/{id}", "estimates", estimates.estimateCalls.update),
  route("DELETE", "/estimates/{id}", "estimates", estimates.estimateCalls.remove),
  route("PUT", "/estimate/{id}/customfields", "estimates", createFieldsCall(estimates.ESTIMATE)),
  route("POST", "/estimates/{id}/status/sent", "estimates", estimates.sendEstimate),
  route("POST", "/estimates/{id}/status/accepted", "estimates", estimates.acceptEstimate),
  route("POST", "/estimates/{id}/status/declined", "estimates", estimates.declineEstimate),
  route("POST", "/estimates/{id}/submit", "estimates", estimates.submitEstimate),
  route("POST", "/estimates/{id}/approve", "estimates", estimates.approveEstimate),
  route(
    "POST",
    "/estimates/{id}/email",
    "estimates",
    createEmailCall(estimates.ESTIMATE, "Your estimate has been sent.", 200, "sent"),
  ),
  route(
    "PUT",
    "/estimates/{id}/address/billing",
    "estimates",
    createAddressCall(estimates.ESTIMATE, "billing", "Billing address updated", false),
  ),
  route(
    "PUT",
    "/estimates/{id}/address/shipping",
    "estimates",
    createAddressCall(estimates.ESTIMATE, "shipping", "Shipping address updated", false),
  ),
  route("GET", "/estimates/{id}/comments", "estimates", estimateComments.list),
  route("POST", "/estimates/{id}/comments", "estimates", estimateComments.add),
  route("PUT", "/estimates/{id}/comments/{id}", "estimates", estimateComments.update),
  route("DELETE", "/estimates/{id}/comments/{id}", "estimates", estimateComments.remove),
];

export const ORDER_ROUTES: readonly Route[] = [
  ...PURCHASE_ORDER_ROUTES,
  ...SALES_ORDER_ROUTES,
  ...ESTIMATE_ROUTES,
];
