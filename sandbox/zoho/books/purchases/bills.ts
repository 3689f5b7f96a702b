/**
 * Bills: what vendors charge. A bill is paid, part-paid or overdue by its settlements and due date alone;
 * Zoho makes no numbers for bills, and one number may be used once for each vendor.
 */
import { decimal } from "@/lib/kernel/decimal";
import { amount } from "../../wire/formats";
import type { BooksCall } from "../answers";
import { linkBill, refuseTooMuchTaken } from "../orders/take-over";
import type { StoredLine } from "../records";
import { createDocumentCalls, createStatusCall } from "../trade/document-calls";
import { daysAfter, today } from "../trade/document-input";
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
  termsLabel,
} from "../trade/document-wire";
import type { StoredTrade, TradeHeader } from "../trade/records";
import { currencyByCode } from "../write-document";
import { billCreditsWire, billPaymentsWire } from "./bill-settlements";

/** What is still owed on a bill. */
export const billBalance = ({ state, total, paid, credited }: TradeHeader) =>
  state === "void" ? decimal("0") : decimal(total).minus(paid).minus(credited);

/** draft, pending_approval, open, overdue, partially_paid, paid or void. */
export function billStatus(call: BooksCall, bill: TradeHeader): string {
  if (bill.state !== "open") return bill.state;
  const balance = billBalance(bill);
  if (balance.isZero() && !decimal(bill.total).isZero()) return "paid";
  const overdue = bill.dueDate < today(call);
  if (!balance.equals(bill.total))
    return overdue ? call.context.switches.get("zoho.partly-paid-overdue") : "partially_paid";
  return overdue ? "overdue" : "open";
}

export const BILL: DocumentKind = {
  label: "Bill",
  key: "bill",
  listKey: "bills",
  reportName: "Bills",
  party: "vendor",
  lockModule: "purchases",
  numbering: null,
  numberKey: "bill_number",
  table: (books) => books.bills,
  firstState: (call) =>
    call.context.switches.get("zoho.new-purchase-status") === "draft" ? "draft" : "open",
  messages: {
    created: "The bill has been created.",
    updated: "Bill information has been updated.",
    deleted: "The bill has been deleted.",
  },
  dueDate: (body, date, terms) => (body.due_date ? body.due_date : daysAfter(date, terms)),
  deliveryDate: () => undefined,
  status: billStatus,
  balance: billBalance,
  sortColumns: {
    vendor_name: ({ customerId }, books) => books.contacts.head(customerId)?.name ?? "",
    bill_number: ({ number }) => number,
    date: ({ date }) => date,
    due_date: ({ dueDate }) => dueDate,
    total: ({ total }) => Number(total),
    balance: (bill) => billBalance(bill).toNumber(),
    created_time: ({ created }) => created,
    last_modified_time: ({ modified }) => modified,
  },
  row: billRow,
  full: billWire,
  whyNotEdited: ({ state }) => (state === "void" ? "notEditable" : null),
  whyNotDeleted: (bill) => (isSettled(bill) ? "billHasSettlements" : null),
  check: (call, _id, _bill, lines) => refuseTooMuchTaken(call, lines, call.books.purchaseOrders),
  afterWrite: (call, id, bill, lines, previousLines) => linkBill(call.books, id, bill, lines, previousLines),
};

const isSettled = ({ paid, credited }: StoredTrade): boolean => !decimal(paid).plus(credited).isZero();

export const billCalls = createDocumentCalls(BILL);

export const voidBill = createStatusCall(BILL, {
  to: "void",
  from: ["draft", "open", "pending_approval", "rejected"],
  message: "The bill has been marked as void.",
  status: 201,
  whyNot: (bill) => (isSettled(bill) ? "billHasSettlements" : null),
});

export const openBill = createStatusCall(BILL, {
  to: "open",
  from: ["draft", "void", "approved"],
  message: "The status of the bill has been changed to open.",
  status: 201,
});

export const submitBill = createStatusCall(BILL, {
  to: "pending_approval",
  from: ["draft", "rejected"],
  message: "The bill has been submitted for approval successfully.",
});

