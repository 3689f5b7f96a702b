/**
 * The simulated TimeSolv: the Authorize page under /timesolv/App and the API under /timesolv/Services/rest/oAuth2V1. It
 * knows nothing of Xero or of Tieout, and takes no writes: none is publicly known. README.md says what of it is known.
 */
import { setImmediate as turn } from "node:timers/promises";
import { jsonAnswer, readForm } from "@/sandbox/kit/answers";
import { createLimits } from "@/sandbox/kit/limits";
import type { SandboxContext, SandboxRequest, SandboxResponse, SandboxService } from "@/sandbox/kit/types";
import { type Consent, createConsent, TIMESOLV_CLIENT } from "./oauth";
import { OBJECT_NAMES, type ObjectName, timesolvRecords } from "./records";
import { search } from "./search";

const AUTHORIZE = "/App/Authorize.aspx";
const API = "/Services/rest/oAuth2V1/";

/** No limit is known; these are what a careful client would keep to. */
const RULES = { perMinute: 60, perDay: 5_000, concurrent: 4, appPerMinute: null };
const TOO_MANY = {
  error: "too_many_requests",
  error_description: "Too many requests. Try again in a minute.",
};

export interface TimesolvService extends SandboxService {
  /** Takes back the permissions of a firm as its owner does inside TimeSolv; answers how many. */
  disconnect(firmId: string): number;
}

/** A TimeSolv over the context's store. `machineNow` is the clock of tokens: sandbox time unless told. */
export function createTimesolvService(
  context: SandboxContext,
  options: { readonly machineNow?: () => number } = {},
): TimesolvService {
  const records = timesolvRecords(context);
  const consent = createConsent(context, options.machineNow ?? (() => context.clock.now().getTime()));
  const limits = createLimits(context);

  async function call(request: SandboxRequest, operation: string): Promise<SandboxResponse> {
    const token = consent.findToken(request);
    if (token === null || consent.isExpired(token))
      return jsonAnswer(401, { error: "invalid_token", error_description: "The token is not valid." });
    if (request.method !== "POST") return jsonAnswer(405, { error: "method_not_allowed" });
    const admission = limits.enter(token.firmId, RULES);
    if (!admission.admitted) return jsonAnswer(429, TOO_MANY);
    try {
      // Calls that arrive together must meet each other here, or several at once could never be reached.
      await turn();
      return answer(request, operation, token.firmId);
    } finally {
      admission.leave();
    }
  }

  function answer(request: SandboxRequest, operation: string, firmId: string): SandboxResponse {
    if (operation === "firmSearch" && context.switches.get("timesolv.firm-search") === "present")
      return jsonAnswer(200, { Firms: [records.firms.get(firmId)] });
    const object = objectOf(operation);
    return object === null
      ? jsonAnswer(404, { error: "not_found", error_description: "There is no such address." })
      : search(records, object, firmId, request);
  }

  return {
    prefix: "timesolv",
    describe(request) {
      const operation = operationOf(request.path);
      if (operation === null)
        return { tenant: null, operation: request.path, kind: request.path === AUTHORIZE ? "page" : "read" };
      if (operation === "Token") return { tenant: null, operation: "/Token", kind: "auth" };
      const tenant = consent.findToken(request)?.firmId ?? null;
      return { tenant, operation: `/${operation}`, kind: "read" };
    },
    callerOf: (request) => callerOf(consent, request),
    faults: {
      limits: ["minute"],
      rateLimit: () => jsonAnswer(429, TOO_MANY),
      expireToken: (request) => consent.expire(request),
      revokeToken: (request) => consent.revoke(request),
      edit: () => ({ ok: false, text: "the simulated TimeSolv takes no edits between two calls" }),
    },
    disconnect: (firmId) => consent.revokeFirm(firmId),
    async handle(request) {
      if (request.path === AUTHORIZE) return consent.authorize(request);
      const operation = operationOf(request.path);
      if (operation === null) return jsonAnswer(404, { error: "not_found" });
      return operation === "Token" ? consent.token(request) : call(request, operation);
    },
  };
}

const operationOf = (path: string): string | null => (path.startsWith(API) ? path.slice(API.length) : null);

const objectOf = (operation: string): ObjectName | null =>
  OBJECT_NAMES.find((name) => `${name}Search` === operation) ?? null;

function callerOf(consent: Consent, request: SandboxRequest): string | null {
  if (operationOf(request.path) === "Token") return readForm(request).get("client_id");
  return consent.findToken(request) === null ? null : TIMESOLV_CLIENT.clientId;
}
