/**
 * Order lines grouped by number, and what each group is: an invoice, a credit note, or nothing that belongs
 * in the books (with the reason). Signs are turned here, so that a credit note holds positive amounts.
 */
import { Decimal, decimal, decimalText } from "@/lib/kernel/decimal";
import type { OrderRow } from "./order-row";

export interface OrderLine {
  readonly code: string;
  readonly description: string;
  readonly quantity: string;
  readonly price: string;
}

export interface OrderDocument {
  readonly kind: "invoice" | "creditNote";
  readonly number: string;
  /** Of the first row. */
  readonly time: string;
  /** "" for a counter sale. */
  readonly customer: string;
  readonly country: string;
  readonly lines: readonly OrderLine[];
}

export type Classified =
  | { readonly excluded: false; readonly document: OrderDocument }
  | { readonly excluded: true; readonly number: string; readonly reason: string };

export const EXCLUDED_NO_PRICE = "every line has price 0";

/** What the rows of one number are. Rows come in the order of the files; there is at least one. */
export function classifyOrder(number: string, rows: readonly OrderRow[]): Classified {
  if (rows.every((row) => decimal(row.price).isZero()))
    return { excluded: true, number, reason: EXCLUDED_NO_PRICE };
  const total = rows.reduce((sum, row) => sum.plus(lineAmount(row)), new Decimal(0));
  const prefix = /^\D*/.exec(number)?.[0] ?? "";
  if (prefix === "C" && total.isPositive() && !total.isZero())
    return { excluded: true, number, reason: 'begins with "C" but its total is no credit' };
  if (prefix !== "" && prefix !== "C" && !total.isNegative())
    return { excluded: true, number, reason: `begins with "${prefix}" and its total is not negative` };
  const kind = prefix === "C" || total.isNegative() ? "creditNote" : "invoice";
  const first = rows[0];
  return {
    excluded: false,
    document: {
      kind,
      number,
      time: first?.time ?? "",
      customer: rows.find((row) => row.customer !== "")?.customer ?? "",
      country: first?.country ?? "",
      lines: rows.map(kind === "creditNote" ? turnedLine : plainLine),
    },
  };
}

/** Quantity times price, rounded to pence as Zoho rounds an item total. */
export function lineAmount(line: { quantity: string; price: string }): Decimal {
  return decimal(line.quantity).times(decimal(line.price)).toDecimalPlaces(2);
}

function plainLine({ code, description, quantity, price }: OrderRow): OrderLine {
  return { code, description, quantity, price };
}

/** On a credit note the amount is turned: by the quantity, or by the price where that is the negative one. */
function turnedLine(row: OrderRow): OrderLine {
  const price = decimal(row.price);
  return price.isNegative() && !price.isZero()
    ? { ...plainLine(row), price: decimalText(price.negated()) }
    : { ...plainLine(row), quantity: decimalText(decimal(row.quantity).negated()) };
}