export const approveBill = createStatusCall(BILL, {
  to: "open",
  from: ["pending_approval"],
  message: "You have approved the bill.",
});

function billRow(call: BooksCall, id: string, bill: TradeHeader) {
  return {
    ...rowWire(call, id, bill),
    bill_id: id,
    ...partyWire(call, "vendor", bill.customerId),
    status: billStatus(call, bill),
    bill_number: bill.number,
    due_date: bill.dueDate,
    due_days: dueDays(call, bill).text,
    price_precision: currencyByCode(call.books, bill.currencyCode).precision,
    exchange_rate: amount(bill.exchangeRate),
    balance: Number(billBalance(bill).toFixed()),
    location_id: "",
    location_name: "",
    attachment_name: call.books.attachments.head(id) ?? "",
    is_tds_applied: false,
    is_abn_quoted: "",
  };
}

export function billWire(call: BooksCall, id: string, bill: StoredTrade, lines: readonly StoredLine[]) {
  const { books } = call;
  const due = dueDays(call, bill);
  return {
    bill_id: id,
    purchaseorder_ids: bill.linkedIds,
    ...partyWire(call, "vendor", bill.customerId),
    ...fullWire(call, bill),
    ...discountWire(bill),
    currency_symbol: currencyByCode(books, bill.currencyCode).symbol,
    status: billStatus(call, bill),
    bill_number: bill.number,
    due_date: bill.dueDate,
    payment_terms: bill.paymentTerms,
    payment_terms_label: termsLabel(bill.paymentTerms),
    payment_expected_date: "",
    recurring_bill_id: "",
    due_by_days: due.text,
    due_in_days: due.days,
    documents: [],
    adjustment: amount(bill.adjustment),
    adjustment_description: bill.adjustmentDescription,
    custom_fields: fieldsWire(bill.customFields, "custom_field_id"),
    is_tds_applied: false,
    is_item_level_tax_calc: bill.taxRounding === "item_level",
    line_items: lines.map((line, index) => billLine(call, bill, line, index)),
    tax_total: amount(bill.taxTotal),
    payment_made: amount(bill.paid),
    vendor_credits_applied: amount(bill.credited),
    is_line_item_invoiced: false,
    purchaseorders: bill.linkedIds.flatMap((orderId) => {
      const order = books.purchaseOrders.head(orderId);
      return order === undefined
        ? []
        : [
            {
              purchaseorder_id: orderId,
              purchaseorder_number: order.number,
              purchaseorder_date: order.date,
              purchaseorder_status: order.state,
            },
          ];
    }),
    taxes: taxesWire(call, bill).map(({ tax_name, tax_amount }) => ({
      tax_name,
      tax_amount: String(tax_amount),
    })),
    balance: Number(billBalance(bill).toFixed()),
    billing_address: documentAddress(bill.billing),
    payments: billPaymentsWire(books, id, bill),
    vendor_credits: billCreditsWire(books, id, bill),
    created_by_id: "",
    reference_id: "",
    terms: bill.terms,
    attachment_name: books.attachments.head(id) ?? "",
    open_purchaseorders_count: 0,
  };
}

function billLine(call: BooksCall, bill: StoredTrade, line: StoredLine, index: number) {
  return {
    ...lineWire(call, bill, line, index, false),
    purchaseorder_item_id: line.sourceLineId ?? "",
    is_billable: line.billable ?? false,
    customer_id: line.customerId ?? "",
    customer_name: call.books.contacts.head(line.customerId ?? "")?.name ?? "",
    project_id: "",
    project_name: "",
    invoice_id: "",
    invoice_number: "",
  };
}

const DAY_MS = 86_400_000;

function dueDays(call: BooksCall, { dueDate, state }: TradeHeader): { days: number; text: string } {
  if (state !== "open" || dueDate === "") return { days: 0, text: "" };
  const days = Math.round((Date.parse(dueDate) - Date.parse(today(call))) / DAY_MS);
  if (days === 0) return { days, text: "Due Today" };
  return { days, text: days > 0 ? `Due in ${days} Days` : `Overdue by ${-days} Days` };
}
