/**
 * The front that Zoho's finance products (Books, Inventory, Expense) have in common: token, organisation, call
 * limits, scope, then the product's own route. Limits are Zoho's: 100 calls a minute and the plan's day for
 * each organisation and product, ten at once; a 429 has no Retry-After. It knows no route of any product.
 * https://www.zoho.com/books/api/v3/introduction/ (checked 2026-11-21)
 */
import { setImmediate as turn } from "node:timers/promises";
import { createLimits, type LimitProblem, type LimitRules, type Limits } from "@/sandbox/kit/limits";
import type { SandboxContext, SandboxRequest, SandboxResponse } from "@/sandbox/kit/types";
import type { Grants } from "./accounts/grants";
import { type BooksCall, CODE_INVALID_URL, refuse, succeed } from "./books/answers";
import { type Books, openBooksOf, type StoredAccessToken } from "./books/open-books";
import { CODE_BAD_JSON, readInput } from "./books/read-input";
import type { StoredOrganization, ZohoPlan } from "./books/records";
import { organizationRows } from "./books/settings/organization-wire";
import type { DataCentre } from "./data-centres";

const CODE_NO_SCOPE = 57;
const CODE_MINUTE = 44;
const CODE_DAY = 45;
const CODE_CONCURRENT = 1070;
const CODE_WRONG_ORGANIZATION = 6041;
const CODE_NO_ORGANIZATION = 6;
const CODE_WRONG_METHOD = 37;
const CODE_BLOCKED = 43;

const CALLS_A_DAY: Readonly<Record<ZohoPlan, number>> = {
  FREE: 1_000,
  STANDARD: 2_000,
  PROFESSIONAL: 5_000,
  PREMIUM: 10_000,
  ENTERPRISE: 10_000,
};
const CALLS_A_MINUTE = 100;

function rulesOf(plan: ZohoPlan): LimitRules {
  return {
    perMinute: CALLS_A_MINUTE,
    perDay: CALLS_A_DAY[plan],
    concurrent: plan === "FREE" ? 5 : 10,
    appPerMinute: null,
  };
}

/** What a product tells the gateway about itself. */
export interface FinanceProduct {
  /** The scope module that opens GET /organizations. */
  readonly organizationsModule: string;
  /** Whether what the user granted covers a call with this method to an address of this scope module. */
  scopeCovers(scopes: readonly string[], method: string, module: string): boolean;
  /** Answers what needs a token and no organisation, besides GET /organizations; null for anything else. */
  withoutOrganization?(call: UnboundCall): SandboxResponse | null;
  /** The organisation that the call names; "" for none. */
  organizationIdOf(request: SandboxRequest): string;
  /** The address of a call; null when the product has no such address. */
  findRoute(method: string, path: string): FinanceRoute | null;
}

export interface FinanceRoute {
  readonly module: string;
  readonly ids: readonly string[];
  answer(call: BooksCall, request: SandboxRequest): SandboxResponse;
}

/** An authorised call outside any organisation. */
export interface UnboundCall {
  readonly context: SandboxContext;
  readonly books: Books;
  readonly dataCentre: DataCentre;
  readonly token: StoredAccessToken;
  readonly path: string;
  readonly request: SandboxRequest;
  readonly input: unknown;
}

export interface Gateway {
  /** `path` comes after the product's own, such as /books/v3. */
  handle(dataCentre: DataCentre, path: string, request: SandboxRequest): Promise<SandboxResponse>;
}

/** The gateway of one product in one sandbox, with limits that nobody has used yet. */
export function createGateway(
  context: SandboxContext,
  books: Books,
  grants: Grants,
  product: FinanceProduct,
): Gateway {
  const limits = createLimits(context);
  return {
    async handle(dataCentre, path, request) {
      const token = grants.findAccess(request.headers.authorization ?? "", dataCentre);
      if (token === null) return refuseToken(context);
      if (request.method === "GET" && path === "/organizations")
        return listOrganizations(context, books, dataCentre, token, product);
      const input = readInput(request);
      if (!input.ok) return refuse(400, CODE_BAD_JSON, input.error);
      const unbound = { context, books, dataCentre, token, path, request, input: input.value };
      const answer = product.withoutOrganization?.(unbound) ?? null;
      if (answer !== null) return answer;
      const organizationId = product.organizationIdOf(request);
      const organization = books.organizations.get(organizationId);
      if (organizationId === "")
        return refuse(400, CODE_NO_ORGANIZATION, "The parameter organization_id is missing.");
      if (organization === undefined || organization.dataCentre !== dataCentre)
        return refuse(
          Number(context.switches.get("zoho.wrong-organization-status")),
          CODE_WRONG_ORGANIZATION,
          `This user is not associated with the CompanyID/CompanyName:${organizationId}.`,
        );
      return withinLimits(context, limits, organizationId, organization, () =>
        routeCall(context, openBooksOf(context, organizationId), token, product, {
          ...{ organizationId, organization, path, request, input: input.value },
        }),
      );
    },
  };
}

