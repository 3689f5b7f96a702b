/**
 * Expenses: money spent at once, from a money account. An expense is one amount or a list of lines; tax is
 * added to the amount or, for an inclusive one, lies within it.
 */

import { z } from "zod";
import { Decimal, decimal, decimalText } from "@/lib/kernel/decimal";
import { err, ok, type Result } from "@/lib/kernel/result";
import type { SandboxResponse } from "@/sandbox/kit/types";
import {
  type BooksCall,
  listPage,
  refuseMissing,
  refuseValue,
  sortAsked,
  sorted,
  succeed,
  succeedWriting,
} from "../answers";
import { sum } from "../arithmetic";
import { dateTests, matching, textTests } from "../filters";
import { date, exchangeRate, figure, id, parseInput, text } from "../input";
import { refuseLocked } from "../settings/transaction-locks";
import { appliedFields, appliedTags } from "../trade/document-body";
import { amountTests, statusOfFilter } from "../trade/document-filters";
import { mergeFields } from "../trade/document-input";
import { readTags } from "../trade/read-lines";
import { readParty } from "../trade/read-party";
import type { StoredExpense, StoredExpenseLine } from "../trade/records";
import { refuseBy } from "../trade/refusals";
import { currencyByCode, exchangeRateOn } from "../write-document";
import { expenseRow, expenseStatus, expenseWire, inBase } from "./expense-wire";
import { readMoneyAccount } from "./vendor-payments";

const lineBody = z.object({
  line_item_id: id.optional(),
  account_id: id,
  description: text.optional(),
  amount: figure,
  tax_id: id.optional(),
  tags: appliedTags.optional(),
});

const expenseBody = z.object({
  account_id: id.optional(),
  date: date.optional(),
  amount: figure.optional(),
  tax_id: id.optional(),
  line_items: z.array(lineBody).min(1).optional(),
  is_inclusive_tax: z.boolean().optional(),
  is_billable: z.boolean().optional(),
  reference_number: text.optional(),
  description: text.optional(),
  customer_id: id.optional(),
  vendor_id: id.optional(),
  currency_id: id.optional(),
  exchange_rate: exchangeRate.optional(),
  paid_through_account_id: id.optional(),
  custom_fields: appliedFields.optional(),
  tags: appliedTags.optional(),
});
type ExpenseBody = z.infer<typeof expenseBody>;

const SORT_NAMES = [
  ...["date", "account_name", "total", "bcy_total", "reference_number", "customer_name", "created_time"],
];

/** By its description the list has no filter and no order by modified time. */
export function listExpenses(call: BooksCall): SandboxResponse {
  const { books, query } = call;
  const nameOf = (contactId: string): string => books.contacts.head(contactId)?.name ?? "";
  const accountName = ({ accountId }: StoredExpense): string => books.accounts.head(accountId)?.name ?? "";
  const columns: Record<string, (expense: StoredExpense) => string | number> = {
    date: (expense) => expense.date,
    account_name: accountName,
    total: ({ total }) => Number(total),
    bcy_total: (expense) => inBase(expense, expense.total),
    reference_number: ({ reference }) => reference,
    customer_name: ({ customerId }) => nameOf(customerId),
    created_time: ({ created }) => created,
  };
  const sort = sortAsked(call, SORT_NAMES, { column: "created_time", order: "D" });
  const status = query.get("status") ?? statusOfFilter(query.get("filter_by"));
  const tests = [
    ...textTests<StoredExpense>(call, {
      description: ({ description }) => description,
      reference_number: ({ reference }) => reference,
      account_name: accountName,
      customer_id: ({ customerId }) => customerId,
      customer_name: ({ customerId }) => nameOf(customerId),
      vendor_id: ({ vendorId }) => vendorId,
      vendor_name: ({ vendorId }) => nameOf(vendorId),
      paid_through_account_id: ({ paidThroughAccountId }) => paidThroughAccountId,
    }),
    ...dateTests<StoredExpense>(call, "date", (expense) => expense.date),
    ...amountTests<StoredExpense>(call, "amount", ({ total }) => decimal(total)),
    ...(status === null ? [] : [(_id: string, expense: StoredExpense) => expenseStatus(expense) === status]),
  ];
  return listPage(
    call,
    { key: "expenses", reportName: "Expenses", sortColumn: sort.column, sortOrder: sort.order },
    matching(
      sorted(books.expenses, sort.column, sort.order, columns[sort.column] ?? (({ created }) => created)),
      tests,
    ),
    (expenseId, expense) => expenseRow(call, expenseId, expense),
  );
}

