/**
 * The simulated TIMS ERP: a token endpoint and /api/v1 for one company. TIMS publishes nothing of its API, so all but
 * three addresses is this project's assumption (README.md). Nobody may take an answer of this for TIMS' own word.
 */
import { jsonAnswer } from "@/sandbox/kit/answers";
import { createLimits } from "@/sandbox/kit/limits";
import { personEdit } from "@/sandbox/kit/person-edit";
import type {
  CallDescription,
  SandboxContext,
  SandboxRequest,
  SandboxResponse,
  SandboxService,
} from "@/sandbox/kit/types";
import { refuse, withAmounts } from "./answers";
import { answerList } from "./lists";
import { openTimsBooks, type TimsBooks } from "./open-books";
import { findResource, type ResourceName } from "./records";
import { createTokens, TIMS_CLIENT, type Tokens } from "./tokens";
import { answerWrite } from "./writes";

const API = "/api/v1";
const TOKEN_PATH = "/oauth/token";
const COMPANY_HEADER = "x-company-id";
const LIMITS = { perMinute: 120, perDay: 10_000, concurrent: 5, appPerMinute: null };

/** `machineNow` is the clock of tokens: sandbox time unless told. */
export function createTimsService(
  context: SandboxContext,
  options: { readonly machineNow?: () => number } = {},
): SandboxService & { readonly tokens: Tokens } {
  const books = openTimsBooks(context);
  const tokens = createTokens(books, options.machineNow ?? (() => context.clock.now().getTime()));
  const limits = createLimits(context);

  async function answerApi(path: string, request: SandboxRequest): Promise<SandboxResponse> {
    if (tokens.clientOf(request) === null)
      return refuse(401, "INVALID_TOKEN", "The access token is not valid.");
    const found = findResource(path);
    const isAbsent =
      (found?.name === "creditMemos" || found?.name === "vendorCredits") &&
      context.switches.get("tims.credits") === "absent";
    if (found === null || isAbsent) return refuse(404, "UNKNOWN_ADDRESS", "There is no such address.");
    const company = request.headers[COMPANY_HEADER] ?? "";
    if (found.name !== "companies" && books.table("companies").get(company) === undefined)
      return refuse(403, "UNKNOWN_COMPANY", "This client may not work in that company.");
    const entered = limits.enter(company, LIMITS);
    if (!entered.admitted)
      return refuse(429, "RATE_LIMITED", `Too many calls (${entered.problem}).`, {
        "retry-after": String(entered.retryAfterSeconds ?? 1),
      });
    try {
      return answerResource(context, books, found, request);
    } finally {
      entered.leave();
    }
  }

  return {
    prefix: "tims",
    tokens,
    describe,
    callerOf: (request) => (request.path === TOKEN_PATH ? TIMS_CLIENT.clientId : tokens.clientOf(request)),
    faults: {
      limits: ["minute", "day", "concurrent"],
      rateLimit: (problem) =>
        refuse(429, "RATE_LIMITED", `Too many calls (${problem}).`, { "retry-after": "20" }),
      expireToken: (request) => tokens.expire(request),
      revokeToken: () => tokens.revoke(),
      edit(asked) {
        const edit = personEdit.safeParse(asked);
        if (!edit.success || "act" in edit.data)
          return { ok: false, text: "TIMS knows edits by method and path alone" };
        const { method, path, body } = edit.data;
        const found = findResource(path);
        const answer =
          found === null
            ? null
            : answerWrite(books, found.name, found.rest, {
                ...{ method, path, query: new URLSearchParams(), headers: {} },
                body: Buffer.from(JSON.stringify(body ?? {})),
              });
        return { ok: answer !== null && answer.status < 400, text: path };
      },
    },
    async handle(request) {
      if (request.path === TOKEN_PATH) return tokens.issue(request);
      return request.path.startsWith(`${API}/`)
        ? answerApi(request.path.slice(API.length), request)
        : refuse(404, "UNKNOWN_ADDRESS", "There is no such address.");
    },
  };
}

function answerResource(
  context: SandboxContext,
  books: TimsBooks,
  { name, rest }: { name: ResourceName; rest: readonly string[] },
  request: SandboxRequest,
): SandboxResponse {
  const amounts = context.switches.get("tims.amounts");
  if (request.method !== "GET")
    return (
      answerWrite(books, name, rest, request) ??
      refuse(405, "METHOD_NOT_ALLOWED", "TIMS does not take that here.")
    );
  const [id, part] = rest;
  if (id === undefined) return answerList(books, name, request, amounts);
  const row = books.table(name).get(id);
  if (row === undefined) return refuse(404, "NOT_FOUND", "There is no such record.");
  if (name === "items" && part === "quantity") {
    const { sku, quantityOnHand = 0, quantityAllocated = 0 } = row;
    const quantityAvailable = Number(quantityOnHand) - Number(quantityAllocated);
    return jsonAnswer(200, {
      data: { sku, quantityOnHand, quantityAllocated, quantityAvailable, asOf: books.stamp() },
    });
  }
  return part === undefined
    ? jsonAnswer(200, { data: withAmounts(row, amounts) })
    : refuse(404, "UNKNOWN_ADDRESS", "There is no such address.");
}

function describe(request: SandboxRequest): CallDescription {
  if (request.path === TOKEN_PATH) return { tenant: null, operation: TOKEN_PATH, kind: "auth" };
  const path = request.path.startsWith(`${API}/`) ? request.path.slice(API.length) : request.path;
  const found = findResource(path);
  const [id, part] = found?.rest ?? [];
  const whole = id === undefined ? path : path.replace(`/${encodeURIComponent(id)}`, "/{id}");
  return {
    tenant: request.headers[COMPANY_HEADER] ?? null,
    operation: part === undefined || whole.endsWith(part) ? whole : path,
    kind: request.method === "GET" ? "read" : "write",
  };
}
