/**
 * Manual journals: drafted, posted, voided or deleted. A posted one balances and keeps off the accounts that
 * documents alone may move. Lines are named by nothing, so an update with lines replaces them all.
 */
import { decimal, decimalText } from "@/lib/kernel/decimal";
import { err, ok, type Result } from "@/lib/kernel/result";
import { add, compare, lineTax, round, scaleOf, ZERO } from "../amounts";
import type { Books } from "../books";
import { dayOf } from "../dates";
import type { Account, LineAmountTypes } from "../records";
import { markUsed } from "../settings/usage";
import type { WriteOptions } from "../write/invoices";
import { findAccount, lockedOn, resolveTracking, usableTaxRate } from "../write/reference";
import { minorOf, minorText } from "./base-amount";
import type { ManualJournalInput } from "./input";
import type { ManualJournal, ManualJournalLine } from "./records";

type Status = ManualJournal["status"];

const NEXT: Readonly<Record<Status | "NEW", readonly Status[]>> = {
  NEW: ["DRAFT", "POSTED"],
  DRAFT: ["DRAFT", "POSTED", "DELETED"],
  POSTED: ["POSTED", "VOIDED"],
  VOIDED: [],
  DELETED: [],
};
const TYPES: Readonly<Record<string, LineAmountTypes>> = {
  exclusive: "Exclusive",
  inclusive: "Inclusive",
  notax: "NoTax",
};
const CLOSED_SYSTEM_ACCOUNTS = new Set(["DEBTORS", "CREDITORS", "RETAINEDEARNINGS"]);
const CLOSED_TYPES = new Set(["BANK", "INVENTORY"]);
const LINES_MIN = 2;

/** Creates (PUT) or creates or updates (POST) one manual journal; answers its id. */
export function writeManualJournal(
  books: Books,
  input: ManualJournalInput,
  options: WriteOptions,
): Result<string, readonly string[]> {
  const asked = options.mayUpdate ? (options.id ?? input.ManualJournalID?.toLowerCase()) : undefined;
  const before = asked === undefined ? null : books.manualJournals.get(asked);
  if (before === undefined) return err(["The manual journal specified could not be found."]);
  const status = nextStatus(before?.status ?? null, input.Status);
  if (!status.ok) return err([status.error]);
  if (before !== null && (status.value === "VOIDED" || status.value === "DELETED"))
    return closeJournal(books, before, status.value);
  const problems: string[] = [];
  const journal = composeJournal(books, input, before, status.value, problems);
  problems.push(...journalProblems(books, journal), ...lockProblems(books, before, journal));
  if (problems.length > 0) return err(problems);
  books.manualJournals.put(journal);
  return ok(journal.id);
}

function nextStatus(present: Status | null, asked: string | null | undefined): Result<Status, string> {
  const allowed = NEXT[present ?? "NEW"];
  if (allowed.length === 0) return err("Manual journal not of valid status for modification");
  const wanted = asked ? asked.toUpperCase() : (present ?? "DRAFT");
  const found = allowed.find((status) => status === wanted);
  if (found !== undefined) return ok(found);
  return err(
    present === null
      ? `Manual journal status '${wanted}' is not valid for a new journal.`
      : `Manual journal status cannot be changed from ${present} to ${wanted}.`,
  );
}

function closeJournal(
  books: Books,
  before: ManualJournal,
  status: "VOIDED" | "DELETED",
): Result<string, readonly string[]> {
  const locked = status === "VOIDED" ? lockedOn(books, before.date) : null;
  if (locked !== null) return err([locked]);
  books.manualJournals.put({ ...before, status, updatedMs: books.now() });
  return ok(before.id);
}

function composeJournal(
  books: Books,
  input: ManualJournalInput,
  before: ManualJournal | null,
  status: Status,
  problems: string[],
): ManualJournal {
  const asked = input.LineAmountTypes;
  const named = asked ? TYPES[asked.toLowerCase()] : undefined;
  if (asked && named === undefined) problems.push(`LineAmountTypes '${asked}' is not valid.`);
  const lineAmountTypes = named ?? before?.lineAmountTypes ?? "NoTax";
  const now = books.now();
  return {
    id: before?.id ?? books.newId(),
    createdMs: before?.createdMs ?? now,
    updatedMs: now,
    narration: input.Narration ?? before?.narration ?? "",
    date: input.Date ?? before?.date ?? dayOf(now),
    status,
    lineAmountTypes,
    url: input.Url == null ? (before?.url ?? null) : input.Url || null,
    showOnCashBasisReports: input.ShowOnCashBasisReports ?? before?.showOnCashBasisReports ?? true,
    lines:
      input.JournalLines == null
        ? (before?.lines ?? [])
        : input.JournalLines.map((line) => resolveLine(books, line, lineAmountTypes, problems)),
  };
}

