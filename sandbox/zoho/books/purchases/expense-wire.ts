/** Expenses as Zoho Books answers them: full, with their lines, and as a row of the list. */
import { decimal } from "@/lib/kernel/decimal";
import { amount, zonedTime } from "../../wire/formats";
import type { BooksCall } from "../answers";
import { tagWire } from "../trade/document-wire";
import type { StoredExpense, StoredExpenseLine } from "../trade/records";
import { currencyByCode } from "../write-document";

/** unbilled for what a customer will be charged, else nonbillable. */
export const expenseStatus = ({ billable, customerId }: StoredExpense): string =>
  billable && customerId !== "" ? "unbilled" : "nonbillable";

export const inBase = ({ exchangeRate }: StoredExpense, text: string): number =>
  Number(decimal(text).times(exchangeRate).toDecimalPlaces(2).toFixed());

export function expenseRow(call: BooksCall, expenseId: string, expense: StoredExpense) {
  const { books, organization } = call;
  return {
    expense_id: expenseId,
    date: expense.date,
    account_name: books.accounts.head(expense.accountId)?.name ?? "",
    description: expense.description,
    currency_id: currencyByCode(books, expense.currencyCode).id,
    currency_code: expense.currencyCode,
    bcy_total: inBase(expense, expense.total),
    bcy_total_without_tax: inBase(expense, expense.subTotal),
    total: amount(expense.total),
    total_without_tax: amount(expense.subTotal),
    is_billable: expense.billable,
    reference_number: expense.reference,
    customer_id: expense.customerId,
    customer_name: books.contacts.head(expense.customerId)?.name ?? "",
    status: expenseStatus(expense),
    location_id: "",
    location_name: "",
    created_time: zonedTime(expense.created, organization.timeZone),
    last_modified_time: rowModified(call, expense),
    expense_receipt_name: books.attachments.head(expenseId) ?? "",
    mileage_rate: 0,
    mileage_unit: "",
    expense_type: "non_mileage",
  };
}

/** Zoho's description shows it blank. */
function rowModified({ context, organization }: BooksCall, { modified }: StoredExpense): string {
  if (context.switches.get("zoho.document-answers") === "described") return " ";
  return zonedTime(modified, organization.timeZone);
}

export function expenseWire(call: BooksCall, expenseId: string, expense: StoredExpense) {
  const { books, organization } = call;
  const [first] = expense.lines;
  const tax = books.taxes.head(first?.taxId ?? "");
  return {
    expense_id: expenseId,
    transaction_id: expenseId,
    transaction_type: "expense",
    expense_item_id: first?.id ?? "",
    is_itemized_expense: expense.itemized,
    account_id: expense.accountId,
    account_name: books.accounts.head(expense.accountId)?.name ?? "",
    paid_through_account_id: expense.paidThroughAccountId,
    paid_through_account_name: books.accounts.head(expense.paidThroughAccountId)?.name ?? "",
    vendor_id: expense.vendorId,
    vendor_name: books.contacts.head(expense.vendorId)?.name ?? "",
    date: expense.date,
    tax_id: first?.taxId ?? "",
    tax_name: tax?.name ?? "",
    tax_percentage: amount(tax?.percentage ?? "0"),
    tax_amount: amount(expense.taxTotal),
    taxes: expense.lines
      .filter(({ taxId }) => taxId !== "")
      .map(({ taxId, taxAmount }) => ({ tax_id: taxId, tax_amount: amount(taxAmount) })),
    currency_id: currencyByCode(books, expense.currencyCode).id,
    currency_code: expense.currencyCode,
    exchange_rate: amount(expense.exchangeRate),
    sub_total: amount(expense.subTotal),
    total: amount(expense.total),
    bcy_total: inBase(expense, expense.total),
    amount: amount(expense.subTotal),
    is_inclusive_tax: expense.inclusive,
    reference_number: expense.reference,
    description: expense.description,
    is_billable: expense.billable,
    is_personal: false,
    customer_id: expense.customerId,
    customer_name: books.contacts.head(expense.customerId)?.name ?? "",
    expense_receipt_name: books.attachments.head(expenseId) ?? "",
    expense_receipt_type: "",
    created_time: zonedTime(expense.created, organization.timeZone),
    last_modified_time: zonedTime(expense.modified, organization.timeZone),
    status: expenseStatus(expense),
    invoice_id: "",
    invoice_number: "",
    location_id: "",
    location_name: "",
    project_id: "",
    project_name: "",
    mileage_rate: 0,
    mileage_type: "non_mileage",
    expense_type: "non_mileage",
    tags: expense.tags.map((tag) => tagWire(call, tag)),
    line_items: expense.lines.map((line, index) => expenseLine(call, line, index)),
  };
}

function expenseLine(call: BooksCall, line: StoredExpenseLine, index: number) {
  const tax = call.books.taxes.head(line.taxId);
  return {
    line_item_id: line.id,
    account_id: line.accountId,
    account_name: call.books.accounts.head(line.accountId)?.name ?? "",
    description: line.description,
    tax_amount: amount(line.taxAmount),
    tax_id: line.taxId,
    tax_name: tax?.name ?? "",
    tax_type: "tax",
    tax_percentage: amount(tax?.percentage ?? "0"),
    item_total: amount(line.amount),
    item_order: index + 1,
    amount: amount(line.amount),
    tags: line.tags.map((tag) => tagWire(call, tag)),
  };
}
