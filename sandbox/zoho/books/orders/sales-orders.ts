/** Sales orders: what customers ordered, and how much of it invoices have taken over. */
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
  taxesWire,
} from "../trade/document-wire";
import type { StoredTrade, TradeHeader } from "../trade/records";
import { currencyByCode } from "../write-document";
import { indexOrderLines } from "./take-over";

/** draft, pending_approval, approved, open, partially_invoiced, invoiced or void. */
function orderStatus(_call: BooksCall, { state, fulfilment }: TradeHeader): string {
  if (state !== "open" && state !== "approved") return state;
  if (fulfilment === "all") return "invoiced";
  return fulfilment === "some" ? "partially_invoiced" : state;
}

export const SALES_ORDER: DocumentKind = {
  label: "Sales order",
  key: "salesorder",
  listKey: "salesorders",
  reportName: "Sales Orders",
  party: "customer",
  lockModule: null,
  numbering: { prefix: "SO-", digits: 5 },
  numberKey: "salesorder_number",
  table: (books) => books.salesOrders,
  firstState: () => "draft",
  messages: {
    created: "Sales Order Created Successfully.",
    updated: "Sales Order Updated Successfully.",
    deleted: "Sales Order Deleted Successfully.",
  },
  dueDate: () => "",
  deliveryDate: (body) => body.shipment_date,
  status: orderStatus,
  balance: ({ total }) => decimal(total),
  sortColumns: {
    customer_name: ({ customerId }, books) => books.contacts.head(customerId)?.name ?? "",
    salesorder_number: ({ number }) => number,
    reference_number: ({ reference }) => reference,
    shipment_date: ({ deliveryDate }) => deliveryDate,
    total: ({ total }) => Number(total),
    date: ({ date }) => date,
    created_time: ({ created }) => created,
    last_modified_time: ({ modified }) => modified,
  },
  row: orderRow,
  full: orderWire,
  whyNotEdited: ({ state }) => (state === "void" ? "notEditable" : null),
  whyNotDeleted: ({ linkedIds }) => (linkedIds.length > 0 ? "orderHasDocuments" : null),
  check: () => null,
  afterWrite: (call, id, order, lines, previous) =>
    indexOrderLines(call.books, call.books.salesOrders, id, order, lines, previous),
};

export const salesOrderCalls = createDocumentCalls(SALES_ORDER);

export const openSalesOrder = createStatusCall(SALES_ORDER, {
  to: "open",
  from: ["draft", "approved", "void"],
  message: "Sales order status has been changed to Open.",
  status: 201,
});
export const voidSalesOrder = createStatusCall(SALES_ORDER, {
  to: "void",
  from: ["draft", "open", "approved", "pending_approval"],
  message: "Sales order status has been changed to Void.",
  status: 201,
  whyNot: ({ linkedIds }) => (linkedIds.length > 0 ? "orderHasDocuments" : null),
});
export const submitSalesOrder = createStatusCall(SALES_ORDER, {
  to: "pending_approval",
  from: ["draft", "rejected"],
  message: "The Sales Order has been successfully submitted for approval.",
});
export const approveSalesOrder = createStatusCall(SALES_ORDER, {
  to: "approved",
  from: ["pending_approval"],
  message: "You have approved the Sales Order.",
});

function orderRow(call: BooksCall, id: string, order: TradeHeader) {
  return {
    ...rowWire(call, id, order),
    salesorder_id: id,
    ...partyWire(call, "customer", order.customerId),
    status: orderStatus(call, order),
    salesorder_number: order.number,
    shipment_date: order.deliveryDate,
    sub_total: amount(order.subTotal),
    bcy_total: Number(decimal(order.total).times(order.exchangeRate).toDecimalPlaces(2).toFixed()),
    is_emailed: order.emailed,
    custom_fields: fieldsWire(order.customFields, "customfield_id"),
  };
}

function orderWire(call: BooksCall, id: string, order: StoredTrade, lines: readonly StoredLine[]) {
  const { books } = call;
  return {
    salesorder_id: id,
    salesorder_number: order.number,
    ...partyWire(call, "customer", order.customerId),
    ...fullWire(call, order),
    ...NO_DISCOUNT,
    ...discountWire(order),
    currency_symbol: currencyByCode(books, order.currencyCode).symbol,
    status: orderStatus(call, order),
    shipment_date: order.deliveryDate,
    delivery_method: order.shipVia,
    is_emailed: order.emailed,
    documents: [],
    contact_persons_associated: [],
    line_items: lines.map((line, index) => salesLine(call, order, line, index)),
    shipping_charge: amount(order.shippingCharge),
    adjustment: amount(order.adjustment),
    adjustment_description: order.adjustmentDescription,
    tax_total: amount(order.taxTotal),
    taxes: taxesWire(call, order),
    billing_address: documentAddress(order.billing),
    shipping_address: documentAddress(order.shipping),
    terms: order.terms,
    custom_fields: fieldsWire(order.customFields, "customfield_id"),
    template_id: "",
    template_name: "Standard Template",
    created_by_id: "",
    attachment_name: books.attachments.head(id) ?? "",
    can_send_in_mail: false,
    salesperson_id: "",
    salesperson_name: order.salespersonName,
    ...invoicesOf(call, order),
  };
}

const NO_DISCOUNT = {
  discount: "0",
  discount_amount: 0,
  discount_type: "entity_level",
  is_discount_before_tax: true,
};

function salesLine(call: BooksCall, order: StoredTrade, line: StoredLine, index: number) {
  const { account_id: _account, account_name: _name, ...shown } = lineWire(call, order, line, index, true);
  const taken = decimal(order.taken[line.id] ?? "0");
  return {
    ...shown,
    is_invoiced: taken.greaterThanOrEqualTo(line.quantity),
    ...(call.context.switches.get("zoho.document-answers") === "described"
      ? {}
      : { quantity_invoiced: Number(taken.toFixed()) }),
    project_id: "",
  };
}

/** Seen in answers, absent from Zoho's description. */
function invoicesOf(call: BooksCall, order: StoredTrade) {
  if (call.context.switches.get("zoho.document-answers") === "described") return {};
  return {
    invoices: order.linkedIds.flatMap((invoiceId) => {
      const invoice = call.books.invoices.head(invoiceId);
      return invoice === undefined
        ? []
        : [
            {
              invoice_id: invoiceId,
              invoice_number: invoice.number,
              reference_number: invoice.reference,
              date: invoice.date,
              due_date: invoice.dueDate,
              total: amount(invoice.total),
            },
          ];
    }),
  };
}
