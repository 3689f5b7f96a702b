/**
 * The expense calls. A new expense comes back in a list, "expenses", as Zoho answers it. One that is in a
 * submitted, approved or reimbursed report can neither be edited nor deleted.
 */
import { Decimal, decimal, decimalText } from "@/lib/kernel/decimal";
import { err, ok, type Result } from "@/lib/kernel/result";
import type { SandboxResponse } from "@/sandbox/kit/types";
import {
  CODE_NOT_ALLOWED,
  listPage,
  refuse,
  refuseMissing,
  refuseValue,
  sortAsked,
  sorted,
  succeed,
  succeedWriting,
} from "../books/answers";
import { dateTests, matching, modifiedTests, textTests } from "../books/filters";
import { parseInput } from "../books/input";
import { OWN_USER_ID } from "../books/settings/users";
import { exchangeRateOn } from "../books/write-document";
import { zonedDate } from "../wire/formats";
import { claimRowWire, claimStatus, claimWire } from "./expense-wire";
import { type ClaimBody, claimBody } from "./input";
import { claimTotal } from "./open-expense";
import { receiptIn } from "./receipts";
import type { StoredClaim, StoredClaimLine } from "./records";
import type { ExpenseCall } from "./route";

const SORT_COLUMNS = ["date", "created_time", "last_modified_time", "total"] as const;

export function listExpenses(call: ExpenseCall): SandboxResponse {
  const modified = modifiedTests<StoredClaim>(call);
  if (!modified.ok) return refuseValue(modified.error);
  const sort = sortAsked(call, SORT_COLUMNS, { column: "created_time", order: "D" });
  const columns: Record<(typeof SORT_COLUMNS)[number], (claim: StoredClaim) => string | number> = {
    date: ({ date }) => date,
    created_time: ({ created }) => created,
    last_modified_time: ({ modified: changed }) => changed,
    total: (claim) => claimTotal(claim).toNumber(),
  };
  const status = /Status\.(\w+)/.exec(call.query.get("filter_by") ?? "")?.[1]?.toLowerCase();
  return listPage(
    call,
    { key: "expenses", reportName: "Expenses", sortColumn: sort.column, sortOrder: sort.order },
    matching(sorted(call.expense.claims, sort.column, sort.order, columns[sort.column]), [
      ...modified.value,
      ...textTests<StoredClaim>(call, {
        merchant_name: ({ merchant }) => merchant,
        reference_number: ({ reference }) => reference,
        report_id: ({ reportId }) => reportId,
        user_id: ({ userId }) => userId,
      }),
      ...dateTests<StoredClaim>(call, "date", ({ date }) => date),
      (_id, claim) => status === undefined || status === "all" || claimStatus(call, claim) === status,
    ]),
    (id, claim) => claimRowWire(call, id, claim),
  );
}

export function getExpense(call: ExpenseCall): SandboxResponse {
  const [id = ""] = call.ids;
  const claim = call.expense.claims.get(id);
  return claim === undefined
    ? refuseMissing(call.context, "Expense")
    : succeed({ expense: claimWire(call, id, claim) });
}

export function createExpense(call: ExpenseCall): SandboxResponse {
  const body = parseInput(claimBody, call.input);
  if (!body.ok) return refuseValue(body.error);
  const id = call.books.nextId();
  const claim = readClaim(call, body.value, null);
  if (!claim.ok) return claim.error;
  store(call, id, claim.value);
  const receipt = receiptIn(call);
  if (receipt !== null) call.expense.receipts.put(id, receipt);
  return succeedWriting(
    { expenses: [claimWire(call, id, claim.value)] },
    "The expense has been recorded.",
    201,
  );
}

export function updateExpense(call: ExpenseCall): SandboxResponse {
  const [id = ""] = call.ids;
  const previous = call.expense.claims.get(id);
  if (previous === undefined) return refuseMissing(call.context, "Expense");
  if (isClosed(call, previous)) return refuseClosed();
  const body = parseInput(claimBody, call.input);
  if (!body.ok) return refuseValue(body.error);
  const claim = readClaim(call, body.value, previous);
  if (!claim.ok) return claim.error;
  if (claim.value.reportId !== previous.reportId) takeOut(call, id, previous);
  store(call, id, claim.value);
  return succeedWriting({ expense: claimWire(call, id, claim.value) }, "The expense has been updated.");
}

export function deleteExpense(call: ExpenseCall): SandboxResponse {
  const [id = ""] = call.ids;
  const claim = call.expense.claims.get(id);
  if (claim === undefined) return refuseMissing(call.context, "Expense");
  if (isClosed(call, claim)) return refuseClosed();
  takeOut(call, id, claim);
  call.expense.claims.delete(id);
  call.expense.receipts.delete(id);
  return succeedWriting({}, "The expense has been deleted.");
}

/** Whether the report of an expense has left its owner's hands. */
export function isClosed({ expense }: ExpenseCall, claim: StoredClaim): boolean {
  const state = expense.reports.head(claim.reportId)?.state;
  return state === "submitted" || state === "approved" || state === "reimbursed";
}

