import { readMoney } from "@/lib/connectors/contract/unreadable";
import { add, type Money, subtract, sum, zero } from "@/lib/domain/money";
import type { Decimal } from "@/lib/kernel/decimal";
import { billIdOf, idWith } from "../ids";
import type { WireAppliedToBill, WireAppliedToInvoice } from "../wire/applied";

/** What money or a credit was set against, as documents of ours. Throws UnreadableRecord. */
export interface Applied {
  readonly id: string;
  readonly number: string;
  readonly amount: Decimal;
}

export interface Share {
  readonly id: string;
  readonly number: string;
  readonly amount: Money;
}

/** `byOrder`: the invoice of an order bears the order's id and number. */
export const appliedToInvoice = (
  { invoiceId, invoiceNumber, salesOrderId, orderNumber, amount }: WireAppliedToInvoice,
  byOrder: boolean,
): Applied =>
  byOrder && salesOrderId !== null
    ? { id: idWith("SO", salesOrderId), number: orderNumber, amount }
    : { id: idWith("AR", invoiceId), number: invoiceNumber, amount };

/** `billsFrom`: the bill of an order bears the order's id and number. */
export const appliedToBill = (
  { billId, billNumber, purchaseOrderId, orderNumber, amount }: WireAppliedToBill,
  billsFrom: "bills" | "orders",
): Applied =>
  billsFrom === "orders" && purchaseOrderId !== null
    ? { id: idWith("PO", purchaseOrderId), number: orderNumber, amount }
    : { id: billIdOf(billId, billsFrom), number: billNumber, amount };

/** A document named twice is one share: a ledger sees the sum. `rest` is below zero where more was applied than `whole`. */
export function split(
  whole: Money,
  applied: readonly Applied[],
  what: string,
): { shares: readonly Share[]; rest: Money } {
  const { currency } = whole;
  const shares = new Map<string, Share>();
  for (const [index, { id, number, amount: value }] of applied.entries()) {
    const amount = readMoney(value, currency, `applications.${index}.amount`, what);
    if (amount.minor === 0n) continue;
    shares.set(id, { id, number, amount: add(shares.get(id)?.amount ?? zero(currency), amount) });
  }
  const list = [...shares.values()];
  const total = sum(
    list.map(({ amount }) => amount),
    currency,
  );
  return { shares: list, rest: subtract(whole, total) };
}
