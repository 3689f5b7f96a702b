/**
 * Sales invoices and bills (ACCREC, ACCPAY): create and update with Xero's rules on numbers, statuses, due
 * dates, lock dates and totals. The record is kept only when nothing speaks against it.
 */
import { err, ok, type Result } from "@/lib/kernel/result";
import { add, compare, ZERO } from "../amounts";
import type { Books } from "../books";
import { mayGoBelowZero, NO_STOCK_CHANGE, stockChange, stockHolds } from "../ledger/stock";
import type { DocumentCore, DocumentStatus, Invoice } from "../records";
import { brandingProblem } from "../settings/branding-themes";
import { approvalRefusal, countApproval } from "../settings/plan";
import { balancedInvoice } from "./balances";
import { type ComposedDocument, composeDocument } from "./document";
import type { InvoiceInput } from "./input";
import { lockedOn } from "./reference";
import { enteredTotalOf, roundingOf } from "./rounding";
import { isApproved, nextStatus } from "./status";

export interface WriteOptions {
  readonly mayUpdate: boolean;
  /** From the path of POST /Invoices/{id}. */
  readonly id?: string;
  readonly unitDecimals: number;
  /** allowBackorders=true lets a sale take more of a tracked item than there is in stock. */
  readonly allowBackorders?: boolean;
}

const NUMBER_CHARACTERS_MAX = 255;
const NUMBER_DIGITS = 4;

/** Creates (PUT) or creates or updates (POST) one invoice; answers its id. */
export function writeInvoice(
  books: Books,
  input: InvoiceInput,
  options: WriteOptions,
): Result<string, readonly string[]> {
  const before = findBefore(books, input, options);
  if (!before.ok) return err([before.error]);
  const status = nextStatus(before.value?.status ?? null, input.Status, "Invoice");
  if (!status.ok) return err([status.error]);
  if (before.value !== null && (status.value === "VOIDED" || status.value === "DELETED"))
    return closeInvoice(books, before.value, status.value);
  const type = input.Type?.toUpperCase() ?? before.value?.type;
  if (type !== "ACCREC" && type !== "ACCPAY") return err(["Invoice type must be ACCREC or ACCPAY."]);
  if (before.value !== null && type !== before.value.type)
    return err(["The type of a document cannot be changed."]);

  const rounding = roundingOf(books, input, before.value, status.value);
  const composed = composeDocument(books, input, before.value, {
    rounding: rounding.amount,
    side: type === "ACCREC" ? "sales" : "purchases",
    discountsAllowed: type === "ACCREC",
    complete: status.value !== "DRAFT",
    unitDecimals: options.unitDecimals,
  });
  const dueDate = input.DueDate ?? before.value?.dueDate ?? null;
  const number = numberOf(books, input, before.value, type);
  const stock = isApproved(status.value)
    ? stockChange(books, composed.core, type === "ACCREC" ? "sale" : "purchase", {
        before: before.value?.stock ?? [],
        mayGoBelowZero: options.allowBackorders === true || mayGoBelowZero(books),
      })
    : NO_STOCK_CHANGE;
  const problems = [
    ...composed.problems,
    ...rounding.problems,
    ...brandingProblems(books, input),
    ...stock.problems,
    ...(number.problem === null ? [] : [number.problem]),
    ...approvalProblems(books, type, status.value, composed.core, dueDate),
    ...changeProblems(books, before.value, composed.core),
    ...planProblems(books, type, before.value, status.value),
  ];
  if (problems.length > 0) return err(problems);
  const invoice = balancedInvoice(books, {
    ...composed.core,
    ...(stock.moves === undefined ? {} : { stock: stock.moves }),
    type,
    status: status.value,
    number: number.number,
    reference: type === "ACCREC" ? composed.core.reference : null,
    dueDate,
    ...keptDetails(input, before.value),
    totalDiscount: totalDiscount(composed, before.value),
    roundingAmount: rounding.amount,
    enteredTotal: enteredTotalOf(books, input, before.value, status.value),
    amountDue: ZERO,
    amountPaid: ZERO,
    amountCredited: ZERO,
    fullyPaidOn: before.value?.fullyPaidOn ?? null,
  });
  if (number.isGenerated) countNumber(books);
  books.invoices.put(invoice);
  countApproval(books, type, before.value?.status ?? null, invoice.status);
  return ok(invoice.id);
}

function planProblems(
  books: Books,
  type: Invoice["type"],
  before: Invoice | null,
  after: DocumentStatus,
): string[] {
  const refusal = approvalRefusal(books, type, before?.status ?? null, after);
  return refusal === null ? [] : [refusal];
}

/** What an update leaves as it was unless it is named. */
function keptDetails(input: InvoiceInput, before: Invoice | null) {
  return {
    plannedPaymentDate: input.PlannedPaymentDate ?? before?.plannedPaymentDate ?? null,
    expectedPaymentDate: input.ExpectedPaymentDate ?? before?.expectedPaymentDate ?? null,
    sentToContact: input.SentToContact ?? before?.sentToContact ?? false,
    brandingThemeId: input.BrandingThemeID?.toLowerCase() ?? before?.brandingThemeId,
  };
}

function brandingProblems(books: Books, input: InvoiceInput): string[] {
  const problem = brandingProblem(books, input.BrandingThemeID);
  return problem === null ? [] : [problem];
}

