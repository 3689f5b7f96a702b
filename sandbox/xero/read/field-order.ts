/** How Xero compares the values of fields, in a filter and in an order. */
import { decimal } from "@/lib/kernel/decimal";

/** A field's value in one record: instants as Date, amounts as {amount}; undefined = no such field. */
export type FieldValue = string | boolean | null | Date | { readonly amount: string } | undefined;

/** Whether a comparison of a filter holds; one that cannot be made does not. */
export function holds(value: FieldValue, sign: string, wanted: FieldValue, caseSensitive: boolean): boolean {
  const compared = order(value, wanted, caseSensitive);
  if (sign === "==") return compared === 0;
  if (sign === "!=") return compared !== 0;
  if (compared === null) return false;
  if (sign === ">=") return compared >= 0;
  if (sign === "<=") return compared <= 0;
  return sign === ">" ? compared > 0 : compared < 0;
}

/** Negative, zero or positive; null when the two cannot be compared. */
function order(value: FieldValue, wanted: FieldValue, caseSensitive: boolean): number | null {
  if (value === null || value === undefined || wanted === null || wanted === undefined)
    return value === wanted ? 0 : null;
  if (value instanceof Date && wanted instanceof Date) return value.getTime() - wanted.getTime();
  if (value instanceof Date || wanted instanceof Date) return null;
  if (typeof value === "object" && typeof wanted === "object")
    return decimal(value.amount).comparedTo(decimal(wanted.amount));
  if (typeof value === "string" && typeof wanted === "string") {
    const [left, right] = caseSensitive ? [value, wanted] : [value.toLowerCase(), wanted.toLowerCase()];
    return left === right ? 0 : left < right ? -1 : 1;
  }
  return value === wanted ? 0 : null;
}

/** Orders two field values for `order`; empty ones come first. Text goes without regard to case. */
export function compareValues(left: FieldValue, right: FieldValue): number {
  const isEmpty = (value: FieldValue): boolean => value === null || value === undefined;
  if (isEmpty(left) || isEmpty(right)) return Number(isEmpty(right)) - Number(isEmpty(left));
  return order(left, right, false) ?? 0;
}