export function getExpense(call: BooksCall): SandboxResponse {
  const [expenseId = ""] = call.ids;
  const expense = call.books.expenses.get(expenseId);
  return expense === undefined
    ? refuseMissing(call.context, "Expense")
    : succeed({ expense: expenseWire(call, expenseId, expense) });
}

export function createExpense(call: BooksCall): SandboxResponse {
  const body = parseInput(expenseBody, call.input);
  return body.ok ? writeExpense(call, call.books.nextId(), body.value, null) : refuseValue(body.error);
}

export function updateExpense(call: BooksCall): SandboxResponse {
  const [expenseId = ""] = call.ids;
  const previous = call.books.expenses.get(expenseId);
  if (previous === undefined) return refuseMissing(call.context, "Expense");
  const body = parseInput(expenseBody, call.input);
  return body.ok ? writeExpense(call, expenseId, body.value, previous) : refuseValue(body.error);
}

function writeExpense(
  call: BooksCall,
  expenseId: string,
  body: ExpenseBody,
  previous: StoredExpense | null,
): SandboxResponse {
  const expense = readExpense(call, body, previous);
  if (!expense.ok) return expense.error;
  const locked = refuseLocked(call, "purchases", expense.value.date, previous?.date);
  if (locked !== null) return locked;
  call.books.expenses.put(expenseId, expense.value);
  return succeedWriting(
    { expense: expenseWire(call, expenseId, expense.value) },
    previous === null ? "The expense has been recorded." : "Expense information has been updated.",
    // Zoho's description has 200 for the creation too, unlike its other documents.
    previous === null ? Number(call.context.switches.get("zoho.new-expense-status")) : 200,
  );
}

export function removeExpense(call: BooksCall): SandboxResponse {
  const [expenseId = ""] = call.ids;
  const expense = call.books.expenses.head(expenseId);
  if (expense === undefined) return refuseMissing(call.context, "Expense");
  const locked = refuseLocked(call, "purchases", expense.date);
  if (locked !== null) return locked;
  call.books.expenses.delete(expenseId);
  call.books.comments.delete(expenseId);
  call.books.attachments.delete(expenseId);
  return succeedWriting({}, "The expense has been deleted.");
}

function readExpense(
  call: BooksCall,
  body: ExpenseBody,
  previous: StoredExpense | null,
): Result<StoredExpense, SandboxResponse> {
  const { books, organization } = call;
  const day = body.date ?? previous?.date;
  if (day === undefined) return err(refuseValue("date"));
  if (body.paid_through_account_id === undefined && previous === null)
    return err(refuseValue("paid_through_account_id"));
  const money = readMoneyAccount(call, body.paid_through_account_id, previous?.paidThroughAccountId);
  if (!money.ok) return money;
  const parties = readParties(call, body, previous);
  if (!parties.ok) return parties;
  const currency = body.currency_id === undefined ? undefined : books.currencies.head(body.currency_id);
  if (body.currency_id !== undefined && currency === undefined)
    return err(refuseMissing(call.context, "Currency"));
  const currencyCode = currency?.code ?? previous?.currencyCode ?? organization.currencyCode;
  const inclusive = body.is_inclusive_tax ?? previous?.inclusive ?? false;
  const { precision } = currencyByCode(books, currencyCode);
  const lines = readLines(call, body, previous, inclusive, precision);
  if (!lines.ok) return lines;
  const tags = body.tags === undefined ? ok(previous?.tags ?? []) : readTags(books, body.tags);
  if (!tags.ok) return tags;
  const entered = sum(lines.value.map((line) => decimal(line.amount)));
  const taxTotal = sum(lines.value.map((line) => decimal(line.taxAmount)));
  const [first] = lines.value;
  const now = books.stamp();
  return ok({
    date: day,
    accountId: first?.accountId ?? "",
    paidThroughAccountId: money.value,
    ...parties.value,
    reference: body.reference_number ?? previous?.reference ?? "",
    description: body.description ?? previous?.description ?? "",
    currencyCode,
    exchangeRate: body.exchange_rate ?? previous?.exchangeRate ?? exchangeRateOn(books, currencyCode, day),
    inclusive,
    billable: body.is_billable ?? previous?.billable ?? false,
    lines: lines.value,
    itemized: body.line_items !== undefined || (body.amount === undefined && previous?.itemized === true),
    subTotal: decimalText(inclusive ? entered.minus(taxTotal) : entered),
    taxTotal: decimalText(taxTotal),
    total: decimalText(inclusive ? entered : entered.plus(taxTotal)),
    customFields: mergeFields(previous?.customFields ?? [], body.custom_fields ?? []),
    tags: tags.value,
    created: previous?.created ?? now,
    modified: now,
  });
}

