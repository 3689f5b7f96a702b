/**
 * The gateway of the simulated accounting API: token, tenant, scope, limits, size, idempotency, in Xero's
 * order (limits count before idempotency, and replays count too), then the endpoint, then JSON or XML.
 */
import { ELEMENTS_HEADER } from "@/sandbox/kit/http";
import type { Admission, LimitRules, Limits } from "@/sandbox/kit/limits";
import type { SandboxContext, SandboxRequest, SandboxResponse } from "@/sandbox/kit/types";
import {
  gatewayRefusal,
  notFound,
  postDataInvalid,
  serverError,
  type Wire,
  type XeroAnswer,
  XeroRefusal,
} from "../answer";
import type { Books, XeroRecords } from "../books";
import { isRapidSync } from "../identity/connection-limits";
import type { Caller, Grants } from "../identity/grants";
import { XERO_CUSTOM_CLIENT_ID } from "../identity/registered-apps";
import { prefersJson } from "../negotiate";
import type { Connection } from "../records";
import { checkRole } from "../settings/roles";
import { toXml } from "../xml";
import type { XeroCall } from "./call";
import { hasKey, type IdempotencyKeys } from "./idempotency";
import type { Route } from "./route";
import { type MatchedPath, matchPath } from "./routes";

const BODY_BYTES_SOFT_MAX = 3_500_000;
const BODY_BYTES_HARD_MAX = 10_000_000;

export interface ApiParts {
  readonly context: SandboxContext;
  readonly records: XeroRecords;
  readonly grants: Grants;
  readonly limits: Limits;
  readonly idempotency: IdempotencyKeys;
}

/** Answers a call below /api.xro/2.0; the path is what follows it. */
export async function answerApi(
  parts: ApiParts,
  path: string,
  request: SandboxRequest,
  match: (path: string) => MatchedPath | null = matchPath,
): Promise<SandboxResponse> {
  let admission: Admission | null = null;
  try {
    const caller = await identifyCaller(parts, request);
    const { books, connection } = connectedBooks(parts, caller, request);
    const matched = match(path);
    const route = matched?.routes.find((candidate) => candidate.method === request.method);
    if (matched === null) throw notFound();
    if (route === undefined) throw new XeroRefusal({ status: 405, body: "The method is not allowed here." });
    checkScope(parts, caller, route);
    checkRole(parts, caller.userId, route.operation);
    admission = enterLimits(parts, connection);
    if (!admission.admitted) return tooMany(parts.context, admission);
    const wait = Number(parts.context.switches.get("xero.latency-ms"));
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    if (hasKey(request) && parts.context.switches.get("xero.idempotency-store") === "down")
      throw serverError(parts.context.newId());
    const response = await parts.idempotency.once(
      {
        clientId: caller.clientId,
        tenant: books.tenantId,
        request,
        nowMs: parts.context.clock.now().getTime(),
      },
      async () => runRoute(parts, route, { books, caller, request, ids: matched.ids }),
      (message) => write(postDataInvalid(message).answer, request),
    );
    return { ...response, headers: { ...response.headers, ...remainingHeaders(admission) } };
  } catch (error) {
    if (error instanceof XeroRefusal) return write(error.answer, request);
    throw error;
  } finally {
    if (admission?.admitted) admission.leave();
  }
}

/** Whose valid access token the call carries; 401 without one. */
export async function identifyCaller(
  parts: Pick<ApiParts, "grants" | "context">,
  request: SandboxRequest,
): Promise<Caller> {
  const bearer = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? "")?.[1];
  const instance = parts.context.newId();
  if (bearer === undefined) throw gatewayRefusal(401, "AuthenticationUnsuccessful", instance);
  const caller = await parts.grants.verify(bearer);
  if (caller.ok) return caller.value;
  throw gatewayRefusal(
    401,
    caller.error === "expired" ? "TokenExpired: token expired" : "AuthenticationUnsuccessful",
    instance,
  );
}

function connectedBooks(
  { context, records }: ApiParts,
  caller: Caller,
  request: SandboxRequest,
): { books: Books; connection: Connection } {
  const asked = (request.headers["xero-tenant-id"] ?? "").toLowerCase();
  // A custom connection has one organisation and need not name it.
  const isOnlyOne = asked === "" && caller.clientId === XERO_CUSTOM_CLIENT_ID;
  for (const id of records.connections.by("user", `${caller.clientId} ${caller.userId}`)) {
    const connection = records.connections.head(id);
    if (connection === undefined || (connection.tenantId !== asked && !isOnlyOne)) continue;
    const books = records.books(connection.tenantId);
    if (books !== undefined) return { books, connection };
  }
  const status = context.switches.get("xero.after-disconnect") === "401" ? 401 : 403;
  throw gatewayRefusal(status, "AuthenticationUnsuccessful", context.newId());
}

function checkScope({ context }: ApiParts, caller: Caller, route: Route): void {
  const accepted = [route.scope];
  const isItems = route.operation.startsWith("/Items");
  if (isItems && context.switches.get("xero.items-scope") === "settings-or-invoices")
    accepted.push("accounting.invoices");
  const isOpen = accepted.some(
    (scope) =>
      caller.scopes.includes(scope) || (route.method === "GET" && caller.scopes.includes(`${scope}.read`)),
  );
  if (isOpen) return;
  const status = context.switches.get("xero.insufficient-scope") === "403" ? 403 : 401;
  throw gatewayRefusal(status, "AuthorizationUnsuccessful", context.newId(), {
    "www-authenticate": 'Bearer error="insufficient_scope"',
  });
}