/** The sales invoice of a number; numbers that may be given again are not looked at. */
export function findInvoiceByNumber(
  books: Books,
  number: string,
  type?: Invoice["type"],
): string | undefined {
  for (const id of books.invoices.by("number", number.toLowerCase())) {
    const head = books.invoices.head(id);
    if (head === undefined || (type !== undefined && head.type !== type)) continue;
    if (!isNumberFree(books, head.status)) return id;
  }
  return undefined;
}

/** Whether the number of a document in this status may be given again. */
export function isNumberFree(books: Books, status: DocumentStatus): boolean {
  const position = books.switchPosition("xero.number-reuse");
  if (position === "never") return false;
  return status === "DELETED" || (status === "VOIDED" && position === "deleted-and-voided");
}

function findBefore(
  books: Books,
  input: InvoiceInput,
  options: WriteOptions,
): Result<Invoice | null, string> {
  if (!options.mayUpdate) return ok(null);
  const asked = options.id ?? input.InvoiceID?.toLowerCase();
  if (asked) {
    const found = books.invoices.get(asked);
    return found === undefined ? err("The invoice specified could not be found.") : ok(found);
  }
  if (!input.InvoiceNumber || input.Type?.toUpperCase() === "ACCPAY") return ok(null);
  const numbered = findInvoiceByNumber(books, input.InvoiceNumber, "ACCREC");
  return ok(numbered === undefined ? null : (books.invoices.get(numbered) ?? null));
}

function closeInvoice(
  books: Books,
  before: Invoice,
  status: "VOIDED" | "DELETED",
): Result<string, readonly string[]> {
  if (hasMoney(before))
    return err(["This document cannot be voided as it has a payment or credit note allocated to it."]);
  const locked = status === "VOIDED" ? lockedOn(books, before.date) : null;
  if (locked !== null) return err([locked]);
  const sold = stockHolds(books, before.stock);
  if (sold !== null) return err([sold]);
  books.invoices.put(balancedInvoice(books, { ...before, status, updatedMs: books.now() }));
  return ok(before.id);
}

function hasMoney(invoice: Pick<Invoice, "amountPaid" | "amountCredited">): boolean {
  return compare(invoice.amountPaid, ZERO) !== 0 || compare(invoice.amountCredited, ZERO) !== 0;
}

function numberOf(
  books: Books,
  input: InvoiceInput,
  before: Invoice | null,
  type: Invoice["type"],
): { number: string; isGenerated: boolean; problem: string | null } {
  const asked = input.InvoiceNumber ?? before?.number ?? "";
  if (asked.length > NUMBER_CHARACTERS_MAX)
    return {
      number: asked,
      isGenerated: false,
      problem: `InvoiceNumber must be at most ${NUMBER_CHARACTERS_MAX} characters.`,
    };
  if (type === "ACCPAY") return { number: asked, isGenerated: false, problem: null };
  if (asked === "") return { number: nextNumber(books), isGenerated: true, problem: null };
  const holder = findInvoiceByNumber(books, asked, "ACCREC");
  const isTaken = holder !== undefined && holder !== before?.id;
  return { number: asked, isGenerated: false, problem: isTaken ? "Invoice # must be unique." : null };
}

function nextNumber(books: Books): string {
  let next = books.organisation().nextInvoiceNumber;
  const spelt = (): string => `INV-${String(next).padStart(NUMBER_DIGITS, "0")}`;
  while (books.invoices.by("number", spelt().toLowerCase()).size > 0) next += 1;
  return spelt();
}

function countNumber(books: Books): void {
  const organisation = books.organisation();
  books.setOrganisation({ ...organisation, nextInvoiceNumber: organisation.nextInvoiceNumber + 1 });
}

function approvalProblems(
  books: Books,
  type: Invoice["type"],
  status: DocumentStatus,
  core: DocumentCore,
  dueDate: string | null,
): string[] {
  const problems: string[] = [];
  if (
    compare(core.total, ZERO) < 0 &&
    (type === "ACCPAY" || books.switchPosition("xero.negative-sales-total") === "refuse")
  )
    problems.push("The document total cannot be negative.");
  if (!isApproved(status)) return problems;
  if (dueDate === null) problems.push("The document DueDate field must be specified.");
  const locked = lockedOn(books, core.date);
  if (locked !== null) problems.push(locked);
  return problems;
}

/** An approved document with money on it may change its texts, not its amounts. */
function changeProblems(books: Books, before: Invoice | null, after: DocumentCore): string[] {
  if (before === null) return [];
  const problems: string[] = [];
  if (isApproved(before.status) && before.date !== after.date) {
    const locked = lockedOn(books, before.date);
    if (locked !== null) problems.push(locked);
  }
  if (hasMoney(before) && isOtherAmount(before, after))
    problems.push("This document cannot be edited as it has a payment or credit note allocated to it.");
  return problems;
}

/** Whether a document differs in what it posts, apart from the accounts of its lines. */
export function isOtherAmount(before: DocumentCore, after: DocumentCore): boolean {
  const amounts = (core: DocumentCore): string =>
    JSON.stringify([
      core.date,
      core.currency,
      core.currencyRate,
      core.lineAmountTypes,
      core.total,
      core.lines.map((line) => [
        line.itemCode,
        line.quantity,
        line.unitAmount,
        line.taxType,
        line.taxAmount,
        line.lineAmount,
      ]),
    ]);
  return amounts(before) !== amounts(after);
}

function totalDiscount(composed: ComposedDocument, before: Invoice | null): string {
  const isUnchanged = before !== null && composed.core.lines === before.lines;
  return isUnchanged ? before.totalDiscount : add(...composed.discounts);
}
