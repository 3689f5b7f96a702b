/** Customer payments as Zoho Books answers them: full (with the invoices they settle) and as a row. */
import { decimal } from "@/lib/kernel/decimal";
import { sum } from "../books/arithmetic";
import type { Books } from "../books/open-books";
import type { StoredOrganization, StoredPayment } from "../books/records";
import { invoiceBalance, unusedAmount } from "../books/settle";
import { currencyByCode } from "../books/write-document";
import { amount, zonedTime } from "./formats";

export function paymentRowWire(
  books: Books,
  organization: StoredOrganization,
  id: string,
  payment: StoredPayment,
) {
  const unused = unusedAmount(payment).toFixed();
  const inBase = (text: string): number =>
    Number(decimal(text).times(payment.exchangeRate).toDecimalPlaces(2).toFixed());
  return {
    payment_id: id,
    payment_number: payment.number,
    invoice_numbers: payment.applied
      .map(({ invoiceId }) => books.invoices.head(invoiceId)?.number ?? "")
      .join(", "),
    date: payment.date,
    payment_mode: payment.mode,
    payment_mode_formatted: payment.mode,
    amount: amount(payment.amount),
    bcy_amount: inBase(payment.amount),
    unused_amount: amount(unused),
    bcy_unused_amount: inBase(unused),
    account_id: payment.accountId,
    account_name: books.accounts.head(payment.accountId)?.name ?? "",
    description: payment.description,
    reference_number: payment.reference,
    customer_id: payment.customerId,
    customer_name: books.contacts.head(payment.customerId)?.name ?? "",
    created_time: zonedTime(payment.created, organization.timeZone),
    last_modified_time: zonedTime(payment.modified, organization.timeZone),
    bcy_refunded_amount: inBase(refundedOf(payment).toFixed()),
    applied_invoices: [],
    has_attachment: false,
    tags: [],
    payment_type: payment.applied.length === 0 ? "Customer Advance" : "Invoice Payment",
    payment_status: "paid",
  };
}

export function paymentWire(
  books: Books,
  organization: StoredOrganization,
  id: string,
  payment: StoredPayment,
) {
  const account = books.accounts.head(payment.accountId);
  const currency = currencyByCode(books, payment.currencyCode);
  return {
    payment_id: id,
    payment_number: payment.number,
    customer_id: payment.customerId,
    customer_name: books.contacts.head(payment.customerId)?.name ?? "",
    email: books.contacts.head(payment.customerId)?.email ?? "",
    payment_mode: payment.mode,
    date: payment.date,
    account_id: payment.accountId,
    account_name: account?.name ?? "",
    account_type: account?.type ?? "",
    currency_id: currency.id,
    currency_code: payment.currencyCode,
    currency_symbol: currency.symbol,
    exchange_rate: amount(payment.exchangeRate),
    amount: amount(payment.amount),
    unused_amount: Number(unusedAmount(payment).toFixed()),
    amount_refunded: Number(refundedOf(payment).toFixed()),
    bank_charges: amount(payment.bankCharges),
    tax_amount_withheld: 0,
    reference_number: payment.reference,
    description: payment.description,
    invoices: payment.applied.map((applied) => appliedWire(books, payment, applied)),
    payment_status: "paid",
    payment_refunds: (payment.refunds ?? []).map((refund) => ({
      payment_refund_id: refund.id,
      payment_id: id,
      date: refund.date,
      refund_mode: refund.mode,
      reference_number: refund.reference,
      amount: amount(refund.amount),
      exchange_rate: amount(refund.exchangeRate),
      description: refund.description,
    })),
    custom_fields: [],
    tags: [],
    price_precision: currency.precision,
    created_time: zonedTime(payment.created, organization.timeZone),
    updated_time: zonedTime(payment.modified, organization.timeZone),
  };
}

const refundedOf = ({ refunds = [] }: StoredPayment) => sum(refunds.map((refund) => decimal(refund.amount)));

function appliedWire(books: Books, payment: StoredPayment, applied: StoredPayment["applied"][number]) {
  const invoice = books.invoices.head(applied.invoiceId);
  return {
    invoice_id: applied.invoiceId,
    invoice_number: invoice?.number ?? "",
    invoice_payment_id: applied.id,
    date: invoice?.date ?? "",
    due_date: invoice?.dueDate ?? "",
    total: amount(invoice?.total ?? "0"),
    invoice_amount: amount(invoice?.total ?? "0"),
    balance: invoice === undefined ? 0 : Number(invoiceBalance(invoice).toFixed()),
    balance_amount: invoice === undefined ? 0 : Number(invoiceBalance(invoice).toFixed()),
    amount_applied: amount(applied.amount),
    apply_date: payment.date,
    tax_amount_withheld: 0,
    discount_amount: 0,
  };
}
