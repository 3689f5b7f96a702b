/**
 * Payments to vendors: over any number of bills, with what is left as excess that can be applied later or
 * refunded. The account that pays is a bank, cash or credit card account.
 */

import { z } from "zod";
import { decimal } from "@/lib/kernel/decimal";
import { err, ok, type Result } from "@/lib/kernel/result";
import type { SandboxResponse } from "@/sandbox/kit/types";
import { amount } from "../../wire/formats";
import {
  type BooksCall,
  listPage,
  refuseMissing,
  refuseValue,
  sortAsked,
  sorted,
  succeed,
  succeedWriting,
} from "../answers";
import { sum } from "../arithmetic";
import { dateTests, matching, modifiedTests, textTests } from "../filters";
import { date, exchangeRate, figure, id, parseInput, text } from "../input";
import { refuseLocked } from "../settings/transaction-locks";
import { appliedFields, appliedTags } from "../trade/document-body";
import { amountTests } from "../trade/document-filters";
import { mergeFields, today } from "../trade/document-input";
import { readTags } from "../trade/read-lines";
import { readParty } from "../trade/read-party";
import type { StoredVendorPayment } from "../trade/records";
import { createRefundCalls } from "../trade/refunds";
import { refuseBy } from "../trade/refusals";
import { shapeAnswer } from "../trade/shapes";
import { exchangeRateOn } from "../write-document";
import { checkBillShares } from "./bill-settlements";
import { deleteVendorPayment, paymentExcess, putVendorPayment } from "./settle-bills";
import { paymentRow, paymentWire, refundRow } from "./vendor-payment-wire";

const paymentBody = z.object({
  vendor_id: id.optional(),
  bills: z
    .array(z.object({ bill_payment_id: id.optional(), bill_id: id, amount_applied: figure }))
    .optional(),
  date: date.optional(),
  exchange_rate: exchangeRate.optional(),
  amount: figure.optional(),
  paid_through_account_id: id.optional(),
  payment_mode: text.optional(),
  payment_number: z.union([z.number().int(), text]).transform(String).optional(),
  description: text.optional(),
  reference_number: text.optional(),
  is_paid_via_print_check: z.boolean().optional(),
  custom_fields: appliedFields.optional(),
  tags: appliedTags.optional(),
});
type PaymentBody = z.infer<typeof paymentBody>;

const SORT_COLUMNS = {
  vendor_name: ({ vendorId }: StoredVendorPayment) => vendorId,
  date: ({ date: day }: StoredVendorPayment) => day,
  reference_number: ({ reference }: StoredVendorPayment) => reference,
  amount: (payment: StoredVendorPayment) => Number(payment.amount),
  balance: (payment: StoredVendorPayment) => paymentExcess(payment).toNumber(),
} as const;
const SORT_NAMES = ["vendor_name", "date", "reference_number", "amount", "balance"] as const;

export function listVendorPayments(call: BooksCall): SandboxResponse {
  const { books } = call;
  const modified = modifiedTests<StoredVendorPayment>(call);
  if (!modified.ok) return refuseValue(modified.error);
  const vendorName = ({ vendorId }: StoredVendorPayment): string => books.contacts.head(vendorId)?.name ?? "";
  const sort = sortAsked(call, SORT_NAMES, { column: "date", order: "D" });
  const read = sort.column === "vendor_name" ? vendorName : SORT_COLUMNS[sort.column];
  const billId = call.query.get("bill_id");
  const tests = [
    ...modified.value,
    ...textTests<StoredVendorPayment>(call, {
      vendor_id: ({ vendorId }) => vendorId,
      vendor_name: vendorName,
      payment_number: ({ number }) => number,
      reference_number: ({ reference }) => reference,
      payment_mode: ({ mode }) => mode,
      description: ({ description }) => description,
      notes: ({ description }) => description,
    }),
    ...dateTests<StoredVendorPayment>(call, "date", ({ date: day }) => day),
    ...amountTests<StoredVendorPayment>(call, "amount", (payment) => decimal(payment.amount)),
    ...(billId === null
      ? []
      : [
          (_id: string, payment: StoredVendorPayment) =>
            payment.applied.some((share) => share.billId === billId),
        ]),
  ];
  return listPage(
    call,
    { key: "vendorpayments", reportName: "Payments Made", sortColumn: sort.column, sortOrder: sort.order },
    matching(sorted(books.vendorPayments, sort.column, sort.order, read), tests),
    (paymentId, payment) => paymentRow(call, paymentId, payment),
  );
}