const refuseClosed = (): SandboxResponse =>
  refuse(400, CODE_NOT_ALLOWED, "Expenses of a submitted report cannot be changed.");

function store({ expense, books }: ExpenseCall, id: string, claim: StoredClaim): void {
  expense.claims.put(id, claim);
  const report = expense.reports.get(claim.reportId);
  if (report === undefined || report.expenseIds.includes(id)) return;
  expense.reports.put(claim.reportId, {
    ...report,
    expenseIds: [...report.expenseIds, id],
    modified: books.stamp(),
  });
}

function takeOut({ expense, books }: ExpenseCall, id: string, claim: StoredClaim): void {
  const report = expense.reports.get(claim.reportId);
  if (report === undefined) return;
  expense.reports.put(claim.reportId, {
    ...report,
    expenseIds: report.expenseIds.filter((expenseId) => expenseId !== id),
    modified: books.stamp(),
  });
}

function readClaim(
  call: ExpenseCall,
  body: ClaimBody,
  previous: StoredClaim | null,
): Result<StoredClaim, SandboxResponse> {
  const { books, expense } = call;
  const currency = body.currency_id === undefined ? undefined : books.currencies.head(body.currency_id);
  if (body.currency_id !== undefined && currency === undefined) return err(refuseValue("currency_id"));
  const currencyCode = currency?.code ?? previous?.currencyCode ?? call.organization.currencyCode;
  for (const [field, id, table] of [
    ["customer_id", body.customer_id, books.contacts],
    ["project_id", body.project_id, expense.projects],
  ] as const)
    if (id !== undefined && id !== "" && table.head(id) === undefined) return err(refuseValue(field));
  const reportId = body.report_id ?? previous?.reportId ?? "";
  const report = expense.reports.head(reportId);
  if (reportId !== "" && report === undefined) return err(refuseMissing(call.context, "Report"));
  if (report !== undefined && report.state !== "draft" && report.state !== "rejected")
    return err(refuseClosed());
  const inclusive = body.is_inclusive_tax ?? previous?.inclusive ?? false;
  const lines = readLines(call, body, previous, inclusive);
  if (!lines.ok) return lines;
  const today = zonedDate(call.context.clock.now(), call.organization.timeZone);
  const date = body.date ?? previous?.date ?? today;
  const now = books.stamp();
  return ok({
    date,
    userId: previous?.userId ?? OWN_USER_ID,
    currencyCode,
    exchangeRate: body.exchange_rate ?? previous?.exchangeRate ?? exchangeRateOn(books, currencyCode, date),
    merchant: body.merchant_name ?? previous?.merchant ?? "",
    reference: body.reference_number ?? previous?.reference ?? "",
    description: body.description ?? previous?.description ?? "",
    reimbursable: body.is_reimbursable ?? previous?.reimbursable ?? true,
    billable: body.is_billable ?? previous?.billable ?? false,
    inclusive,
    customerId: body.customer_id ?? previous?.customerId ?? "",
    projectId: body.project_id ?? previous?.projectId ?? "",
    lines: lines.value,
    reportId,
    created: previous?.created ?? now,
    modified: now,
  });
}

function readLines(
  call: ExpenseCall,
  body: ClaimBody,
  previous: StoredClaim | null,
  inclusive: boolean,
): Result<readonly StoredClaimLine[], SandboxResponse> {
  const { books, expense } = call;
  const flat =
    body.category_id === undefined && body.amount === undefined
      ? undefined
      : [
          {
            category_id: body.category_id,
            amount: body.amount,
            tax_id: body.tax_id,
            line_item_id: undefined,
            description: undefined,
          },
        ];
  const sent = body.line_items ?? flat;
  if (sent === undefined && previous !== null) return ok(previous.lines);
  if (sent === undefined || sent.length === 0) return err(refuseValue("line_items"));
  const lines: StoredClaimLine[] = [];
  for (const [index, line] of sent.entries()) {
    const old =
      previous?.lines.find(({ id }) => id === line.line_item_id) ??
      (body.line_items === undefined ? previous?.lines[index] : undefined);
    const categoryId = line.category_id ?? old?.categoryId ?? "";
    const amount = line.amount ?? old?.amount;
    const taxId = line.tax_id ?? old?.taxId ?? "";
    const tax = books.taxes.head(taxId);
    if (expense.categories.head(categoryId) === undefined) return err(refuseValue("category_id"));
    if (amount === undefined) return err(refuseValue("amount"));
    if (taxId !== "" && tax === undefined) return err(refuseValue("tax_id"));
    lines.push({
      id: old?.id ?? books.nextId(),
      categoryId,
      description: line.description ?? old?.description ?? "",
      amount,
      taxId,
      taxAmount: decimalText(taxOf(amount, tax?.percentage ?? "0", inclusive)),
    });
  }
  return ok(lines);
}

function taxOf(amount: string, percentage: string, inclusive: boolean): Decimal {
  const share = new Decimal(percentage).dividedBy(inclusive ? decimal(percentage).plus(100) : 100);
  return decimal(amount).times(share).toDecimalPlaces(2);
}
