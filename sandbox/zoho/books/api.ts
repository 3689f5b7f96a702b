/**
 * The front of the Books API: token, organisation, call limits, scope, then the route. Limits are Zoho's: 100
 * calls a minute and the plan's day for each organisation, ten at once; a 429 has no Retry-After.
 * https://www.zoho.com/books/api/v3/introduction/ (checked 2026-11-21)
 */
import { setImmediate as turn } from "node:timers/promises";
import { createLimits, type LimitRules, type Limits } from "@/sandbox/kit/limits";
import type { SandboxContext, SandboxRequest, SandboxResponse } from "@/sandbox/kit/types";
import type { Grants } from "../accounts/grants";
import type { DataCentre } from "../data-centres";
import { organizationWire } from "../wire/reference-wire";
import { type BooksCall, CODE_INVALID_URL, refuse, succeed } from "./answers";
import type { Books, StoredAccessToken } from "./open-books";
import type { StoredOrganization, ZohoPlan } from "./records";
import { findRoute, scopeCovers } from "./routes";

const CODE_NO_SCOPE = 57;
const CODE_MINUTE = 44;
const CODE_DAY = 45;
const CODE_CONCURRENT = 1070;
const CODE_WRONG_ORGANIZATION = 6041;
const CODE_NO_ORGANIZATION = 6;

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

export interface BooksApi {
  /** `path` comes after /books/v3. */
  handle(dataCentre: DataCentre, path: string, request: SandboxRequest): Promise<SandboxResponse>;
}

/** The API of one sandbox, with limits that nobody has used yet. */
export function createBooksApi(context: SandboxContext, books: Books, grants: Grants): BooksApi {
  const limits = createLimits(context);
  return {
    async handle(dataCentre, path, request) {
      const token = grants.findAccess(request.headers.authorization ?? "", dataCentre);
      if (token === null) return refuseToken(context);
      if (request.method === "GET" && path === "/organizations")
        return listOrganizations(books, dataCentre, token);
      const organizationId = request.query.get("organization_id") ?? "";
      const organization = books.organizations.get(organizationId);
      if (organizationId === "")
        return refuse(400, CODE_NO_ORGANIZATION, "The parameter organization_id is missing.");
      if (organization === undefined || organization.dataCentre !== dataCentre)
        return refuse(
          401,
          CODE_WRONG_ORGANIZATION,
          `This user is not associated with the organization: ${organizationId}`,
        );
      return withinLimits(context, limits, organizationId, organization, () =>
        routeCall(context, books, token, { organizationId, organization, path, request }),
      );
    },
  };
}

function refuseToken(context: SandboxContext): SandboxResponse {
  return context.switches.get("zoho.invalid-token-code") === "14"
    ? refuse(401, 14, "Invalid value passed for authtoken.")
    : refuse(401, CODE_NO_SCOPE, "You are not authorized to perform this operation");
}

function listOrganizations(books: Books, dataCentre: DataCentre, token: StoredAccessToken): SandboxResponse {
  if (!scopeCovers(token.scopes, "GET", "settings"))
    return refuse(401, CODE_NO_SCOPE, "You are not authorized to perform this operation");
  const organizations = [...books.organizations.heads()]
    .filter(([, organization]) => organization.dataCentre === dataCentre)
    .map(([id, organization], index) => ({
      ...organizationWire(books, id, organization),
      is_default_org: index === 0,
    }));
  return succeed({ organizations });
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
  if (!admission.admitted) {
    if (admission.problem === "day")
      return refuse(
        429,
        CODE_DAY,
        "For security reasons you have been blocked: the daily limit of API calls is reached.",
      );
    return admission.problem === "concurrent"
      ? refuse(429, CODE_CONCURRENT, "The maximum number of API calls being processed at once is reached.")
      : refuse(
          429,
          CODE_MINUTE,
          "For security reasons you have been blocked for some time: too many requests.",
        );
  }
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

function secondsToMidnight(now: Date): number {
  return 86_400 - Math.floor((now.getTime() % 86_400_000) / 1000);
}

function routeCall(
  context: SandboxContext,
  books: Books,
  token: StoredAccessToken,
  call: Pick<BooksCall, "organizationId" | "organization"> & {
    readonly path: string;
    readonly request: SandboxRequest;
  },
): SandboxResponse {
  const { organizationId, organization, path, request } = call;
  const match = findRoute(request.method, path);
  if (match === null) return refuse(404, CODE_INVALID_URL, "Invalid URL Passed");
  if (!scopeCovers(token.scopes, request.method, match.route.module))
    return refuse(401, CODE_NO_SCOPE, "You are not authorized to perform this operation");
  return match.route.handle({
    context,
    books,
    organizationId,
    organization,
    ids: match.ids,
    query: request.query,
    input: readInput(request),
  });
}

/** Zoho takes a JSON body, or the same text as the form field JSONString. */
function readInput(request: SandboxRequest): unknown {
  const text = request.body.toString("utf8");
  const form = (request.headers["content-type"] ?? "").startsWith("application/x-www-form-urlencoded");
  try {
    return JSON.parse(form ? (new URLSearchParams(text).get("JSONString") ?? "") : text);
  } catch {
    return undefined;
  }
}
