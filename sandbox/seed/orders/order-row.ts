/**
 * One order line as it stands in a file, checked and trimmed. Money and quantities stay decimal text here;
 * what a number's letter or a stock code means is decided later (order-document.ts, stock-codes.ts).
 */
import { err, ok, type Result } from "@/lib/kernel/result";

export const ORDER_COLUMNS = [
  "InvoiceNo",
  "StockCode",
  "Description",
  "Quantity",
  "InvoiceDate",
  "UnitPrice",
  "CustomerID",
  "Country",
] as const;

export interface OrderRow {
  /** "536365", "C536379", "A563186": upper case. */
  readonly number: string;
  /** Trimmed, upper case: codes that differ only by case are one item. */
  readonly code: string;
  /** Exactly as in the file, possibly empty. */
  readonly description: string;
  /** Whole number as text, negative on cancellations. */
  readonly quantity: string;
  /** "2010-12-01 08:26:00" */
  readonly time: string;
  readonly price: string;
  /** "17850", or "" when the line names no customer. */
  readonly customer: string;
  readonly country: string;
}

const WHOLE_NUMBER = /^[+-]?\d{1,9}(\.0+)?$/;
const DECIMAL_NUMBER = /^[+-]?\d{1,12}(\.\d{1,6})?$/;
const TIME = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2})(?::(\d{2})(?:\.\d+)?)?)?$/;
const UNKNOWN_COUNTRY = "Unspecified";

/** A row from its eight fields in the order of ORDER_COLUMNS, or the reason why it is none. */
export function parseOrderRow(fields: readonly string[]): Result<OrderRow, string> {
  if (fields.length !== ORDER_COLUMNS.length)
    return err(`${fields.length} columns instead of ${ORDER_COLUMNS.length}`);
  const [
    number = "",
    code = "",
    description = "",
    quantity = "",
    time = "",
    price = "",
    customer = "",
    country = "",
  ] = fields;
  if (number.trim() === "") return err("InvoiceNo is empty");
  if (code.trim() === "") return err("StockCode is empty");
  if (!WHOLE_NUMBER.test(quantity.trim())) return err(`Quantity "${shown(quantity)}" is not a whole number`);
  if (!DECIMAL_NUMBER.test(price.trim())) return err(`UnitPrice "${shown(price)}" is not a number`);
  const instant = parseTime(time.trim());
  if (instant === null) return err(`InvoiceDate "${shown(time)}" is not a date and time`);
  return ok({
    number: number.trim().toUpperCase(),
    code: code.trim().toUpperCase(),
    description,
    quantity: quantity.trim().replace(/\.0+$/, "").replace(/^\+/, ""),
    time: instant,
    price: price.trim().replace(/^\+/, ""),
    customer: customer.trim().replace(/\.0+$/, ""),
    country: keptText(country.trim() === "" ? UNKNOWN_COUNTRY : country.trim()),
  });
}

/** The rows of an order follow each other and bear one time, so the last answer is mostly the next one. */
let lastTime: { readonly text: string; readonly parsed: string | null } = { text: "", parsed: null };

function parseTime(text: string): string | null {
  if (text !== lastTime.text) lastTime = { text, parsed: readTime(text) };
  return lastTime.parsed;
}

function readTime(text: string): string | null {
  const match = TIME.exec(text);
  if (match === null) return null;
  const [, date = "", minute = "00:00", second = "00"] = match;
  const instant = new Date(`${date}T${minute}:${second}Z`);
  // A date such as 2011-02-30 rolls over into March instead of failing.
  if (Number.isNaN(instant.getTime()) || instant.toISOString().slice(0, 10) !== date) return null;
  return `${date} ${minute}:${second}`;
}

const shown = (text: string): string => text.slice(0, 40);

const kept = new Map<string, string>();

/**
 * A text of few different values, as one copy of its own. A part cut from a file's text keeps that whole
 * text in memory for as long as the part lives, and these live as long as the sandbox.
 */
export function keptText(text: string): string {
  const found = kept.get(text);
  if (found !== undefined) return found;
  const copy = ownCopy(text);
  kept.set(copy, copy);
  return copy;
}

/** The same text, cut loose from the text that it was a part of. */
export function ownCopy(text: string): string {
  return Buffer.from(text, "utf8").toString("utf8");
}
