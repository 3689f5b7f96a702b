/**
 * RoundingAmount and EnteredTotal of an invoice, which only an organisation that has opted in knows. A draft
 * takes what it is given and passes over an amount that is too large; from submission on the amount counts
 * only beside SubTotal, TotalTax and Total, and is held to ten pence. The words are those of the fields in
 * xero-node 20.0.0 (checked 2026-11-21).
 */
import { compare, isZero, subtract, ZERO } from "../amounts";
import type { Books } from "../books";
import type { DocumentStatus, Invoice } from "../records";
import type { InvoiceInput } from "./input";

const ROUNDING_MAX = "0.10";

/** What is added to the sum of the lines, undefined for nothing; and what speaks against it. */
export function roundingOf(
  books: Books,
  input: InvoiceInput,
  before: Invoice | null,
  status: DocumentStatus,
): { readonly amount: string | undefined; readonly problems: readonly string[] } {
  const kept = { amount: before?.roundingAmount, problems: [] };
  const asked = input.RoundingAmount;
  if (!knowsRounding(books) || asked == null) return kept;
  const amount = isZero(asked) ? undefined : asked;
  if (status === "DRAFT") return isWithin(asked) ? { amount, problems: [] } : kept;
  if (input.SubTotal == null || input.TotalTax == null || input.Total == null) return kept;
  const problem = `RoundingAmount must be between -${ROUNDING_MAX} and ${ROUNDING_MAX}.`;
  return { amount, problems: isWithin(asked) ? [] : [problem] };
}

/** What a draft says that its paper says; an invoice past that stage has no total but its own. */
export function enteredTotalOf(
  books: Books,
  input: InvoiceInput,
  before: Invoice | null,
  status: DocumentStatus,
): string | undefined {
  if (status !== "DRAFT") return undefined;
  return (knowsRounding(books) ? input.EnteredTotal : null) ?? before?.enteredTotal;
}

/** Whether the organisations have opted in. */
export function knowsRounding(books: Books): boolean {
  return books.switchPosition("xero.rounding-amount") === "on";
}

function isWithin(amount: string): boolean {
  return compare(amount, ROUNDING_MAX) <= 0 && compare(subtract(ZERO, amount), ROUNDING_MAX) <= 0;
}
