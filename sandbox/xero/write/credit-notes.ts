/**
 * Credit notes of customers and suppliers: create and update. Allocating one to an invoice is a call of its
 * own (allocations.ts), as at Xero.
 */
import { err, ok, type Result } from "@/lib/kernel/result";
import { compare, ZERO } from "../amounts";
import type { Books } from "../books";
import { mayGoBelowZero, NO_STOCK_CHANGE, stockChange, stockHolds } from "../ledger/stock";
import type { CreditNote } from "../records";
import { brandingProblem } from "../settings/branding-themes";
import { balancedCreditNote } from "./balances";
import { composeDocument } from "./document";
import type { CreditNoteInput } from "./input";
import { isNumberFree, isOtherAmount, type WriteOptions } from "./invoices";
import { lockedOn } from "./reference";
import { isApproved, nextStatus } from "./status";

const NUMBER_DIGITS = 4;

/** Creates (PUT) or creates or updates (POST) one credit note; answers its id. */
export function writeCreditNote(
  books: Books,
  input: CreditNoteInput,
  options: WriteOptions,
): Result<string, readonly string[]> {
  const before = findBefore(books, input, options);
  if (!before.ok) return err([before.error]);
  const status = nextStatus(before.value?.status ?? null, input.Status, "Credit note");
  if (!status.ok) return err([status.error]);
  if (before.value !== null && (status.value === "VOIDED" || status.value === "DELETED"))
    return closeCreditNote(books, before.value, status.value);
  const type = input.Type?.toUpperCase() ?? before.value?.type;
  if (type !== "ACCRECCREDIT" && type !== "ACCPAYCREDIT")
    return err(["Credit note type must be ACCRECCREDIT or ACCPAYCREDIT."]);
  if (before.value !== null && type !== before.value.type)
    return err(["The type of a document cannot be changed."]);
  const composed = composeDocument(books, input, before.value, {
    side: type === "ACCRECCREDIT" ? "sales" : "purchases",
    discountsAllowed: false,
    complete: status.value !== "DRAFT",
    unitDecimals: options.unitDecimals,
  });
  const number = numberOf(books, input, before.value, type);
  const stock = isApproved(status.value)
    ? stockChange(books, composed.core, type === "ACCRECCREDIT" ? "saleReturn" : "purchaseReturn", {
        before: before.value?.stock ?? [],
        mayGoBelowZero: mayGoBelowZero(books),
      })
    : NO_STOCK_CHANGE;
  const problems = [...composed.problems, ...stock.problems, ...number.problems];
  const branding = brandingProblem(books, input.BrandingThemeID);
  if (branding !== null) problems.push(branding);
  if (compare(composed.core.total, ZERO) < 0) problems.push("The document total cannot be negative.");
  problems.push(...lockProblems(books, before.value, composed.core.date, status.value));
  if (before.value !== null && isUsed(before.value) && isOtherAmount(before.value, composed.core))
    problems.push("This document cannot be edited as it has a payment or credit note allocated to it.");
  if (problems.length > 0) return err(problems);
  const note = balancedCreditNote(books, {
    ...composed.core,
    ...(stock.moves === undefined ? {} : { stock: stock.moves }),
    type,
    status: status.value,
    number: number.number,
    reference: type === "ACCRECCREDIT" ? composed.core.reference : null,
    remainingCredit: ZERO,
    fullyPaidOn: before.value?.fullyPaidOn ?? null,
    brandingThemeId: input.BrandingThemeID?.toLowerCase() ?? before.value?.brandingThemeId,
  });
  if (number.isGenerated) countNumber(books);
  books.creditNotes.put(note);
  return ok(note.id);
}

/** The customer credit note of a number; numbers that may be given again are not looked at. */
export function findCreditNoteByNumber(books: Books, number: string): string | undefined {
  for (const id of books.creditNotes.by("number", number.toLowerCase())) {
    const head = books.creditNotes.head(id);
    if (head?.type === "ACCRECCREDIT" && !isNumberFree(books, head.status)) return id;
  }
  return undefined;
}

function findBefore(
  books: Books,
  input: CreditNoteInput,
  options: WriteOptions,
): Result<CreditNote | null, string> {
  if (!options.mayUpdate) return ok(null);
  const asked = options.id ?? input.CreditNoteID?.toLowerCase();
  if (asked) {
    const found = books.creditNotes.get(asked);
    return found === undefined ? err("The credit note specified could not be found.") : ok(found);
  }
  if (!input.CreditNoteNumber || input.Type?.toUpperCase() === "ACCPAYCREDIT") return ok(null);
  const numbered = findCreditNoteByNumber(books, input.CreditNoteNumber);
  return ok(numbered === undefined ? null : (books.creditNotes.get(numbered) ?? null));
}

/** An approved note is locked by the day that it had and by the one that it gets. */
function lockProblems(
  books: Books,
  before: CreditNote | null,
  day: string,
  status: CreditNote["status"],
): readonly string[] {
  const days = [
    ...(before !== null && isApproved(before.status) ? [before.date] : []),
    ...(isApproved(status) ? [day] : []),
  ];
  const locked = days.map((locking) => lockedOn(books, locking)).filter((problem) => problem !== null);
  return [...new Set(locked)];
}

function isUsed(note: CreditNote): boolean {
  return (
    note.status !== "DRAFT" && note.status !== "SUBMITTED" && compare(note.remainingCredit, note.total) !== 0
  );
}

function closeCreditNote(
  books: Books,
  before: CreditNote,
  status: "VOIDED" | "DELETED",
): Result<string, readonly string[]> {
  if (isUsed(before)) return err(["This document cannot be voided as it has been allocated or refunded."]);
  const locked = status === "VOIDED" ? lockedOn(books, before.date) : null;
  if (locked !== null) return err([locked]);
  const sold = stockHolds(books, before.stock);
  if (sold !== null) return err([sold]);
  books.creditNotes.put(balancedCreditNote(books, { ...before, status, updatedMs: books.now() }));
  return ok(before.id);
}

function numberOf(
  books: Books,
  input: CreditNoteInput,
  before: CreditNote | null,
  type: CreditNote["type"],
): { number: string; isGenerated: boolean; problems: readonly string[] } {
  const asked = input.CreditNoteNumber ?? before?.number ?? "";
  if (type === "ACCPAYCREDIT") return { number: asked, isGenerated: false, problems: [] };
  if (asked === "") return { number: nextNumber(books), isGenerated: true, problems: [] };
  const holder = findCreditNoteByNumber(books, asked);
  const isTaken = holder !== undefined && holder !== before?.id;
  return { number: asked, isGenerated: false, problems: isTaken ? ["Credit note # must be unique."] : [] };
}

function nextNumber(books: Books): string {
  let next = books.organisation().nextCreditNoteNumber;
  const spelt = (): string => `CN-${String(next).padStart(NUMBER_DIGITS, "0")}`;
  while (books.creditNotes.by("number", spelt().toLowerCase()).size > 0) next += 1;
  return spelt();
}

function countNumber(books: Books): void {
  const organisation = books.organisation();
  books.setOrganisation({ ...organisation, nextCreditNoteNumber: organisation.nextCreditNoteNumber + 1 });
}
