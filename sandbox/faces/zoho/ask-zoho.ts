/**
 * Calls of Zoho's products as a person in Zoho makes them: through the same addresses and rules as a client's,
 * without token, limits or call log. A path begins with its product: /books, /inventory, /expense or /crm.
 */
import type { SandboxContext, SandboxRequest, SandboxResponse } from "@/sandbox/kit/types";
import { ZOHO_USER } from "@/sandbox/zoho/accounts/oauth";
import type { BooksCall } from "@/sandbox/zoho/books/answers";
import { openBooksOf } from "@/sandbox/zoho/books/open-books";
import type { StoredOrganization } from "@/sandbox/zoho/books/records";
import { findRoute } from "@/sandbox/zoho/books/routes";
import { refuseByRules } from "@/sandbox/zoho/books/settings/document-rules";
import { findModule } from "@/sandbox/zoho/crm/modules";
import { openCrm } from "@/sandbox/zoho/crm/open-crm";
import { MODULE_ROUTES } from "@/sandbox/zoho/crm/routes";
import { apiDomain, findDataCentre, HOME_DATA_CENTRE } from "@/sandbox/zoho/data-centres";
import { findExpenseRoute } from "@/sandbox/zoho/expense/api";
import { openExpense } from "@/sandbox/zoho/expense/open-expense";
import { findInventoryRoute } from "@/sandbox/zoho/inventory/api";
import { openInventory } from "@/sandbox/zoho/inventory/open-inventory";
import type { Answered, Ask } from "../kinds";
import { isWire, rowsAt, textAt, type Wire } from "../wire";

interface Asked {
  readonly context: SandboxContext;
  readonly organizationId: string;
  readonly organization: StoredOrganization;
  /** Below the product. */
  readonly path: string;
  readonly request: SandboxRequest;
  readonly input: unknown;
}

/** The calls of one organisation's person. */
export function createZohoAsk(
  context: SandboxContext,
  organizationId: string,
  organization: StoredOrganization,
): Ask {
  return (method, path, { query = {}, body } = {}) => {
    const [, product = "", rest = ""] = /^\/([a-z]+)(\/.*)$/.exec(path) ?? [];
    const request: SandboxRequest = {
      method,
      path: rest,
      query: new URLSearchParams(query),
      headers: { accept: "application/json", "content-type": "application/json" },
      body: Buffer.from(body === undefined ? "" : JSON.stringify(body)),
    };
    const asked: Asked = { context, organizationId, organization, path: rest, request, input: body };
    const response = product === "crm" ? askCrm(asked) : askFinance(product, asked);
    return response === null
      ? { ok: false, status: 404, problem: `Zoho has no ${method} ${path}.` }
      : answered(response);
  };
}

function askFinance(product: string, asked: Asked): SandboxResponse | null {
  const { context, organizationId, path, request } = asked;
  const callWith = (ids: readonly string[]): BooksCall => ({
    context,
    books: openBooksOf(context, organizationId),
    organizationId,
    organization: asked.organization,
    ids,
    query: request.query,
    input: asked.input,
    request,
  });
  if (product === "inventory") {
    const found = findInventoryRoute(path, request.method);
    const inventory = openInventory(context, organizationId);
    return found === null ? null : found.route.handle({ ...callWith(found.ids), inventory });
  }
  if (product === "expense") {
    const found = findExpenseRoute(path, request.method);
    const expense = openExpense(context, organizationId);
    return found === null ? null : found.route.handle({ ...callWith(found.ids), expense });
  }
  const found = findRoute(request.method, path);
  if (found === null) return null;
  const call = callWith(found.ids);
  return refuseByRules(call, request.method, found.route.operation) ?? found.route.handle(call);
}

function askCrm({ context, organization, path, request, input }: Asked): SandboxResponse | null {
  const [, name = "", rest = ""] = /^\/([^/]+)(\/.*)?$/.exec(path) ?? [];
  const module = findModule(name);
  const route = MODULE_ROUTES.find(
    (candidate) => candidate.method === request.method && candidate.pattern.test(rest),
  );
  if (module === null || route === undefined) return null;
  const call = {
    context,
    crm: openCrm(context),
    request,
    query: request.query,
    input,
    user: ZOHO_USER,
    apiDomain: apiDomain(context.origin, findDataCentre(organization.dataCentre) ?? HOME_DATA_CENTRE),
    timeZone: organization.timeZone,
    granted: () => true,
  };
  return route.handle(call, module, route.pattern.exec(rest)?.[1] ?? "");
}

function answered({ status, body }: SandboxResponse): Answered {
  const text = body === undefined ? "" : String(body);
  const parsed: unknown = text === "" ? {} : JSON.parse(text);
  const wire: Wire = isWire(parsed) ? parsed : {};
  const failed = rowsAt(wire, "data").find((row) => textAt(row, "status") === "error");
  if (status < 400 && failed === undefined) return { ok: true, body: wire };
  return { ok: false, status, problem: problemIn(failed ?? wire, status) };
}

function problemIn(refusal: Wire, status: number): string {
  const message = textAt(refusal, "message") || `Zoho answered ${status}.`;
  const code = textAt(refusal, "code");
  const field = textAt(refusal, "details.api_name");
  return `${message}${field === "" ? "" : ` (${field})`}${code === "" ? "" : ` [code ${code}]`}`;
}
