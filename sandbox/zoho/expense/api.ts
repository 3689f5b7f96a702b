/**
 * The Expense API v1 behind the gateway that the finance products share. The organisation stands in the query
 * or, for older clients, in the header X-com-zoho-expense-organizationid (a switch says which are heard).
 */
import type { SandboxContext, SandboxRequest } from "@/sandbox/kit/types";
import type { Grants } from "../accounts/grants";
import { scopeCovers } from "../accounts/scopes";
import type { Books } from "../books/open-books";
import { createGateway, type FinanceProduct, type Gateway, SCOPE_VERBS } from "../gateway";
import { openExpense } from "./open-expense";
import type { ExpenseRoute } from "./route";
import { EXPENSE_ROUTES } from "./routes";

const ORGANIZATION_HEADER = "x-com-zoho-expense-organizationid";

/** The organisation that a call to Expense names in either place; "" for none. */
export const expenseOrganization = (request: SandboxRequest): string =>
  request.query.get("organization_id") ?? request.headers[ORGANIZATION_HEADER] ?? "";

/** The Expense API of one sandbox. Paths come after /expense/v1. */
export function createExpenseApi(context: SandboxContext, books: Books, grants: Grants): Gateway {
  const product: FinanceProduct = {
    organizationsModule: "orgsettings",
    scopeCovers: (scopes, method, module) =>
      scopeCovers("ZohoExpense", scopes, SCOPE_VERBS[method] ?? "", module),
    organizationIdOf(request) {
      switch (context.switches.get("zoho.expense-organization")) {
        case "query":
          return request.query.get("organization_id") ?? "";
        case "header":
          return request.headers[ORGANIZATION_HEADER] ?? "";
        default:
          return expenseOrganization(request);
      }
    },
    findRoute(method, path) {
      const match = findExpenseRoute(path, method);
      return match === null
        ? null
        : {
            module: match.route.module,
            ids: match.ids,
            answer: (call) =>
              match.route.handle({ ...call, expense: openExpense(context, call.organizationId) }),
          };
    },
  };
  return createGateway(context, books, grants, product);
}

/** The route of a path; any method when none is given. */
export function findExpenseRoute(
  path: string,
  method?: string,
): { readonly route: ExpenseRoute; readonly ids: readonly string[] } | null {
  for (const route of EXPENSE_ROUTES) {
    if (method !== undefined && route.method !== method) continue;
    const match = route.pattern.exec(path);
    if (match !== null) return { route, ids: match.slice(1) };
  }
  return null;
}