export function getVendorPayment(call: BooksCall): SandboxResponse {
  const [paymentId = ""] = call.ids;
  const payment = call.books.vendorPayments.get(paymentId);
  if (payment === undefined) return refuseMissing(call.context, "Vendor payment");
  return succeed(shapeAnswer(call, "vendorpayment", paymentWire(call, paymentId, payment)));
}

export function createVendorPayment(call: BooksCall): SandboxResponse {
  const body = parseInput(paymentBody, call.input);
  if (!body.ok) return refuseValue(body.error);
  return writePayment(call, call.books.nextId(), body.value, null);
}

export function updateVendorPayment(call: BooksCall): SandboxResponse {
  const [paymentId = ""] = call.ids;
  const previous = call.books.vendorPayments.get(paymentId);
  if (previous === undefined) return refuseMissing(call.context, "Vendor payment");
  const body = parseInput(paymentBody, call.input);
  return body.ok ? writePayment(call, paymentId, body.value, previous) : refuseValue(body.error);
}

function writePayment(
  call: BooksCall,
  paymentId: string,
  body: PaymentBody,
  previous: StoredVendorPayment | null,
): SandboxResponse {
  const { books } = call;
  const payment = readPayment(call, body, previous);
  if (!payment.ok) return payment.error;
  const locked = refuseLocked(call, "purchases", payment.value.date, previous?.date);
  if (locked !== null) return locked;
  const freed = new Map((previous?.applied ?? []).map(({ billId, amount: paid }) => [billId, decimal(paid)]));
  const { vendorId, currencyCode, applied, refunds } = payment.value;
  const checked = checkBillShares(call, vendorId, currencyCode, applied, freed);
  if (!checked.ok) return checked.error;
  const refunded = sum(refunds.map((refund) => decimal(refund.amount)));
  if (checked.value.plus(refunded).greaterThan(payment.value.amount)) return refuseBy("amountAbovePaid");
  putVendorPayment(books, paymentId, payment.value);
  return succeedWriting(
    shapeAnswer(call, "vendorpayment", paymentWire(call, paymentId, payment.value)),
    previous === null
      ? "The payment made to the vendor has been recorded."
      : "The details of the payment made to the vendor has been updated",
    previous === null ? 201 : 200,
  );
}

const PAYING_ACCOUNT_TYPES: ReadonlySet<string> = new Set(["bank", "cash", "credit_card"]);

/** The account that pays, or receives: of a type that holds money. */
export function readMoneyAccount(
  call: BooksCall,
  given: string | undefined,
  previous: string | undefined,
): Result<string, SandboxResponse> {
  const { books, context } = call;
  const accountId = given ?? previous ?? pettyCashId(call);
  const account = books.accounts.head(accountId);
  if (account === undefined) return err(refuseMissing(context, "Account"));
  return PAYING_ACCOUNT_TYPES.has(account.type) ? ok(accountId) : err(refuseBy("notBank"));
}

