/**
 * Every call of Zoho Expense API v1 that the simulator answers. Zoho's OpenAPI file was not to be had: addresses,
 * names and scopes are those of its documentation pages and of clients in use.
 * https://www.zoho.com/expense/api/v1/ (checked 2026-11-21)
 */
import * as contacts from "../books/contacts";
import * as currencies from "../books/settings/currencies";
import * as organizations from "../books/settings/organizations";
import * as taxes from "../books/settings/taxes";
import * as users from "../books/settings/users";
import * as categories from "./categories";
import * as claims from "./expenses";
import * as projects from "./projects";
import * as receipts from "./receipts";
import * as reports from "./reports";
import { type ExpenseRoute, expenseRoute as route } from "./route";

export const EXPENSE_ROUTES: readonly ExpenseRoute[] = [
  route("GET", "/organizations/{id}", "orgsettings", organizations.getOrganization),
  route("GET", "/users", "user", users.listUsers),
  route("GET", "/users/me", "user", users.getCurrentUser),
  route("GET", "/users/{id}", "user", users.getUser),
  route("GET", "/settings/currencies", "currency", currencies.listCurrencies),
  route("GET", "/settings/currencies/{id}", "currency", currencies.getCurrency),
  route("GET", "/settings/taxes", "tax", taxes.listTaxes),
  route("GET", "/settings/taxes/{id}", "tax", taxes.getTax),
  route("GET", "/contacts", "customer", contacts.listContacts),
  route("GET", "/contacts/{id}", "customer", contacts.getContact),
  route("GET", "/projects", "project", projects.listProjects),
  route("GET", "/projects/{id}", "project", projects.getProject),

  route("GET", "/expensecategories", "expensecategory", categories.listCategories),
  route("POST", "/expensecategories", "expensecategory", categories.createCategory),
  route("GET", "/expensecategories/{id}", "expensecategory", categories.getCategory),
  route("PUT", "/expensecategories/{id}", "expensecategory", categories.updateCategory),
  route("DELETE", "/expensecategories/{id}", "expensecategory", categories.deleteCategory),

  route("GET", "/expenses", "expense", claims.listExpenses),
  route("POST", "/expenses", "expense", claims.createExpense),
  route("GET", "/expenses/{id}", "expense", claims.getExpense),
  route("PUT", "/expenses/{id}", "expense", claims.updateExpense),
  route("DELETE", "/expenses/{id}", "expense", claims.deleteExpense),
  route("GET", "/expenses/{id}/receipt", "expense", receipts.getReceipt),
  route("POST", "/expenses/{id}/receipt", "expense", receipts.addReceipt),
  route("DELETE", "/expenses/{id}/receipt", "expense", receipts.deleteReceipt),

  route("GET", "/expensereports", "expensereport", reports.listReports),
  route("POST", "/expensereports", "expensereport", reports.createReport),
  route("GET", "/expensereports/{id}", "expensereport", reports.getReport),
  route("PUT", "/expensereports/{id}", "expensereport", reports.updateReport),
  route("DELETE", "/expensereports/{id}", "expensereport", reports.deleteReport),
  route("GET", "/expensereports/{id}/approvalhistory", "expensereport", reports.getHistory),
  route("POST", "/expensereports/{id}/submit", "expensereport", reports.submitReport),
  route("POST", "/expensereports/{id}/approve", "expensereport", reports.approveReport),
  route("POST", "/expensereports/{id}/reject", "expensereport", reports.rejectReport),
  route("POST", "/expensereports/{id}/reimburse", "expensereport", reports.reimburseReport),
];
