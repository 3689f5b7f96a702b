/**
 * Keeps bills in step with the vendor payments and vendor credits that settle them: sums on the bill, shares
 * on the payment or credit. It trusts its callers to have checked balances.
 */
import { type Decimal, decimal, decimalText } from "@/lib/kernel/decimal";
import { invariant } from "@/lib/kernel/invariant";
import { sum } from "../arithmetic";
import type { Books } from "../open-books";
import type { StoredTrade, StoredVendorPayment, TradeHeader } from "../trade/records";

/** What a vendor payment has left: neither applied nor refunded. */
export function paymentExcess(payment: Pick<StoredVendorPayment, "amount" | "applied" | "refunds">): Decimal {
  const used = [...payment.applied, ...payment.refunds].map(({ amount }) => decimal(amount));
  return decimal(payment.amount).minus(sum(used));
}

/** What a vendor credit has left. */
export const vendorCreditBalance = ({ state, total, credited, refunded }: TradeHeader): Decimal =>
  state === "void" ? decimal("0") : decimal(total).minus(credited).minus(refunded);

/** Stores a vendor payment, new or in place of the one with this id. */
export function putVendorPayment(books: Books, id: string, payment: StoredVendorPayment): void {
  release(books, id, payment.modified);
  books.vendorPayments.put(id, payment);
  for (const { billId, amount } of payment.applied)
    changeBill(books, billId, payment.modified, (bill) => ({
      ...bill,
      paid: decimalText(decimal(bill.paid).plus(amount)),
      settlementIds: withId(bill.settlementIds, id),
    }));
}

/** Deletes a vendor payment; its bills are owed again. */
export function deleteVendorPayment(books: Books, id: string, modified: string): void {
  release(books, id, modified);
  books.vendorPayments.delete(id);
}

function release(books: Books, id: string, modified: string): void {
  for (const { billId, amount } of books.vendorPayments.get(id)?.applied ?? [])
    changeBill(books, billId, modified, (bill) => ({
      ...bill,
      paid: decimalText(decimal(bill.paid).minus(amount)),
      settlementIds: bill.settlementIds.filter((other) => other !== id),
    }));
}

/** Sets part of a vendor credit against bills. */
export function applyVendorCredit(
  books: Books,
  creditId: string,
  shares: readonly { readonly billId: string; readonly amount: string }[],
  date: string,
  modified: string,
): void {
  const credit = books.vendorCredits.get(creditId);
  invariant(credit !== undefined, `no vendor credit ${creditId}`);
  const applied = sum(shares.map(({ amount }) => decimal(amount)));
  books.vendorCredits.put(creditId, {
    ...credit,
    credited: decimalText(decimal(credit.credited).plus(applied)),
    credits: [...credit.credits, ...shares.map((share) => ({ id: books.nextId(), date, ...share }))],
    modified,
  });
  for (const { billId, amount } of shares)
    changeBill(books, billId, modified, (bill) => ({
      ...bill,
      credited: decimalText(decimal(bill.credited).plus(amount)),
      settlementIds: withId(bill.settlementIds, creditId),
    }));
}

/** Takes an applied vendor credit back; false when the credit has none with this id. */
export function removeVendorCredit(
  books: Books,
  creditId: string,
  shareId: string,
  modified: string,
): boolean {
  const credit = books.vendorCredits.get(creditId);
  const share = credit?.credits.find(({ id }) => id === shareId);
  if (credit === undefined || share === undefined) return false;
  const credits = credit.credits.filter(({ id }) => id !== shareId);
  books.vendorCredits.put(creditId, {
    ...credit,
    credits,
    credited: decimalText(decimal(credit.credited).minus(share.amount)),
    modified,
  });
  const elsewhere = credits.some(({ billId }) => billId === share.billId);
  changeBill(books, share.billId, modified, (bill) => ({
    ...bill,
    credited: decimalText(decimal(bill.credited).minus(share.amount)),
    settlementIds: elsewhere ? bill.settlementIds : bill.settlementIds.filter((id) => id !== creditId),
  }));
  return true;
}

const withId = (ids: readonly string[], id: string): readonly string[] =>
  ids.includes(id) ? ids : [...ids, id];

function changeBill(
  books: Books,
  id: string,
  modified: string,
  change: (bill: StoredTrade) => StoredTrade,
): void {
  const bill = books.bills.get(id);
  invariant(bill !== undefined, `no bill ${id}`);
  books.bills.put(id, { ...change(bill), modified });
}