function readParties(
  call: BooksCall,
  body: ExpenseBody,
  previous: StoredExpense | null,
): Result<{ vendorId: string; customerId: string }, SandboxResponse> {
  const vendorId = body.vendor_id ?? previous?.vendorId ?? "";
  const customerId = body.customer_id ?? previous?.customerId ?? "";
  for (const [party, contactId, old] of [
    ["vendor", vendorId, previous?.vendorId],
    ["customer", customerId, previous?.customerId],
  ] as const) {
    if (contactId === "") continue;
    const contact = readParty(call, party, contactId, old);
    if (!contact.ok) return contact;
  }
  return ok({ vendorId, customerId });
}

function readLines(
  call: BooksCall,
  body: ExpenseBody,
  previous: StoredExpense | null,
  inclusive: boolean,
  precision: number,
): Result<StoredExpenseLine[], SandboxResponse> {
  const { books, context } = call;
  const [old] = previous?.lines ?? [];
  const single = {
    line_item_id: old?.id,
    account_id: body.account_id ?? old?.accountId ?? "",
    description: body.description ?? old?.description,
    amount: body.amount ?? old?.amount ?? "",
    tax_id: body.tax_id ?? old?.taxId,
    tags: undefined,
  };
  const keepsLines =
    previous?.itemized === true && body.amount === undefined && body.account_id === undefined;
  const asked =
    body.line_items ??
    (keepsLines
      ? previous.lines.map((line) => ({
          line_item_id: line.id,
          account_id: line.accountId,
          description: line.description,
          amount: line.amount,
          tax_id: line.taxId,
          tags: line.tags.map(({ tagId, optionId }) => ({ tag_id: tagId, tag_option_id: optionId })),
        }))
      : [single]);
  const lines: StoredExpenseLine[] = [];
  for (const line of asked) {
    if (line.account_id === "") return err(refuseValue("account_id"));
    if (books.accounts.head(line.account_id) === undefined) return err(refuseMissing(context, "Account"));
    if (line.amount === "" || !decimal(line.amount).greaterThan(0)) return err(refuseValue("amount"));
    const tax = books.taxes.head(line.tax_id ?? "");
    if ((line.tax_id ?? "") !== "" && tax === undefined) return err(refuseMissing(context, "Tax"));
    const tags = readTags(books, line.tags ?? []);
    if (!tags.ok) return tags;
    lines.push({
      id: line.line_item_id ?? books.nextId(),
      accountId: line.account_id,
      description: line.description ?? "",
      amount: line.amount,
      taxId: line.tax_id ?? "",
      taxAmount: decimalText(
        taxOf(line.amount, tax?.percentage ?? "0", inclusive).toDecimalPlaces(precision),
      ),
      tags: tags.value,
    });
  }
  return lines.length === 0 ? err(refuseBy("noLines")) : ok(lines);
}

function taxOf(entered: string, percentage: string, inclusive: boolean): Decimal {
  const share = decimal(entered).times(percentage);
  return share.dividedBy(inclusive ? new Decimal(100).plus(percentage) : 100);
}
