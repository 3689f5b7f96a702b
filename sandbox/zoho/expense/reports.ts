/**
 * The expense report calls. A report goes draft, submitted, approved, reimbursed; a rejected one can be edited
 * and submitted again. Each step stands in its history. An empty report cannot be submitted.
 */
import { err, ok, type Result } from "@/lib/kernel/result";
import type { SandboxResponse } from "@/sandbox/kit/types";
import { ZOHO_USER } from "../accounts/oauth";
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
import { zonedDate, zonedTime } from "../wire/formats";
import { reportRowWire, reportStatus, reportWire } from "./expense-wire";
import { type ReportBody, reportBody, stepBody } from "./input";
import type { ReportState, StoredReport } from "./records";
import type { ExpenseCall } from "./route";

const SORT_COLUMNS = [
  "created_time",
  "last_modified_time",
  "report_name",
  "report_number",
  "start_date",
] as const;

export function listReports(call: ExpenseCall): SandboxResponse {
  const modified = modifiedTests<StoredReport>(call);
  if (!modified.ok) return refuseValue(modified.error);
  const sort = sortAsked(call, SORT_COLUMNS, { column: "created_time", order: "D" });
  const columns: Record<(typeof SORT_COLUMNS)[number], (report: StoredReport) => string> = {
    created_time: ({ created }) => created,
    last_modified_time: ({ modified: changed }) => changed,
    report_name: ({ name }) => name.toLowerCase(),
    report_number: ({ number }) => number,
    start_date: ({ startDate }) => startDate,
  };
  // "Type.Approval,Status.Approved": the one user owns and approves every report, so Type changes nothing.
  const asked = /Status\.(\w+)/.exec(call.query.get("filter_by") ?? "")?.[1]?.toLowerCase();
  const status = call.query.get("status") ?? (asked === "all" ? undefined : asked);
  return listPage(
    call,
    {
      key: "expense_reports",
      reportName: "Expense Reports",
      sortColumn: sort.column,
      sortOrder: sort.order,
    },
    matching(sorted(call.expense.reports, sort.column, sort.order, columns[sort.column]), [
      ...modified.value,
      ...textTests<StoredReport>(call, {
        report_name: ({ name }) => name,
        report_number: ({ number }) => number,
        user_id: ({ userId }) => userId,
      }),
      ...dateTests<StoredReport>(call, "start_date", ({ startDate }) => startDate),
      ...dateTests<StoredReport>(call, "end_date", ({ endDate }) => endDate),
      (_id, report) =>
        status === undefined || report.state === status || reportStatus(call, report) === status,
    ]),
    (id, report) => reportRowWire(call, id, report),
  );
}

export function getReport(call: ExpenseCall): SandboxResponse {
  const [id = ""] = call.ids;
  const report = call.expense.reports.get(id);
  return report === undefined
    ? refuseMissing(call.context, "Report")
    : succeed({ expense_report: reportWire(call, id, report) });
}

/** The report with its steps. */
export function getHistory(call: ExpenseCall): SandboxResponse {
  const [id = ""] = call.ids;
  const report = call.expense.reports.get(id);
  if (report === undefined) return refuseMissing(call.context, "Report");
  return succeed({
    expense_report: {
      ...reportWire(call, id, report),
      approval_history: report.history.map(({ time, step, comments }) => ({
        operation: step,
        comments,
        user_id: OWN_USER_ID,
        user_name: ZOHO_USER.name,
        time: zonedTime(time, call.organization.timeZone),
      })),
    },
  });
}

export function createReport(call: ExpenseCall): SandboxResponse {
  const body = parseInput(reportBody, call.input);
  if (!body.ok) return refuseValue(body.error);
  return writeReport(call, call.books.nextId(), body.value, null);
}

export function updateReport(call: ExpenseCall): SandboxResponse {
  const [id = ""] = call.ids;
  const previous = call.expense.reports.get(id);
  if (previous === undefined) return refuseMissing(call.context, "Report");
  if (previous.state !== "draft" && previous.state !== "rejected")
    return refuse(400, CODE_NOT_ALLOWED, "Submitted reports cannot be edited.");
  const body = parseInput(reportBody, call.input);
  return body.ok ? writeReport(call, id, body.value, previous) : refuseValue(body.error);
}

