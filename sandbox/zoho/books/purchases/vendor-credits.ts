/** Vendor credits: what vendors owe back, the bills they were set against, and their refunds. */

import { z } from "zod";
import { decimal } from "@/lib/kernel/decimal";
import type { SandboxResponse } from "@/sandbox/kit/types";
import { amount } from "../../wire/formats";
import { type BooksCall, refuseMissing, refuseValue, succeed, succeedWriting } from "../answers";
import { figure, id, parseInput } from "../input";
import type { StoredLine, StoredRefund } from "../records";
import { refuseLocked } from "../settings/transaction-locks";
import { commentsWire } from "../trade/comments";
import { createDocumentCalls, createStatusCall } from "../trade/document-calls";
import { today } from "../trade/document-input";
import type { DocumentKind } from "../trade/document-kind";
import { discountWire, fieldsWire, fullWire, lineWire, partyWire, rowWire } from "../trade/document-wire";
import type { StoredTrade, TradeHeader } from "../trade/records";
import { createRefundCalls } from "../trade/refunds";
import { refuseBy } from "../trade/refusals";
import { checkBillShares } from "./bill-settlements";
import { applyVendorCredit, removeVendorCredit, vendorCreditBalance } from "./settle-bills";

/** draft, pending_approval, open, closed or void. */
const creditStatus = (_call: BooksCall, credit: TradeHeader): string =>
  credit.state === "open" && vendorCreditBalance(credit).isZero() && !decimal(credit.total).isZero()
    ? "closed"
    : credit.state;

export const VENDOR_CREDIT: DocumentKind = {
  label: "Vendor credit",
  key: "vendor_credit",
  listKey: "vendorcredits",
  reportName: "Vendor Credits",
  party: "vendor",
  lockModule: "purchases",
  numbering: { prefix: "DN-", digits: 5 },
  numberKey: "vendor_credit_number",
  table: (books) => books.vendorCredits,
  firstState: (call) =>
    call.context.switches.get("zoho.new-purchase-status") === "draft" ? "draft" : "open",
  messages: {
    created: "Vendor credit has been created.",
    updated: "Vendor credit information has been updated.",
    deleted: "The vendor credit has been deleted.",
  },
  dueDate: () => "",
  deliveryDate: () => undefined,
  status: creditStatus,
  balance: vendorCreditBalance,
  sortColumns: {
    vendor_name: ({ customerId }, books) => books.contacts.head(customerId)?.name ?? "",
    vendor_credit_number: ({ number }) => number,
    balance: (credit) => vendorCreditBalance(credit).toNumber(),
    total: ({ total }) => Number(total),
    date: ({ date }) => date,
    created_time: ({ created }) => created,
    last_modified_time: ({ modified }) => modified,
    reference_number: ({ reference }) => reference,
  },
  row: (call, creditId, credit) => ({
    ...rowWire(call, creditId, credit),
    vendor_credit_id: creditId,
    vendor_credit_number: credit.number,
    status: creditStatus(call, credit),
    balance: Number(vendorCreditBalance(credit).toFixed()),
    ...partyWire(call, "vendor", credit.customerId),
    exchange_rate: amount(credit.exchangeRate),
    tags: [],
  }),
  full: vendorCreditWire,
  whyNotEdited: ({ state }) => (state === "void" ? "notEditable" : null),
  whyNotDeleted: (credit) => (isUsed(credit) ? "creditHasUses" : null),
  check: () => null,
  afterWrite: () => undefined,
};

const isUsed = ({ credited, refunded }: TradeHeader): boolean => !decimal(credited).plus(refunded).isZero();

export const vendorCreditCalls = createDocumentCalls(VENDOR_CREDIT);

export const openVendorCredit = createStatusCall(VENDOR_CREDIT, {
  to: "open",
  from: ["draft", "void", "approved"],
  message: "The status of the vendor credit has been changed to open.",
  status: 201,
});

export const voidVendorCredit = createStatusCall(VENDOR_CREDIT, {
  to: "void",
  from: ["draft", "open", "pending_approval"],
  message: "The vendor credit has been voided.",
  status: 201,
  whyNot: (credit) => (isUsed(credit) ? "creditHasUses" : null),
});

export const submitVendorCredit = createStatusCall(VENDOR_CREDIT, {
  to: "pending_approval",
  from: ["draft", "rejected"],
  message: "The vendor credit has been submitted for approval successfully.",
});

export const approveVendorCredit = createStatusCall(VENDOR_CREDIT, {
  to: "open",
  from: ["pending_approval"],
  message: "You have approved the vendor credit.",
});