/** Calls that Rapid Sync lets through count for the app and for calls at once, and nowhere else. */
function enterLimits({ context, limits }: ApiParts, connection: Connection): Admission {
  const rules = limitRules(context);
  const { tenantId } = connection;
  if (!isRapidSync(context, connection)) return limits.enter(tenantId, rules);
  const lifted = { ...rules, perMinute: Number.POSITIVE_INFINITY, perDay: Number.POSITIVE_INFINITY };
  const admission = limits.enter(`${tenantId} rapid`, lifted);
  const remaining = { ...admission.remaining, minute: rules.perMinute, day: rules.perDay };
  return { ...admission, remaining };
}

function limitRules({ switches }: SandboxContext): LimitRules {
  return {
    perMinute: 60,
    perDay: Number(switches.get("xero.day-limit")),
    concurrent: 5,
    appPerMinute: Number(switches.get("xero.app-minute-limit")),
  };
}

function remainingHeaders({ remaining }: Admission): Record<string, string> {
  return {
    "x-daylimit-remaining": String(remaining.day),
    "x-minlimit-remaining": String(remaining.minute),
    "x-appminlimit-remaining": String(remaining.appMinute),
  };
}

const PROBLEM_WORDS = {
  minute: "minute",
  day: "day",
  concurrent: "Concurrent",
  appminute: "AppMinute",
} as const;

function tooMany(
  { switches }: SandboxContext,
  admission: Extract<Admission, { admitted: false }>,
): SandboxResponse {
  const { retryAfterSeconds } = admission;
  const isLower = switches.get("xero.rate-limit-problem") === "lower";
  const problem = isLower ? admission.problem : PROBLEM_WORDS[admission.problem];
  const isSilent =
    admission.problem === "appminute" && switches.get("xero.app-minute-retry-after") === "absent";
  return {
    status: 429,
    headers: {
      ...remainingHeaders(admission),
      "content-type": "text/plain; charset=utf-8",
      "x-rate-limit-problem": problem,
      ...(retryAfterSeconds === null || isSilent ? {} : { "retry-after": String(retryAfterSeconds) }),
    },
    body: `Rate limit exceeded: ${problem}`,
  };
}

function runRoute(
  { context }: ApiParts,
  route: Route,
  call: Pick<XeroCall, "books" | "caller" | "request" | "ids">,
): SandboxResponse {
  const { request } = call;
  const isOverSoft =
    request.body.length > BODY_BYTES_SOFT_MAX && context.switches.get("xero.body-over-3.5-mb") === "refuse";
  // A file has its own limits, and its own words for being too large.
  const isFile = route.operation.endsWith("/Attachments/{id}");
  if (!isFile && (request.body.length > BODY_BYTES_HARD_MAX || isOverSoft))
    return { status: 413, headers: { "content-type": "text/plain" }, body: "Request Entity Too Large" };
  try {
    return write(route.handle({ context, ...call }), request);
  } catch (error) {
    if (error instanceof XeroRefusal) return write(numbered(context, error.answer), request);
    throw error;
  }
}

/** The number of a QueryParseException is nowhere confirmed. */
function numbered({ switches }: SandboxContext, answer: XeroAnswer): XeroAnswer {
  if (typeof answer.body !== "object" || answer.body?.Type !== "QueryParseException") return answer;
  return {
    ...answer,
    body: { ...answer.body, ErrorNumber: Number(switches.get("xero.query-parse-number")) },
  };
}

/** As the caller prefers it: a file as it is, otherwise JSON or XML. */
function write(answer: XeroAnswer, request: SandboxRequest): SandboxResponse {
  const headers = {
    ...answer.headers,
    ...(answer.elements === undefined ? {} : { [ELEMENTS_HEADER]: String(answer.elements) }),
  };
  if (answer.bytes !== undefined) return { status: answer.status, headers, body: answer.bytes };
  if (answer.body === null) return { status: answer.status, headers };
  if (typeof answer.body === "string")
    return {
      status: answer.status,
      headers: { "content-type": "text/plain; charset=utf-8", ...headers },
      body: answer.body,
    };
  const wantsJson = answer.isJson === true || prefersJson(request.headers.accept);
  return {
    status: answer.status,
    headers: {
      "content-type": wantsJson ? "application/json; charset=utf-8" : "text/xml; charset=utf-8",
      ...headers,
    },
    body: wantsJson ? toJson(answer.body, answer.records) : toXml(answer.body, answer.records),
  };
}

/** The whole body; each record becomes bytes before the next is made. */
function toJson(body: Wire, records: XeroAnswer["records"]): Buffer {
  const head = JSON.stringify(body);
  if (records === undefined) return Buffer.from(head);
  const parts = [Buffer.from(`${head.slice(0, -1)},${JSON.stringify(records.plural)}:[`)];
  for (const record of records.each)
    parts.push(Buffer.from(`${parts.length === 1 ? "" : ","}${JSON.stringify(record)}`));
  parts.push(Buffer.from("]}"));
  return Buffer.concat(parts);
}
