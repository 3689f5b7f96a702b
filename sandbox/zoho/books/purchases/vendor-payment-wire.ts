/** Payments to vendors as Zoho Books answers them: full, with the bills they settle, and as a row of the list. */
import { decimal } from "@/lib/kernel/decimal";
import { amount, zonedTime } from "../../wire/formats";
import type { BooksCall } from "../answers";
import { fieldsWire, tagWire } from "../trade/document-wire";
import type { StoredVendorPayment } from "../trade/records";
import { currencyByCode } from "../write-document";
import { paymentExcess } from "./settle-bills";
import { refundAmounts } from "./vendor-credits";

export const refundRow = (refund: StoredVendorPayment["refunds"][number]) => ({
  vendorpayment_refund_id: refund.id,
  date: refund.date,
  refund_mode: refund.mode,
  reference_number: refund.reference,
  description: refund.description,
  ...refundAmounts(refund),
});

export function paymentRow(call: BooksCall, paymentId: string, payment: StoredVendorPayment) {
  const { books, organization } = call;
  const excess = paymentExcess(payment).toFixed();
  const inBase = (text: string): number =>
    Number(decimal(text).times(payment.exchangeRate).toDecimalPlaces(2).toFixed());
  return {
    payment_id: paymentId,
    vendor_id: payment.vendorId,
    vendor_name: books.contacts.head(payment.vendorId)?.name ?? "",
    bill_numbers: payment.applied.map(({ billId }) => books.bills.head(billId)?.number ?? "").join(", "),
    payment_mode: payment.mode,
    payment_number: numberWire(payment.number),
    description: payment.description,
    date: payment.date,
    reference_number: payment.reference,
    exchange_rate: amount(payment.exchangeRate),
    amount: amount(payment.amount),
    bcy_amount: inBase(payment.amount),
    paid_through_account_id: payment.accountId,
    paid_through_account_name: books.accounts.head(payment.accountId)?.name ?? "",
    balance: Number(excess),
    bcy_balance: inBase(excess),
    created_time: zonedTime(payment.created, organization.timeZone),
    last_modified_time: zonedTime(payment.modified, organization.timeZone),
    is_paid_via_print_check: payment.printedCheck,
    has_attachment: false,
    is_ach_payment: false,
    tags: payment.tags.map((tag) => tagWire(call, tag)),
    check_details: [],
  };
}

/** A JSON number where it is one, as the numbers that Zoho makes are. */
const numberWire = (text: string): number | string => (/^\d{1,15}$/.test(text) ? Number(text) : text);

export function paymentWire(call: BooksCall, paymentId: string, payment: StoredVendorPayment) {
  const { books, organization } = call;
  const account = books.accounts.head(payment.accountId);
  const currency = currencyByCode(books, payment.currencyCode);
  return {
    payment_id: paymentId,
    vendor_id: payment.vendorId,
    vendor_name: books.contacts.head(payment.vendorId)?.name ?? "",
    payment_mode: payment.mode,
    payment_number: numberWire(payment.number),
    description: payment.description,
    date: payment.date,
    reference_number: payment.reference,
    exchange_rate: amount(payment.exchangeRate),
    tax_account_name: "",
    tax_amount_withheld: 0,
    amount: amount(payment.amount),
    balance: Number(paymentExcess(payment).toFixed()),
    currency_id: currency.id,
    currency_symbol: currency.symbol,
    created_time: zonedTime(payment.created, organization.timeZone),
    last_modified_time: zonedTime(payment.modified, organization.timeZone),
    paid_through_account_id: payment.accountId,
    paid_through_account_name: account?.name ?? "",
    paid_through_account_type: account?.type ?? "",
    is_paid_via_print_check: payment.printedCheck,
    is_ach_payment: false,
    billing_address: [],
    vendorpayment_refunds: payment.refunds.map(refundRow),
    bills: payment.applied.map((share) => ({
      bill_payment_id: share.id,
      bill_id: share.billId,
      amount_applied: amount(share.amount),
      tax_amount_withheld: 0,
      ...billShown(call, share.billId),
    })),
    location_id: "",
    location_name: "",
    documents: [],
    custom_fields: fieldsWire(payment.customFields, "custom_field_id"),
    tags: payment.tags.map((tag) => tagWire(call, tag)),
  };
}

/** What the answer to a creation shows of a bill; a look at the payment later does not. */
function billShown({ books, request }: BooksCall, billId: string) {
  const bill = books.bills.head(billId);
  if (bill === undefined || request.method !== "POST") return {};
  return {
    balance: Number(decimal(bill.total).minus(bill.paid).minus(bill.credited).toFixed()),
    bill_number: bill.number,
    date: bill.date,
    due_date: bill.dueDate,
    price_precision: currencyByCode(books, bill.currencyCode).precision,
    total: amount(bill.total),
  };
}
