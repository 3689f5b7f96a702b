/**
 * The simulated Zoho: accounts and the APIs of Books, Inventory, CRM and Expense in every data centre, under
 * /zoho/{data centre}/accounts and /zoho/{data centre}/api/{product}/{version}. It keeps to what Zoho
 * documents or was seen to answer; what is open is in switches.ts. It knows nothing of Xero or of Tieout.
 */
import { jsonAnswer } from "@/sandbox/kit/answers";
import type { CallDescription, SandboxContext, SandboxRequest, SandboxService } from "@/sandbox/kit/types";
import { createGrants } from "./accounts/grants";
import { createAccounts } from "./accounts/oauth";
import { createBooksApi } from "./books/api";
import { type Books, openBooksForService } from "./books/open-books";
import { ROUTES } from "./books/routes";
import { createCrmApi, crmOrganization } from "./crm/api";
import { crmOperation } from "./crm/routes";
import { type DataCentre, findDataCentre } from "./data-centres";
import { createExpenseApi, expenseOrganization, findExpenseRoute } from "./expense/api";
import { zohoCallerOf, zohoFaults } from "./faults";
import { createInventoryApi, findInventoryRoute } from "./inventory/api";

/** Paths below a data centre, and what answers there. */
const PARTS = {
  accounts: "accounts",
  "api/books/v3": "books",
  "api/inventory/v1": "inventory",
  "api/crm/v8": "crm",
  "api/expense/v1": "expense",
} as const;
type Part = (typeof PARTS)[keyof typeof PARTS];

interface Place {
  readonly dataCentre: DataCentre;
  readonly part: Part;
  readonly path: string;
}

/** A Zoho over the context's store. `machineNow` is the clock of tokens: sandbox time unless told. */
export function createZohoService(
  context: SandboxContext,
  options: { readonly machineNow?: () => number } = {},
): SandboxService {
  const books = openBooksForService(context);
  const grants = createGrants(context, books, options.machineNow ?? (() => context.clock.now().getTime()));
  const accounts = createAccounts(context, grants);
  const apis = {
    books: createBooksApi(context, books, grants),
    inventory: createInventoryApi(context, books, grants),
    crm: createCrmApi(context, books, grants),
    expense: createExpenseApi(context, books, grants),
  };
  return {
    prefix: "zoho",
    describe: (request) => describeCall(books, request),
    callerOf: (request) => zohoCallerOf(books, request),
    faults: zohoFaults(context, books),
    async handle(request) {
      const place = findPlace(request.path);
      if (place === null) return jsonAnswer(404, { code: 5, message: "Invalid URL Passed" });
      return place.part === "accounts"
        ? accounts.handle(place.dataCentre, place.path, request)
        : apis[place.part].handle(place.dataCentre, place.path, request);
    },
  };
}

function findPlace(path: string): Place | null {
  const match = /^\/?([^/]+)\/(accounts|api\/[a-z]+\/v\d+)(\/.*)$/.exec(path);
  const part = Object.entries(PARTS).find(([prefix]) => prefix === match?.[2])?.[1];
  const dataCentre = findDataCentre(match?.[1] ?? "");
  if (match === null || dataCentre === null || part === undefined) return null;
  const rest = match[3] ?? "/";
  return {
    dataCentre,
    part,
    path: rest.length > 1 && rest.endsWith("/") ? rest.slice(0, -1) : rest,
  };
}

function describeCall(books: Books, request: SandboxRequest): CallDescription {
  const place = findPlace(request.path);
  if (place === null)
    return { tenant: null, operation: request.path.replaceAll(/\d{6,}/g, "{id}"), kind: "read" };
  if (place.part === "accounts")
    return { tenant: null, operation: place.path, kind: place.path === "/oauth/v2/auth" ? "page" : "auth" };
  if (place.part === "crm")
    return {
      // A CRM call names no organisation; the data centre has one at most.
      tenant: crmOrganization(books, place.dataCentre)?.id ?? null,
      operation: `/crm${crmOperation(place.path)}`,
      kind: request.method === "GET" || place.path === "/coql" ? "read" : "write",
    };
  const known =
    place.part === "inventory"
      ? findInventoryRoute(place.path)?.route
      : place.part === "expense"
        ? findExpenseRoute(place.path)?.route
        : ROUTES.find(({ pattern }) => pattern.test(place.path));
  const operation = known?.operation ?? place.path.replaceAll(/\d{6,}/g, "{id}");
  return {
    tenant:
      place.part === "expense" ? expenseOrganization(request) || null : request.query.get("organization_id"),
    operation: place.part === "books" ? operation : `/${place.part}${operation}`,
    kind: request.method === "GET" ? "read" : "write",
  };
}