function resolveLine(
  books: Books,
  input: NonNullable<ManualJournalInput["JournalLines"]>[number],
  types: LineAmountTypes,
  problems: string[],
): ManualJournalLine {
  const scale = scaleOf(books.organisation().baseCurrency);
  const lineAmount = decimalText(round(decimal(input.LineAmount ?? ZERO), scale));
  const account = resolveAccount(books, input, problems);
  const taxType = input.TaxType || (types === "NoTax" ? "NONE" : (account?.taxType ?? "NONE"));
  const rate = usableTaxRate(books, taxType, account);
  if (!rate.ok) problems.push(rate.error);
  const tracking = input.Tracking == null ? ok([]) : resolveTracking(books, input.Tracking);
  if (!tracking.ok) problems.push(tracking.error);
  if (account !== null) markUsed(books, account.id);
  if (rate.ok) markUsed(books, rate.value.id);
  if (tracking.ok) for (const optionId of tracking.value) markUsed(books, optionId);
  return {
    description: input.Description ?? null,
    accountCode: account?.code ?? "",
    taxType: rate.ok ? rate.value.taxType : taxType,
    taxAmount: rate.ok ? lineTax(lineAmount, rate.value.rate, types, scale) : ZERO,
    lineAmount,
    tracking: tracking.ok ? tracking.value : [],
  };
}

function resolveAccount(
  books: Books,
  input: { AccountCode?: string | null | undefined; AccountID?: string | null | undefined },
  problems: string[],
): Account | null {
  const asked = input.AccountCode || input.AccountID;
  if (!asked) {
    problems.push("Account code or ID must be specified.");
    return null;
  }
  const account = findAccount(books, input.AccountCode ? { Code: asked } : { AccountID: asked });
  if (account === undefined || isClosed(account)) {
    problems.push(`Account code '${account?.code ?? asked}' is not a valid code for this document.`);
    return null;
  }
  if (account.status === "ACTIVE") return account;
  problems.push(`Account code '${account.code}' has been archived, or deleted, and can no longer be used.`);
  return null;
}

function isClosed(account: Account): boolean {
  return CLOSED_TYPES.has(account.type) || CLOSED_SYSTEM_ACCOUNTS.has(account.systemAccount ?? "");
}

function journalProblems(books: Books, journal: ManualJournal): string[] {
  const problems: string[] = [];
  if (journal.narration.trim() === "") problems.push("The Narration field is mandatory.");
  if (journal.url !== null && !(/^https?:\/\//i.test(journal.url) && URL.canParse(journal.url)))
    problems.push("Url must be a valid absolute http or https address.");
  if (journal.lines.length < LINES_MIN)
    problems.push(`A manual journal must have at least ${LINES_MIN} journal lines.`);
  const unbalanced = unbalancedProblem(books, journal);
  if (unbalanced !== null) problems.push(unbalanced);
  return problems;
}

/** Debits and credits with their tax; Xero writes the credits as a negative amount. */
function unbalancedProblem(books: Books, { lines, lineAmountTypes }: ManualJournal): string | null {
  const scale = scaleOf(books.organisation().baseCurrency);
  let debits = ZERO;
  let credits = ZERO;
  for (const line of lines) {
    const whole = lineAmountTypes === "Exclusive" ? add(line.lineAmount, line.taxAmount) : line.lineAmount;
    if (compare(whole, ZERO) > 0) debits = add(debits, whole);
    else credits = add(credits, whole);
  }
  if (compare(add(debits, credits), ZERO) === 0) return null;
  const shown = (amount: string): string => minorText(minorOf(amount, scale), scale);
  return `The total debits (${shown(debits)}) must equal total credits (${shown(credits)})`;
}

function lockProblems(books: Books, before: ManualJournal | null, after: ManualJournal): string[] {
  const days = new Set<string>();
  if (before?.status === "POSTED") days.add(before.date);
  if (after.status === "POSTED") days.add(after.date);
  const locked = [...days].map((day) => lockedOn(books, day)).filter((problem) => problem !== null);
  return [...new Set(locked)];
}
