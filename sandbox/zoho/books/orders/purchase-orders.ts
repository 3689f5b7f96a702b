/** Purchase orders: what was ordered from vendors, and how much of it bills have taken over. */
import { decimal } from "@/lib/kernel/decimal";
import { amount } from "../../wire/formats";
import type { BooksCall } from "../answers";
import type { StoredLine } from "../records";
import { createDocumentCalls, createStatusCall } from "../trade/document-calls";
import type { DocumentKind } from "../trade/document-kind";
import {
  discountWire,
  documentAddress,
  fieldsWire,
  fullWire,
  lineWire,
  partyWire,
  rowWire,
} from "../trade/document-wire";
import type { StoredTrade, TradeHeader } from "../trade/records";
import { currencyByCode } from "../write-document";
import { indexOrderLines } from "./take-over";

/** draft, pending_approval, approved, open, partially_billed, billed or cancelled. */
function orderStatus(_call: BooksCall, { state, fulfilment }: TradeHeader): string {
  if (state !== "open" && state !== "draft" && state !== "approved") return state;
  if (fulfilment === "all") return "billed";
  return fulfilment === "some" ? "partially_billed" : state;
}

export const PURCHASE_ORDER: DocumentKind = {
  label: "Purchase Order",
  key: "purchaseorder",
  listKey: "purchaseorders",
  reportName: "Purchase Orders",
  party: "vendor",
  lockModule: null,
  numbering: { prefix: "PO-", digits: 5 },
  numberKey: "purchaseorder_number",
  table: (books) => books.purchaseOrders,
  firstState: () => "draft",
  messages: {
    created: "Purchase Order has been added.",
    updated: "Purchase Order has been updated.",
    deleted: "The purchase order has been deleted.",
  },
  dueDate: (body) => body.due_date,
  deliveryDate: (body) => body.delivery_date,
  status: orderStatus,
  balance: ({ total }) => decimal(total),
  sortColumns: {
    vendor_name: ({ customerId }, books) => books.contacts.head(customerId)?.name ?? "",
    purchaseorder_number: ({ number }) => number,
    date: ({ date }) => date,
    delivery_date: ({ deliveryDate }) => deliveryDate,
    expected_delivery_date: ({ deliveryDate }) => deliveryDate,
    total: ({ total }) => Number(total),
    created_time: ({ created }) => created,
    last_modified_time: ({ modified }) => modified,
  },
  row: orderRow,
  full: orderWire,
  whyNotEdited: ({ state }) => (state === "cancelled" ? "notEditable" : null),
  whyNotDeleted: ({ linkedIds }) => (linkedIds.length > 0 ? "orderHasDocuments" : null),
  check: () => null,
  afterWrite: (call, id, order, lines, previous) =>
    indexOrderLines(call.books, call.books.purchaseOrders, id, order, lines, previous),
};

export const purchaseOrderCalls = createDocumentCalls(PURCHASE_ORDER);

export const openPurchaseOrder = createStatusCall(PURCHASE_ORDER, {
  to: "open",
  from: ["draft", "approved", "cancelled", "billed"],
  message: "The purchase order has been marked as open.",
  status: 201,
});
export const billPurchaseOrder = createStatusCall(PURCHASE_ORDER, {
  to: "billed",
  from: ["open", "draft", "approved"],
  message: "The purchase order has been marked as billed.",
  status: 201,
});
export const cancelPurchaseOrder = createStatusCall(PURCHASE_ORDER, {
  to: "cancelled",
  from: ["draft", "open", "approved", "pending_approval", "billed"],
  message: "The purchase order has been cancelled.",
  status: 201,
  whyNot: ({ linkedIds }) => (linkedIds.length > 0 ? "orderHasDocuments" : null),
});
export const submitPurchaseOrder = createStatusCall(PURCHASE_ORDER, {
  to: "pending_approval",
  from: ["draft", "rejected"],
  message: "The purchase order has been successfully submitted for approval.",
});
export const approvePurchaseOrder = createStatusCall(PURCHASE_ORDER, {
  to: "approved",
  from: ["pending_approval"],
  message: "You have approved the Purchase Order.",
});
export const rejectPurchaseOrder = createStatusCall(PURCHASE_ORDER, {
  to: "rejected",
  from: ["pending_approval"],
  message: "You have rejected the Purchase order successfully.",
  status: 201,
});

function orderRow(call: BooksCall, id: string, order: TradeHeader) {
  return {
    ...rowWire(call, id, order),
    purchaseorder_id: id,
    ...partyWire(call, "vendor", order.customerId),
    status: orderStatus(call, order),
    purchaseorder_number: order.number,
    delivery_date: order.deliveryDate,
    price_precision: currencyByCode(call.books, order.currencyCode).precision,
    custom_fields: shortFields(order),
  };
}

function orderWire(call: BooksCall, id: string, order: StoredTrade, lines: readonly StoredLine[]) {
  const { books } = call;
  const {
    discount_amount: _amount,
    discount_type: _type,
    ...discount
  } = { ...NO_DISCOUNT, ...discountWire(order) };
  return {
    purchaseorder_id: id,
    purchaseorder_number: order.number,
    ...partyWire(call, "vendor", order.customerId),
    ...fullWire(call, order),
    ...discount,
    currency_symbol: currencyByCode(books, order.currencyCode).symbol,
    status: orderStatus(call, order),
    expected_delivery_date: order.deliveryDate,
    delivery_date: order.deliveryDate,
    is_emailed: order.emailed,
    documents: [],
    contact_persons_associated: [],
    line_items: lines.map((line, index) => ({
      ...lineWire(call, order, line, index, true),
      project_id: "",
      project_name: "",
    })),
    tax_total: amount(order.taxTotal),
    taxes: order.taxes.map(({ taxId, amount: taxed }) => ({
      tax_name: books.taxes.head(taxId)?.name ?? "",
      tax_amount: amount(taxed),
    })),
    billing_address: documentAddress(order.billing),
    terms: order.terms,
    ship_via: order.shipVia,
    attention: order.attention,
    custom_fields: shortFields(order),
    attachment_name: books.attachments.head(id) ?? "",
    can_send_in_mail: false,
    template_id: "",
    template_name: "Standard Template",
    created_by_id: "",
    can_mark_as_bill: order.state === "open" && order.fulfilment !== "all",
    can_mark_as_unbill: order.state === "billed",
  };
}

const NO_DISCOUNT = { discount: "0", discount_amount: 0, discount_type: "", is_discount_before_tax: true };

const shortFields = ({ customFields }: Pick<TradeHeader, "customFields">) =>
  fieldsWire(customFields, "customfield_id").map((field) => ({
    customfield_id: field.customfield_id,
    value: field.value,
  }));