function refuseToken(context: SandboxContext): SandboxResponse {
  return context.switches.get("zoho.invalid-token-code") === "14"
    ? refuse(401, 14, "Invalid value passed for authtoken.")
    : refuse(401, CODE_NO_SCOPE, "You are not authorized to perform this operation");
}

function listOrganizations(
  context: SandboxContext,
  books: Books,
  dataCentre: DataCentre,
  token: StoredAccessToken,
  product: FinanceProduct,
): SandboxResponse {
  if (!product.scopeCovers(token.scopes, "GET", product.organizationsModule))
    return refuse(401, CODE_NO_SCOPE, "You are not authorized to perform this operation");
  return succeed({ organizations: organizationRows({ context, books }, dataCentre) });
}

async function withinLimits(
  context: SandboxContext,
  limits: Limits,
  organizationId: string,
  organization: StoredOrganization,
  answer: () => SandboxResponse,
): Promise<SandboxResponse> {
  const rules = rulesOf(organization.plan);
  const admission = limits.enter(organizationId, rules);
  if (!admission.admitted) return refuseOverLimit(context, admission.problem, rules.perDay);
  try {
    // Calls that arrive together must meet each other here, or ten at once could never be reached.
    await turn();
    const response = answer();
    if (context.switches.get("zoho.rate-headers") === "absent") return response;
    return {
      ...response,
      headers: {
        ...response.headers,
        "x-rate-limit-limit": String(rules.perDay),
        "x-rate-limit-remaining": String(admission.remaining.day),
        "x-rate-limit-reset": String(secondsToMidnight(context.clock.now())),
      },
    };
  } finally {
    admission.leave();
  }
}

/** The sentences are those that live organisations were seen to give. */
function refuseOverLimit(context: SandboxContext, problem: LimitProblem, callsADay: number): SandboxResponse {
  if (problem === "day")
    return refuse(
      429,
      CODE_DAY,
      `The API call for this organization has exceeded the maximum call rate limit of ${callsADay.toLocaleString("en")}`,
    );
  if (problem === "concurrent")
    return refuse(
      429,
      CODE_CONCURRENT,
      "You have reached the maximum number of in process requests allowed. Kindly try again after some time.",
    );
  const sentence =
    "For security reasons you have been blocked for some time as you have exceeded the maximum number of requests per minute.";
  if (context.switches.get("zoho.minute-limit") === "44") return refuse(429, CODE_MINUTE, sentence);
  const blocked = refuse(429, CODE_BLOCKED, sentence);
  return { ...blocked, headers: { ...blocked.headers, "retry-after": "3600" } };
}

function secondsToMidnight(now: Date): number {
  return 86_400 - Math.floor((now.getTime() % 86_400_000) / 1000);
}

function routeCall(
  context: SandboxContext,
  books: Books,
  token: StoredAccessToken,
  product: FinanceProduct,
  call: Pick<BooksCall, "organizationId" | "organization"> & {
    readonly path: string;
    readonly request: SandboxRequest;
    readonly input: unknown;
  },
): SandboxResponse {
  const { organizationId, organization, path, request, input } = call;
  const route = product.findRoute(request.method, path);
  if (route === null) return refuseAddress(context, product, request.method, path);
  if (!product.scopeCovers(token.scopes, request.method, route.module))
    return refuse(401, CODE_NO_SCOPE, "You are not authorized to perform this operation");
  return route.answer(
    {
      context,
      books,
      organizationId,
      organization,
      ids: route.ids,
      query: request.query,
      input,
      request,
    },
    request,
  );
}

function refuseAddress(
  context: SandboxContext,
  product: FinanceProduct,
  method: string,
  path: string,
): SandboxResponse {
  const known = Object.keys(SCOPE_VERBS).some((other) => product.findRoute(other, path) !== null);
  if (known && context.switches.get("zoho.wrong-method") === "37")
    return refuse(
      405,
      CODE_WRONG_METHOD,
      `The HTTP method ${method} is not allowed for the requested resource`,
    );
  return refuse(404, CODE_INVALID_URL, "Invalid URL Passed");
}

/** The verb of a scope by the method of the call. */
export const SCOPE_VERBS: Readonly<Record<string, string>> = {
  GET: "READ",
  POST: "CREATE",
  PUT: "UPDATE",
  DELETE: "DELETE",
};
