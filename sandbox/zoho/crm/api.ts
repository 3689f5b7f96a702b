/**
 * The front of the CRM API v8: token, scope, credits and calls at once, then the route. A call costs one credit
 * of the organisation's rolling day (a write one for ten records begun, a lead conversion five); from half of
 * them on, answers say what is left. Calls at once are limited by edition, dear ones to ten.
 * https://www.zoho.com/crm/developer/docs/api/v8/api-limits.html (checked 2026-11-21)
 */
import { setImmediate as turn } from "node:timers/promises";
import { readJson } from "@/sandbox/kit/answers";
import type { SandboxContext, SandboxRequest, SandboxResponse } from "@/sandbox/kit/types";
import type { Grants } from "../accounts/grants";
import { ZOHO_USER } from "../accounts/oauth";
import { scopeCovers } from "../accounts/scopes";
import type { Books } from "../books/open-books";
import type { StoredOrganization, ZohoPlan } from "../books/records";
import { apiDomain, type DataCentre } from "../data-centres";
import { type CrmCall, crmError, refuseCrm } from "./answers";
import { type Credits, createCredits } from "./credits";
import { findModule } from "./modules";
import { openCrm } from "./open-crm";
import { FIXED_ROUTES, MODULE_ROUTES } from "./routes";

/** Calls at once, and credits a day for five users, by edition. */
const EDITIONS: Readonly<Record<ZohoPlan, { readonly atOnce: number; readonly credits: number }>> = {
  FREE: { atOnce: 5, credits: 5_000 },
  STANDARD: { atOnce: 10, credits: 51_250 },
  PROFESSIONAL: { atOnce: 15, credits: 52_500 },
  PREMIUM: { atOnce: 20, credits: 55_000 },
  ENTERPRISE: { atOnce: 20, credits: 55_000 },
};

export interface CrmApi {
  /** `path` comes after /crm/v8. */
  handle(dataCentre: DataCentre, path: string, request: SandboxRequest): Promise<SandboxResponse>;
}

type Answer = (call: CrmCall) => SandboxResponse;
type Found =
  | { readonly scope: readonly [module: string, verb: string]; readonly answer: Answer }
  | { readonly refused: SandboxResponse };

/** The CRM API of one sandbox, with credits that nobody has used yet. */
export function createCrmApi(context: SandboxContext, books: Books, grants: Grants): CrmApi {
  const credits = createCredits(context);
  return {
    async handle(dataCentre, path, request) {
      if (request.headers.authorization === undefined)
        return refuseCrm(401, crmError("AUTHENTICATION_FAILURE", "Authentication failed"));
      const token = grants.findAccess(request.headers.authorization, dataCentre);
      if (token === null) return refuseCrm(401, crmError("INVALID_TOKEN", "invalid oauth token"));
      const found = crmOrganization(books, dataCentre);
      if (found === null)
        return refuseCrm(
          403,
          crmError("NO_PERMISSION", "permission denied", { permissions: ["Crm_Implied_Api_Access"] }),
        );
      const route = findRoute(request.method, path);
      if ("refused" in route) return route.refused;
      const granted = (module: string, verb: string): boolean =>
        scopeCovers("ZohoCRM", token.scopes, verb, module);
      if (!granted(...route.scope))
        return refuseCrm(401, crmError("OAUTH_SCOPE_MISMATCH", "invalid oauth scope to access this URL"));
      const call: CrmCall = {
        context,
        // One queue for all, since whoever delivers knows no organisation.
        crm: { ...openCrm(context, found.id), notifications: openCrm(context).notifications },
        request,
        query: request.query,
        input: request.body.length === 0 ? undefined : readJson(request),
        user: ZOHO_USER,
        apiDomain: apiDomain(context.origin, dataCentre),
        timeZone: found.organization.timeZone,
        granted,
      };
      return withinCredits(credits, found.organization.plan, path, call, route.answer);
    },
  };
}

/** The organisation whose CRM a data centre has: the first of Books there. */
export function crmOrganization(
  books: Books,
  dataCentre: DataCentre,
): { readonly id: string; readonly organization: StoredOrganization } | null {
  for (const [id, organization] of books.organizations.heads())
    if (organization.dataCentre === dataCentre) return { id, organization };
  return null;
}

function findRoute(method: string, path: string): Found {
  const wrongMethod = {
    refused: refuseCrm(
      405,
      crmError("INVALID_REQUEST_METHOD", "The http request method type is not a valid one"),
    ),
  };
  const fixed = FIXED_ROUTES.filter((route) => route.pattern.test(path));
  if (fixed.length > 0) {
    const route = fixed.find((candidate) => candidate.method === method);
    if (route === undefined) return wrongMethod;
    const id = decodeURIComponent(route.pattern.exec(path)?.[1] ?? "");
    return { scope: route.scope, answer: (call) => route.handle(call, id) };
  }
  const [, name = "", rest = ""] = /^\/([^/]+)(\/.*)?$/.exec(path) ?? [];
  const routes = MODULE_ROUTES.filter((route) => route.pattern.test(rest));
  if (routes.length === 0) return { refused: unknownAddress(rest) };
  const module = findModule(name);
  if (module === null)
    return {
      refused: refuseCrm(
        400,
        crmError("INVALID_MODULE", "the module name given seems to be invalid", { resource_path_index: 0 }),
      ),
    };
  const route = routes.find((candidate) => candidate.method === method);
  if (route === undefined) return wrongMethod;
  if (route.leadsOnly === true && module.name !== "Leads") return { refused: unknownAddress("") };
  const id = route.pattern.exec(rest)?.[1] ?? "";
  return {
    scope: [`modules.${module.name.toLowerCase()}`, route.verb],
    answer: (call) => route.handle(call, module, id),
  };
}

/** A word where an id belongs is an id that is wrong; everything else is no address. */
function unknownAddress(rest: string): SandboxResponse {
  return /^\/[^/]+$/.test(rest)
    ? refuseCrm(400, crmError("INVALID_DATA", "the id given seems to be invalid", { resource_path_index: 1 }))
    : refuseCrm(
        404,
        crmError("INVALID_URL_PATTERN", "Please check if the URL trying to access is a correct one"),
      );
}

async function withinCredits(
  credits: Credits,
  plan: ZohoPlan,
  path: string,
  call: CrmCall,
  answer: Answer,
): Promise<SandboxResponse> {
  const { atOnce, credits: perDay } = EDITIONS[plan];
  const records = recordsIn(call.input);
  const admission = credits.enter({
    perDay,
    atOnce,
    cost: path.endsWith("/actions/convert") ? 5 : Math.max(1, Math.ceil(records / 10)),
    dear: records > 10 || /\/(search|coql|actions\/convert)$/.test(path),
  });
  if (!admission.admitted)
    return refuseCrm(429, crmError("TOO_MANY_REQUESTS", admission.message, admission.details));
  try {
    // Calls that arrive together must meet each other here, or the limit could never be reached.
    await turn();
    const response = answer(call);
    if (admission.remaining > perDay / 2) return response;
    return {
      ...response,
      headers: { ...response.headers, "x-api-credits-remaining": String(admission.remaining) },
    };
  } finally {
    admission.leave();
  }
}

function recordsIn(input: unknown): number {
  const data = typeof input === "object" && input !== null && "data" in input ? input.data : undefined;
  return Array.isArray(data) ? data.length : 0;
}