function writeReport(
  call: ExpenseCall,
  id: string,
  body: ReportBody,
  previous: StoredReport | null,
): SandboxResponse {
  const { books, expense } = call;
  const name = (body.report_name ?? previous?.name ?? "").trim();
  if (name === "") return refuseValue("report_name");
  const today = zonedDate(call.context.clock.now(), call.organization.timeZone);
  const startDate = body.start_date ?? previous?.startDate ?? today;
  const endDate = body.end_date ?? previous?.endDate ?? startDate;
  if (endDate < startDate) return refuseValue("end_date");
  const expenseIds =
    body.expenses === undefined ? ok(previous?.expenseIds ?? []) : readExpenseIds(call, id, body.expenses);
  if (!expenseIds.ok) return expenseIds.error;
  const now = books.stamp();
  const report: StoredReport = {
    number: previous?.number ?? nextNumber(call),
    state: previous?.state ?? "draft",
    userId: previous?.userId ?? OWN_USER_ID,
    submitted: "",
    approved: "",
    reimbursed: "",
    history: [],
    ...previous,
    ...{ name, startDate, endDate, expenseIds: expenseIds.value },
    description: body.description ?? previous?.description ?? "",
    purpose: body.purpose ?? previous?.purpose ?? "",
    customerId: body.customer_id ?? previous?.customerId ?? "",
    projectId: body.project_id ?? previous?.projectId ?? "",
    created: previous?.created ?? now,
    modified: now,
  };
  expense.reports.put(id, report);
  setReport(call, previous?.expenseIds ?? [], "");
  setReport(call, report.expenseIds, id);
  const shown = { expense_report: reportWire(call, id, report) };
  return previous === null
    ? succeedWriting(shown, "The report has been created.", 201)
    : succeedWriting(shown, "The report has been updated.");
}

function readExpenseIds(
  call: ExpenseCall,
  reportId: string,
  sent: readonly { readonly expense_id: string }[],
): Result<readonly string[], SandboxResponse> {
  for (const { expense_id } of sent) {
    const claim = call.expense.claims.head(expense_id);
    if (claim === undefined) return err(refuseMissing(call.context, "Expense"));
    if (claim.reportId !== "" && claim.reportId !== reportId)
      return err(refuse(400, CODE_NOT_ALLOWED, "The expense is in another report."));
  }
  return ok([...new Set(sent.map(({ expense_id }) => expense_id))]);
}

function setReport({ expense }: ExpenseCall, expenseIds: readonly string[], reportId: string): void {
  for (const id of expenseIds) {
    const claim = expense.claims.get(id);
    if (claim !== undefined) expense.claims.put(id, { ...claim, reportId });
  }
}

function nextNumber({ expense }: ExpenseCall): string {
  let count = expense.reports.size + 1;
  const numbered = (): string => `ER-${String(count).padStart(5, "0")}`;
  while (expense.reports.find(numbered()) !== null) count += 1;
  return numbered();
}

export function deleteReport(call: ExpenseCall): SandboxResponse {
  const [id = ""] = call.ids;
  const report = call.expense.reports.get(id);
  if (report === undefined) return refuseMissing(call.context, "Report");
  if (report.state !== "draft" && report.state !== "rejected")
    return refuse(400, CODE_NOT_ALLOWED, "Submitted reports cannot be deleted.");
  setReport(call, report.expenseIds, "");
  call.expense.reports.delete(id);
  return succeedWriting({}, "The report has been deleted.");
}

interface Step {
  readonly from: readonly ReportState[];
  readonly to: ReportState;
  readonly date?: "submitted" | "approved" | "reimbursed";
  readonly message: string;
}

function takeStep(call: ExpenseCall, step: Step): SandboxResponse {
  const [id = ""] = call.ids;
  const report = call.expense.reports.get(id);
  if (report === undefined) return refuseMissing(call.context, "Report");
  const body = parseInput(stepBody, call.input);
  if (!body.ok) return refuseValue(body.error);
  if (!step.from.includes(report.state))
    return refuse(400, CODE_NOT_ALLOWED, `A report that is ${report.state} cannot be ${step.to}.`);
  if (step.to === "submitted" && report.expenseIds.length === 0)
    return refuse(400, CODE_NOT_ALLOWED, "A report without expenses cannot be submitted.");
  const now = call.books.stamp();
  const today = zonedDate(call.context.clock.now(), call.organization.timeZone);
  const date = step.to === "reimbursed" ? (body.value?.reimbursement_date ?? today) : today;
  const comments = body.value?.comments ?? body.value?.reason ?? "";
  const changed: StoredReport = {
    ...report,
    ...(step.date === undefined ? {} : { [step.date]: date }),
    state: step.to,
    history: [...report.history, { time: now, step: step.to, comments }],
    modified: now,
  };
  call.expense.reports.put(id, changed);
  return succeedWriting({ expense_report: reportWire(call, id, changed) }, step.message);
}

export const submitReport = (call: ExpenseCall): SandboxResponse =>
  takeStep(call, {
    from: ["draft", "rejected"],
    to: "submitted",
    date: "submitted",
    message: "The report has been submitted.",
  });

export const approveReport = (call: ExpenseCall): SandboxResponse =>
  takeStep(call, {
    from: ["submitted"],
    to: "approved",
    date: "approved",
    message: "The report has been approved.",
  });

export const rejectReport = (call: ExpenseCall): SandboxResponse =>
  takeStep(call, {
    from: ["submitted", "approved"],
    to: "rejected",
    message: "The report has been rejected.",
  });

export const reimburseReport = (call: ExpenseCall): SandboxResponse =>
  takeStep(call, {
    from: ["approved"],
    to: "reimbursed",
    date: "reimbursed",
    message: "The report has been reimbursed.",
  });
