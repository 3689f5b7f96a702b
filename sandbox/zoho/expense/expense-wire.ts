/** Expenses and expense reports as Zoho Expense answers them, by the field names of clients in use. */
import { decimal } from "@/lib/kernel/decimal";
import { ZOHO_USER } from "../accounts/oauth";
import { OWN_USER_ID } from "../books/settings/users";
import { currencyByCode } from "../books/write-document";
import { amount, zonedTime } from "../wire/formats";
import { claimTotal, reportTotals } from "./open-expense";
import type { StoredClaim, StoredReport } from "./records";
import type { ExpenseCall } from "./route";

/** unreported, or the status of the report that the expense is in. */
export function claimStatus(call: ExpenseCall, claim: StoredClaim): string {
  const report = call.expense.reports.head(claim.reportId);
  return report === undefined ? "unreported" : reportStatus(call, report);
}

export function reportStatus(call: ExpenseCall, { state }: StoredReport): string {
  return state === "submitted" ? call.context.switches.get("zoho.expense-submitted-word") : state;
}

export function claimRowWire(call: ExpenseCall, id: string, claim: StoredClaim) {
  const { books, expense, organization } = call;
  const currency = currencyByCode(books, claim.currencyCode);
  const total = claimTotal(claim);
  const [line] = claim.lines;
  const report = expense.reports.head(claim.reportId);
  return {
    expense_id: id,
    date: claim.date,
    user_id: claim.userId,
    user_name: ZOHO_USER.name,
    user_email: ZOHO_USER.email,
    status: claimStatus(call, claim),
    category_id: line?.categoryId ?? "",
    category_name: expense.categories.head(line?.categoryId ?? "")?.name ?? "",
    merchant_name: claim.merchant,
    reference_number: claim.reference,
    description: claim.description,
    currency_id: currency.id,
    currency_code: claim.currencyCode,
    currency_symbol: currency.symbol,
    exchange_rate: amount(claim.exchangeRate),
    total: total.toNumber(),
    bcy_total: total.times(claim.exchangeRate).toDecimalPlaces(2).toNumber(),
    is_reimbursable: claim.reimbursable,
    is_billable: claim.billable,
    is_inclusive_tax: claim.inclusive,
    customer_id: claim.customerId,
    customer_name: books.contacts.head(claim.customerId)?.name ?? "",
    project_id: claim.projectId,
    project_name: expense.projects.head(claim.projectId)?.name ?? "",
    report_id: claim.reportId,
    report_name: report?.name ?? "",
    report_number: report?.number ?? "",
    has_attachment: expense.receipts.head(id) !== undefined,
    created_time: zonedTime(claim.created, organization.timeZone),
    last_modified_time: zonedTime(claim.modified, organization.timeZone),
  };
}

export function claimWire(call: ExpenseCall, id: string, claim: StoredClaim) {
  const { books, expense } = call;
  const receipt = expense.receipts.get(id);
  const tax = claim.lines.reduce((sum, { taxAmount }) => sum.plus(taxAmount), decimal("0"));
  return {
    ...claimRowWire(call, id, claim),
    tax_amount: tax.toNumber(),
    sub_total: claimTotal(claim).minus(tax).toNumber(),
    line_items: claim.lines.map((line, index) => ({
      line_item_id: line.id,
      item_order: index + 1,
      category_id: line.categoryId,
      category_name: expense.categories.head(line.categoryId)?.name ?? "",
      description: line.description,
      amount: amount(line.amount),
      tax_id: line.taxId,
      tax_name: books.taxes.head(line.taxId)?.name ?? "",
      tax_percentage: amount(books.taxes.head(line.taxId)?.percentage ?? "0"),
      tax_amount: amount(line.taxAmount),
    })),
    documents:
      receipt === undefined
        ? []
        : [
            {
              document_id: receipt.id,
              file_name: receipt.name,
              file_type: receipt.name.split(".").at(-1) ?? "",
            },
          ],
    custom_fields: [],
  };
}

export function reportRowWire(call: ExpenseCall, id: string, report: StoredReport) {
  const { books, expense, organization } = call;
  const { total, reimbursable, count } = reportTotals(expense, report);
  const currency = currencyByCode(books, organization.currencyCode);
  const owner = { id: OWN_USER_ID, name: ZOHO_USER.name, email: ZOHO_USER.email };
  const submitted = report.submitted !== "";
  const unpaid = report.state === "reimbursed" ? decimal("0") : reimbursable;
  return {
    report_id: id,
    report_number: report.number,
    report_name: report.name,
    description: report.description,
    purpose: report.purpose,
    status: reportStatus(call, report),
    sub_status: "",
    user_id: report.userId,
    user_name: owner.name,
    user_email: owner.email,
    submitter_id: submitted ? owner.id : "",
    submitter_name: submitted ? owner.name : "",
    submitter_email: submitted ? owner.email : "",
    submitted_to_id: submitted ? owner.id : "",
    submitted_to_name: submitted ? owner.name : "",
    submitted_to_email: submitted ? owner.email : "",
    approver_id: report.approved === "" ? "" : owner.id,
    approver_name: report.approved === "" ? "" : owner.name,
    approver_email: report.approved === "" ? "" : owner.email,
    policy_id: "",
    policy_name: "",
    policy_violated: false,
    customer_id: report.customerId,
    customer_name: books.contacts.head(report.customerId)?.name ?? "",
    project_id: report.projectId,
    project_name: expense.projects.head(report.projectId)?.name ?? "",
    currency_id: currency.id,
    currency_code: organization.currencyCode,
    total: total.toNumber(),
    reimbursable_total: reimbursable.toNumber(),
    non_reimbursable_total: total.minus(reimbursable).toNumber(),
    amount_to_be_reimbursed: unpaid.toNumber(),
    start_date: report.startDate,
    end_date: report.endDate,
    submitted_date: report.submitted,
    approved_date: report.approved,
    reimbursement_date: report.reimbursed,
    expense_count: count,
    uncategorized_expense_count: 0,
    created_time: zonedTime(report.created, organization.timeZone),
    last_modified_time: zonedTime(report.modified, organization.timeZone),
    custom_fields: [],
  };
}

export function reportWire(call: ExpenseCall, id: string, report: StoredReport) {
  return {
    ...reportRowWire(call, id, report),
    expenses: report.expenseIds.flatMap((expenseId) => {
      const claim = call.expense.claims.get(expenseId);
      return claim === undefined ? [] : [claimWire(call, expenseId, claim)];
    }),
  };
}
