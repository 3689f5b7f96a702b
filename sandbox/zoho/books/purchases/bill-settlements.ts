/** What settles a bill: the payments and credits listed under it, and applying excess payments and credits. */

import { z } from "zod";
import { type Decimal, decimal } from "@/lib/kernel/decimal";
import { err, ok, type Result } from "@/lib/kernel/result";
import type { SandboxResponse } from "@/sandbox/kit/types";
import { amount } from "../../wire/formats";
import { type BooksCall, refuseMissing, refuseValue, succeed, succeedWriting } from "../answers";
import { figure, id, parseInput } from "../input";
import type { Books } from "../open-books";
import { refuseLocked } from "../settings/transaction-locks";
import { today } from "../trade/document-input";
import type { StoredTrade } from "../trade/records";
import { refuseBy } from "../trade/refusals";
import { applyVendorCredit, paymentExcess, putVendorPayment, vendorCreditBalance } from "./settle-bills";

export interface BillShare {
  readonly billId: string;
  readonly amount: string;
}

/** The payments of a bill as the bill shows them. */
export function billPaymentsWire(books: Books, billId: string, bill: StoredTrade) {
  return bill.settlementIds.flatMap((paymentId) => {
    const payment = books.vendorPayments.get(paymentId);
    return (payment?.applied ?? [])
      .filter((share) => share.billId === billId)
      .map((share) => ({
        payment_id: paymentId,
        bill_id: billId,
        bill_payment_id: share.id,
        payment_mode: payment?.mode ?? "",
        payment_number: payment?.number ?? "",
        description: payment?.description ?? "",
        date: payment?.date ?? "",
        reference_number: payment?.reference ?? "",
        exchange_rate: amount(payment?.exchangeRate ?? "1"),
        amount: amount(share.amount),
        paid_through_account_id: payment?.accountId ?? "",
        paid_through_account_name: books.accounts.head(payment?.accountId ?? "")?.name ?? "",
        is_single_bill_payment: payment?.applied.length === 1,
        is_paid_via_print_check: payment?.printedCheck ?? false,
        check_details: [],
        is_ach_payment: false,
      }));
  });
}

export function billCreditsWire(books: Books, billId: string, bill: StoredTrade) {
  return bill.settlementIds.flatMap((creditId) => {
    const credit = books.vendorCredits.get(creditId);
    return (credit?.credits ?? [])
      .filter((share) => share.billId === billId)
      .map((share) => ({
        vendor_credit_id: creditId,
        vendor_credit_bill_id: share.id,
        vendor_credit_number: credit?.number ?? "",
        date: share.date,
        amount: amount(share.amount),
      }));
  });
}

/** GET /bills/{id}/payments */
export function listBillPayments(call: BooksCall): SandboxResponse {
  const [billId = ""] = call.ids;
  const bill = call.books.bills.get(billId);
  if (bill === undefined) return refuseMissing(call.context, "Bill");
  const vendorName = call.books.contacts.head(bill.customerId)?.name ?? "";
  return succeed({
    payments: billPaymentsWire(call.books, billId, bill).map((payment) => ({
      payment_id: payment.payment_id,
      bill_id: billId,
      bill_payment_id: payment.bill_payment_id,
      vendor_id: bill.customerId,
      vendor_name: vendorName,
      payment_mode: payment.payment_mode,
      description: payment.description,
      date: payment.date,
      reference_number: payment.reference_number,
      exchange_rate: payment.exchange_rate,
      amount: payment.amount,
      paid_through: payment.paid_through_account_name,
      is_single_bill_payment: payment.is_single_bill_payment,
    })),
  });
}

/** DELETE /bills/{id}/payments/{bill_payment_id}: a payment of this bill alone goes away with it. */
export function deleteBillPayment(call: BooksCall): SandboxResponse {
  const { books } = call;
  const [billId = "", shareId = ""] = call.ids;
  const bill = books.bills.get(billId);
  if (bill === undefined) return refuseMissing(call.context, "Bill");
  for (const paymentId of bill.settlementIds) {
    const payment = books.vendorPayments.get(paymentId);
    if (payment === undefined || !payment.applied.some((share) => share.id === shareId)) continue;
    const locked = refuseLocked(call, "purchases", payment.date);
    if (locked !== null) return locked;
    const applied = payment.applied.filter((share) => share.id !== shareId);
    putVendorPayment(books, paymentId, { ...payment, applied, modified: books.stamp() });
    return succeedWriting({}, "The payment has been deleted.");
  }
  return refuseMissing(call.context, "Payment");
}