function vendorCreditWire(
  call: BooksCall,
  creditId: string,
  credit: StoredTrade,
  lines: readonly StoredLine[],
) {
  return {
    vendor_credit_id: creditId,
    vendor_credit_number: credit.number,
    status: creditStatus(call, credit),
    ...partyWire(call, "vendor", credit.customerId),
    ...fullWire(call, credit),
    ...discountWire(credit),
    line_items: lines.map((line, index) => lineWire(call, credit, line, index, false)),
    documents: [],
    custom_fields: fieldsWire(credit.customFields, "custom_field_id"),
    total_credits_used: amount(credit.credited),
    total_refunded_amount: amount(credit.refunded),
    balance: Number(vendorCreditBalance(credit).toFixed()),
    comments: commentsWire(call, "vendor_credit_id", creditId),
    vendor_credit_refunds: credit.refunds.map((refund) => ({
      vendor_credit_refund_id: refund.id,
      vendor_credit_id: creditId,
      date: refund.date,
      refund_mode: refund.mode,
      reference_number: refund.reference,
      description: refund.description,
      ...refundAmounts(refund),
    })),
    bills_credited: credit.credits.map((share) => ({
      bill_id: share.billId,
      vendor_credit_bill_id: share.id,
      date: share.date,
      bill_number: call.books.bills.head(share.billId)?.number ?? "",
      amount: amount(share.amount),
    })),
  };
}

/** A refund in base currency and in its own. */
export const refundAmounts = (refund: StoredRefund) => ({
  amount_bcy: Number(decimal(refund.amount).times(refund.exchangeRate).toDecimalPlaces(2).toFixed()),
  amount_fcy: amount(refund.amount),
});

/** GET /vendorcredits/{id}/bills */
export function listBillsCredited(call: BooksCall): SandboxResponse {
  const [creditId = ""] = call.ids;
  const credit = call.books.vendorCredits.get(creditId);
  if (credit === undefined) return refuseMissing(call.context, "Vendor credit");
  return succeed({
    bills_credited: credit.credits.map((share) => ({
      vendor_credit_id: creditId,
      bill_id: share.billId,
      vendor_credit_bill_id: share.id,
      date: share.date,
      bill_number: call.books.bills.head(share.billId)?.number ?? "",
      amount: amount(share.amount),
    })),
  });
}

const billsBody = z.object({ bills: z.array(z.object({ bill_id: id, amount_applied: figure })) });

/** POST /vendorcredits/{id}/bills */
export function creditBills(call: BooksCall): SandboxResponse {
  const { books } = call;
  const [creditId = ""] = call.ids;
  const credit = books.vendorCredits.head(creditId);
  if (credit === undefined) return refuseMissing(call.context, "Vendor credit");
  const body = parseInput(billsBody, call.input);
  if (!body.ok) return refuseValue(body.error);
  const shares = body.value.bills.map(({ bill_id, amount_applied }) => ({
    billId: bill_id,
    amount: amount_applied,
  }));
  const checked = checkBillShares(call, credit.customerId, credit.currencyCode, shares);
  if (!checked.ok) return checked.error;
  if (credit.state !== "open" || vendorCreditBalance(credit).lessThan(checked.value))
    return refuseBy("amountAboveCredits");
  const locked = refuseLocked(call, "purchases", today(call));
  if (locked !== null) return locked;
  applyVendorCredit(books, creditId, shares, today(call), books.stamp());
  return succeedWriting({ bills: body.value.bills }, "Credits have been applied to the bill(s).", 201);
}

/** DELETE /vendorcredits/{id}/bills/{id} */
export function deleteBillCredited(call: BooksCall): SandboxResponse {
  const [creditId = "", shareId = ""] = call.ids;
  return removeVendorCredit(call.books, creditId, shareId, call.books.stamp())
    ? succeedWriting({}, "Credits applied to the bill have been deleted.")
    : refuseMissing(call.context, "Credit");
}

export const vendorCreditRefunds = createRefundCalls<StoredTrade>({
  label: "Vendor credit",
  table: (books) => books.vendorCredits,
  key: "vendor_credit_refund",
  listKey: "vendor_credit_refunds",
  lockModule: "purchases",
  accountKey: "account_id",
  statuses: { created: 201 },
  messages: {
    created: "The refund information for this vendor credit has been saved.",
    updated: "The refund information has been saved.",
    deleted: "The refund has been successfully deleted.",
  },
  left: (credit) => (credit.state === "open" ? vendorCreditBalance(credit) : decimal("0")),
  whyTooMuch: "amountAboveCredits",
  put(books, creditId, credit, refunds, refunded) {
    books.vendorCredits.put(creditId, { ...credit, refunds, refunded, modified: books.stamp() });
  },
  wire: (call, creditId, _credit, refund) => ({
    vendor_credit_refund_id: refund.id,
    vendor_credit_id: creditId,
    date: refund.date,
    refund_mode: refund.mode,
    reference_number: refund.reference,
    amount: amount(refund.amount),
    exchange_rate: amount(refund.exchangeRate),
    account_id: refund.accountId,
    account_name: call.books.accounts.head(refund.accountId)?.name ?? "",
    description: refund.description,
    imported_transactions: [],
  }),
  row: (call, creditId, credit, refund) => ({
    vendor_credit_refund_id: refund.id,
    vendor_credit_id: creditId,
    date: refund.date,
    refund_mode: refund.mode,
    reference_number: refund.reference,
    amount: amount(refund.amount),
    vendor_credit_number: credit.number,
    customer_name: call.books.contacts.head(credit.customerId)?.name ?? "",
    description: refund.description,
    ...refundAmounts(refund),
  }),
});