function readPayment(
  call: BooksCall,
  body: PaymentBody,
  previous: StoredVendorPayment | null,
): Result<StoredVendorPayment, SandboxResponse> {
  const { books } = call;
  const [firstBill] = body.bills ?? [];
  const bill = firstBill === undefined ? undefined : books.bills.head(firstBill.bill_id);
  const vendorId = body.vendor_id ?? previous?.vendorId ?? bill?.customerId;
  if (vendorId === undefined) return err(refuseValue("vendor_id"));
  const vendor = readParty(call, "vendor", vendorId, previous?.vendorId);
  if (!vendor.ok) return vendor;
  const total = body.amount ?? previous?.amount;
  if (total === undefined || !decimal(total).greaterThan(0)) return err(refuseValue("amount"));
  const accountId = readMoneyAccount(call, body.paid_through_account_id, previous?.accountId);
  if (!accountId.ok) return accountId;
  const tags = body.tags === undefined ? ok(previous?.tags ?? []) : readTags(books, body.tags);
  if (!tags.ok) return tags;
  const day = body.date ?? previous?.date ?? today(call);
  const currencyCode = previous?.currencyCode ?? bill?.currencyCode ?? vendor.value.currencyCode;
  const now = books.stamp();
  return ok({
    number: body.payment_number ?? previous?.number ?? String(books.vendorPayments.size + 1),
    vendorId,
    date: day,
    mode: body.payment_mode ?? previous?.mode ?? "cash",
    amount: total,
    currencyCode,
    exchangeRate: body.exchange_rate ?? previous?.exchangeRate ?? exchangeRateOn(books, currencyCode, day),
    reference: body.reference_number ?? previous?.reference ?? "",
    description: body.description ?? previous?.description ?? "",
    accountId: accountId.value,
    printedCheck: body.is_paid_via_print_check ?? previous?.printedCheck ?? false,
    applied:
      body.bills?.map(({ bill_payment_id, bill_id, amount_applied }) => ({
        id: previous?.applied.find((share) => share.id === bill_payment_id)?.id ?? books.nextId(),
        billId: bill_id,
        amount: amount_applied,
      })) ??
      previous?.applied ??
      [],
    refunds: previous?.refunds ?? [],
    customFields: mergeFields(previous?.customFields ?? [], body.custom_fields ?? []),
    tags: tags.value,
    created: previous?.created ?? now,
    modified: now,
  });
}

export function removeVendorPayment(call: BooksCall): SandboxResponse {
  const [paymentId = ""] = call.ids;
  const refused = refuseRemoval(call, paymentId);
  if (refused !== null) return refused;
  deleteVendorPayment(call.books, paymentId, call.books.stamp());
  return succeedWriting({}, "The payment has been deleted.");
}

/** DELETE /vendorpayments?vendorpayment_id=1,2&bulk_delete=true: all of them or none. */
export function removeVendorPayments(call: BooksCall): SandboxResponse {
  const ids = (call.query.get("vendorpayment_id") ?? "").split(",").filter((each) => each !== "");
  if (ids.length === 0) return refuseValue("vendorpayment_id");
  if (call.query.get("bulk_delete") !== "true") return refuseValue("bulk_delete");
  for (const paymentId of ids) {
    const refused = refuseRemoval(call, paymentId);
    if (refused !== null) return refused;
  }
  for (const paymentId of ids) deleteVendorPayment(call.books, paymentId, call.books.stamp());
  return succeedWriting({}, "The selected vendor payments have been deleted.");
}

function refuseRemoval(call: BooksCall, paymentId: string): SandboxResponse | null {
  const payment = call.books.vendorPayments.head(paymentId);
  if (payment === undefined) return refuseMissing(call.context, "Vendor payment");
  return refuseLocked(call, "purchases", payment.date);
}

export const vendorPaymentRefunds = createRefundCalls<StoredVendorPayment>({
  label: "Vendor payment",
  table: (books) => books.vendorPayments,
  key: "vendorpayment_refund",
  listKey: "vendorpayment_refunds",
  lockModule: "purchases",
  accountKey: "to_account_id",
  statuses: { created: 201 },
  messages: {
    created: "Vendor Payment Refunded successfully",
    updated: "The refund information has been saved.",
    deleted: "The refund has been deleted.",
  },
  left: paymentExcess,
  whyTooMuch: "amountAboveExcess",
  put(books, paymentId, payment, refunds) {
    books.vendorPayments.put(paymentId, { ...payment, refunds, modified: books.stamp() });
  },
  wire: (call, paymentId, _payment, refund) => ({
    vendorpayment_refund_id: refund.id,
    vendorpayment_id: paymentId,
    date: refund.date,
    refund_mode: refund.mode,
    reference_number: refund.reference,
    amount: amount(refund.amount),
    exchange_rate: amount(refund.exchangeRate),
    to_account_id: refund.accountId,
    to_account_name: call.books.accounts.head(refund.accountId)?.name ?? "",
    description: refund.description,
  }),
  row: (_call, _paymentId, _payment, refund) => refundRow(refund),
});

function pettyCashId({ books }: BooksCall): string {
  for (const [accountId, { name }] of books.accounts.heads()) if (name === "Petty Cash") return accountId;
  return "";
}
