/** Estimates (quotes): draft, sent, accepted or declined by the customer, expired by their date. */
import { decimal } from "@/lib/kernel/decimal";
import { amount } from "../../wire/formats";
import type { BooksCall } from "../answers";
import type { StoredLine } from "../records";
import { createDocumentCalls, createStatusCall } from "../trade/document-calls";
import { today } from "../trade/document-input";
import type { DocumentKind } from "../trade/document-kind";
import {
  documentAddress,
  fieldsWire,
  fullWire,
  lineWire,
  partyWire,
  rowWire,
  taxesWire,
} from "../trade/document-wire";
import type { StoredTrade, TradeHeader } from "../trade/records";

function estimateStatus(call: BooksCall, { state, dueDate }: TradeHeader): string {
  return state === "sent" && dueDate !== "" && dueDate < today(call) ? "expired" : state;
}

export const ESTIMATE: DocumentKind = {
  label: "Estimate",
  key: "estimate",
  listKey: "estimates",
  reportName: "Estimates",
  party: "customer",
  lockModule: null,
  numbering: { prefix: "EST-", digits: 6 },
  numberKey: "estimate_number",
  table: (books) => books.estimates,
  firstState: (call) => (call.query.get("send") === "true" ? "sent" : "draft"),
  messages: {
    created: "The estimate has been created",
    updated: "Estimate information has been updated.",
    deleted: "The estimate has been deleted.",
  },
  dueDate: (body) => body.expiry_date,
  deliveryDate: () => undefined,
  status: estimateStatus,
  balance: ({ total }) => decimal(total),
  sortColumns: {
    customer_name: ({ customerId }, books) => books.contacts.head(customerId)?.name ?? "",
    estimate_number: ({ number }) => number,
    date: ({ date }) => date,
    total: ({ total }) => Number(total),
    created_time: ({ created }) => created,
    last_modified_time: ({ modified }) => modified,
  },
  row: (call, id, estimate) => ({
    ...rowWire(call, id, estimate),
    estimate_id: id,
    ...partyWire(call, "customer", estimate.customerId),
    status: estimateStatus(call, estimate),
    estimate_number: estimate.number,
    location_id: "",
    location_name: "",
    accepted_date: "",
    declined_date: "",
    expiry_date: estimate.dueDate,
    is_viewed_by_client: false,
    client_viewed_time: "",
  }),
  full: estimateWire,
  whyNotEdited: () => null,
  whyNotDeleted: () => null,
  check: () => null,
  afterWrite: () => undefined,
};

export const estimateCalls = createDocumentCalls(ESTIMATE);

export const sendEstimate = createStatusCall(ESTIMATE, {
  to: "sent",
  from: ["draft", "approved", "accepted", "declined"],
  message: "Estimate status has been changed to Sent",
});
export const acceptEstimate = createStatusCall(ESTIMATE, {
  to: "accepted",
  from: ["draft", "sent", "declined", "approved"],
  message: "Estimate status has been changed to Accepted.",
});
export const declineEstimate = createStatusCall(ESTIMATE, {
  to: "declined",
  from: ["draft", "sent", "accepted", "approved"],
  message: "Estimate status has been changed to Declined.",
});
export const submitEstimate = createStatusCall(ESTIMATE, {
  to: "pending_approval",
  from: ["draft", "rejected"],
  message: "The estimate has been successfully submitted for approval",
});
export const approveEstimate = createStatusCall(ESTIMATE, {
  to: "approved",
  from: ["pending_approval"],
  message: "You have approved the estimate.",
});

function estimateWire(call: BooksCall, id: string, estimate: StoredTrade, lines: readonly StoredLine[]) {
  return {
    estimate_id: id,
    estimate_number: estimate.number,
    ...partyWire(call, "customer", estimate.customerId),
    ...fullWire(call, estimate),
    status: estimateStatus(call, estimate),
    expiry_date: estimate.dueDate,
    contact_persons_associated: [],
    discount: amount(estimate.discountTotal),
    is_discount_before_tax: estimate.discount?.beforeTax ?? true,
    discount_type: "entity_level",
    line_items: lines.map((line, index) => estimateLine(call, estimate, line, index)),
    shipping_charge: estimate.shippingCharge,
    adjustment: amount(estimate.adjustment),
    adjustment_description: estimate.adjustmentDescription,
    tax_total: amount(estimate.taxTotal),
    taxes: taxesWire(call, estimate).map(({ tax_name, tax_amount }) => ({ tax_name, tax_amount })),
    billing_address: shortAddress(estimate.billing),
    shipping_address: shortAddress(estimate.shipping),
    terms: estimate.terms,
    custom_fields: fieldsWire(estimate.customFields, "customfield_id").map((field) => ({
      index: field.index,
      show_on_pdf: false,
      value: field.value,
      label: field.label,
    })),
    template_id: "",
    template_name: "Standard Template",
    salesperson_id: "",
    salesperson_name: estimate.salespersonName,
  };
}

function estimateLine(call: BooksCall, estimate: StoredTrade, line: StoredLine, index: number) {
  const {
    account_id: _account,
    account_name: _name,
    sku: _sku,
    item_custom_fields: _fields,
    item_total_inclusive_of_tax: _inclusive,
    ...shown
  } = lineWire(call, estimate, line, index, true);
  return shown;
}

function shortAddress(address: StoredTrade["billing"]) {
  const { street2: _street, attention: _attention, ...shown } = documentAddress(address);
  return shown;
}