const creditsBody = z.object({
  bill_payments: z.array(z.object({ payment_id: id, amount_applied: figure })).optional(),
  apply_vendor_credits: z.array(z.object({ vendor_credit_id: id, amount_applied: figure })).optional(),
});

/** POST /bills/{id}/credits: settles a bill from excess payments and open vendor credits of its vendor. */
export function applyCreditsToBill(call: BooksCall): SandboxResponse {
  const { books } = call;
  const [billId = ""] = call.ids;
  const bill = books.bills.head(billId);
  if (bill === undefined) return refuseMissing(call.context, "Bill");
  const body = parseInput(creditsBody, call.input);
  if (!body.ok) return refuseValue(body.error);
  const { bill_payments: payments = [], apply_vendor_credits: credits = [] } = body.value;
  const shares = [...payments, ...credits].map(({ amount_applied }) => ({ billId, amount: amount_applied }));
  if (shares.length === 0) return refuseValue("apply_vendor_credits");
  const checked = checkBillShares(call, bill.customerId, bill.currencyCode, shares);
  if (!checked.ok) return checked.error;
  const refused = refuseSources(call, bill.customerId, payments, credits);
  if (refused !== null) return refused;
  const now = books.stamp();
  for (const { payment_id, amount_applied } of payments) {
    const payment = books.vendorPayments.get(payment_id);
    if (payment === undefined) continue;
    const share = { id: books.nextId(), billId, amount: amount_applied };
    putVendorPayment(books, payment_id, { ...payment, applied: [...payment.applied, share], modified: now });
  }
  for (const { vendor_credit_id, amount_applied } of credits)
    applyVendorCredit(books, vendor_credit_id, [{ billId, amount: amount_applied }], today(call), now);
  return succeedWriting({}, "Credits have been applied to the bill(s).", 201);
}

function refuseSources(
  call: BooksCall,
  vendorId: string,
  payments: readonly { readonly payment_id: string; readonly amount_applied: string }[],
  credits: readonly { readonly vendor_credit_id: string; readonly amount_applied: string }[],
): SandboxResponse | null {
  const { books, context } = call;
  for (const { payment_id, amount_applied } of payments) {
    const payment = books.vendorPayments.get(payment_id);
    if (payment?.vendorId !== vendorId) return refuseMissing(context, "Payment");
    if (paymentExcess(payment).lessThan(amount_applied)) return refuseBy("amountAboveExcess");
  }
  for (const { vendor_credit_id, amount_applied } of credits) {
    const credit = books.vendorCredits.head(vendor_credit_id);
    if (credit?.customerId !== vendorId) return refuseMissing(context, "Vendor credit");
    if (credit.state !== "open" || vendorCreditBalance(credit).lessThan(amount_applied))
      return refuseBy("amountAboveCredits");
  }
  return null;
}

/** The sum of the shares, when each fits an open bill of the vendor. `freed` is paid back beforehand. */
export function checkBillShares(
  call: BooksCall,
  vendorId: string,
  currencyCode: string,
  shares: readonly BillShare[],
  freed: ReadonlyMap<string, Decimal> = new Map(),
): Result<Decimal, SandboxResponse> {
  let total = decimal("0");
  const byBill = new Map<string, Decimal>();
  for (const { billId, amount: share } of shares) {
    const bill = call.books.bills.head(billId);
    if (bill === undefined || bill.customerId !== vendorId) return err(refuseMissing(call.context, "Bill"));
    if (bill.currencyCode !== currencyCode) return err(refuseBy("currencyDiffers"));
    const asked = decimal(share).plus(byBill.get(billId) ?? 0);
    const owed = decimal(bill.total)
      .minus(bill.paid)
      .minus(bill.credited)
      .plus(freed.get(billId) ?? 0);
    if (bill.state !== "open" || !decimal(share).greaterThan(0) || owed.lessThan(asked))
      return err(refuseBy("amountAboveBalance"));
    byBill.set(billId, asked);
    total = total.plus(share);
  }
  return ok(total);
}
