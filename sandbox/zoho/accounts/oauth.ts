/**
 * The simulated Zoho Accounts: consent, code exchange, refresh, revocation, list of data centres. The user
 * is always signed in. Errors are JSON {"error":...} whose HTTP status Zoho does not document (a switch).
 * https://www.zoho.com/accounts/protocol/oauth/web-apps/ (checked 2026-11-21)
 */
import { htmlAnswer, jsonAnswer, readBasicAuth, readForm, redirectAnswer } from "@/sandbox/kit/answers";
import type { SandboxContext, SandboxRequest, SandboxResponse } from "@/sandbox/kit/types";
import { readParts } from "../books/trade/multipart";
import {
  accountsUrl,
  apiDomain,
  DATA_CENTRES,
  type DataCentre,
  HOME_DATA_CENTRE,
  locationOf,
} from "../data-centres";
import { type ConsentRequest, consentPage, refusalPage } from "./consent-page";
import { ACCESS_TOKEN_LIFETIME_S, type Grants, type IssuedTokens } from "./grants";
import { describeScope } from "./scopes";

/** The one app that is registered with the sandbox, in every data centre. */
export const ZOHO_CLIENT = {
  clientId: "1000.SANDBOXTIEOUT",
  clientSecret: "sandbox-zoho-client-secret",
} as const;

export const ZOHO_USER = {
  id: "20094417263",
  name: "Olivia Shaw",
  email: "olivia@tidewatergifts.test",
} as const;

export interface Accounts {
  /** `path` comes after /accounts. */
  handle(dataCentre: DataCentre, path: string, request: SandboxRequest): SandboxResponse;
}

/** The secret of the app in a data centre. */
export function clientSecretOf(context: SandboxContext, dataCentre: DataCentre): string {
  return context.switches.get("zoho.client-secret") === "same"
    ? ZOHO_CLIENT.clientSecret
    : `${ZOHO_CLIENT.clientSecret}-${dataCentre}`;
}

export function createAccounts(context: SandboxContext, grants: Grants): Accounts {
  return {
    handle(dataCentre, path, request) {
      switch (`${request.method} ${path}`) {
        case "GET /oauth/v2/auth":
          return showConsent(dataCentre, request.query);
        case "POST /oauth/v2/auth":
          return decide(context, grants, dataCentre, readForm(request));
        case "POST /oauth/v2/token":
          return giveTokens(context, grants, dataCentre, request);
        case "POST /oauth/v2/token/revoke":
        case "POST /oauth/v2/revoke/token":
          return revoke(context, grants, dataCentre, path, parameters(request));
        case "GET /oauth/serverinfo":
          return listServers(context);
        default:
          return htmlAnswer(404, refusalPage("not_found", "Zoho Accounts has no such page."));
      }
    },
  };
}

function showConsent(dataCentre: DataCentre, query: URLSearchParams): SandboxResponse {
  const request = readConsentRequest(query);
  if ("error" in request) return htmlAnswer(400, refusalPage(request.error, request.explanation));
  return htmlAnswer(200, consentPage(request, ZOHO_USER, dataCentre));
}

function readConsentRequest(asked: URLSearchParams): ConsentRequest | { error: string; explanation: string } {
  const clientId = asked.get("client_id") ?? "";
  const redirectUri = asked.get("redirect_uri") ?? "";
  const scopes = (asked.get("scope") ?? "").split(/[\s,]+/).filter((scope) => scope !== "");
  if (asked.get("response_type") !== "code")
    return { error: "invalid_response_type", explanation: "The response type must be code." };
  if (clientId !== ZOHO_CLIENT.clientId)
    return { error: "invalid_client", explanation: "No app with this client id is registered." };
  if (!/^(https:\/\/|http:\/\/localhost[:/])/.test(redirectUri) || !URL.canParse(redirectUri))
    return { error: "invalid_redirect_uri", explanation: "The redirect address is not one of the app's." };
  if (scopes.length === 0 || scopes.some((scope) => describeScope(scope) === null))
    return { error: "invalid_scope", explanation: "The app asks for a scope that does not exist." };
  return {
    clientId,
    redirectUri,
    scopes,
    state: asked.get("state") ?? "",
    offline: asked.get("access_type") === "offline",
    prompted: asked.get("prompt") === "consent",
  };
}

function decide(
  context: SandboxContext,
  grants: Grants,
  dataCentre: DataCentre,
  form: URLSearchParams,
): SandboxResponse {
  const request = readConsentRequest(form);
  if ("error" in request) return htmlAnswer(400, refusalPage(request.error, request.explanation));
  const target = new URL(request.redirectUri);
  if (request.state !== "") target.searchParams.set("state", request.state);
  if (form.get("decision") !== "accept") {
    target.searchParams.set("error", "access_denied");
    return redirectAnswer(target.href);
  }
  const home = context.switches.get("zoho.consent-location") === "home" ? HOME_DATA_CENTRE : dataCentre;
  const { clientId, scopes, redirectUri, prompted } = request;
  // Zoho remembers who consented and gives no second refresh token unless it is asked to prompt.
  const again =
    prompted || context.switches.get("zoho.refresh-token-without-prompt") === "given"
      ? true
      : !grants.hasGrant(clientId, ZOHO_USER.id, home);
  const offline = request.offline && again;
  target.searchParams.set(
    "code",
    grants.issueCode({ dataCentre: home, clientId, userId: ZOHO_USER.id, scopes, redirectUri, offline }),
  );
  target.searchParams.set("location", locationOf(home));
  target.searchParams.set("accounts-server", accountsUrl(context.origin, home));
  return redirectAnswer(target.href);
}

/**
 * Parameters may stand in the query, in the form (Zoho's own SDKs send a multipart one), or (the client's) in a
 * Basic header.
 */
function parameters(request: SandboxRequest): URLSearchParams {
  const parts = readParts(request.headers["content-type"] ?? "", request.body);
  const form: Iterable<readonly [string, string]> =
    parts.length === 0
      ? readForm(request)
      : parts.map(({ name, content }) => [name, content.toString("utf8")] as const);
  const all = new URLSearchParams();
  for (const [name, value] of [...request.query, ...form]) all.append(name, value);
  const basic = readBasicAuth(request);
  if (basic !== null) {
    all.set("client_id", basic.user);
    all.set("client_secret", basic.password);
  }
  return all;
}

function giveTokens(
  context: SandboxContext,
  grants: Grants,
  dataCentre: DataCentre,
  request: SandboxRequest,
): SandboxResponse {
  const asked = parameters(request);
  if (asked.get("client_id") !== ZOHO_CLIENT.clientId) return refuseToken(context, "invalid_client");
  if (asked.get("client_secret") !== clientSecretOf(context, dataCentre))
    return refuseToken(context, "invalid_client_secret");
  switch (asked.get("grant_type")) {
    case "authorization_code":
      return exchangeCode(context, grants, dataCentre, asked);
    case "refresh_token": {
      const refreshed = grants.refresh(asked.get("refresh_token") ?? "", dataCentre);
      if (refreshed.outcome === "issued") return issued(context, dataCentre, refreshed.tokens);
      if (refreshed.outcome === "unknown") return refuseToken(context, "invalid_code");
      return refuseTooMany();
    }
    default:
      return refuseToken(context, "invalid_grant_type");
  }
}

function exchangeCode(
  context: SandboxContext,
  grants: Grants,
  dataCentre: DataCentre,
  asked: URLSearchParams,
): SandboxResponse {
  const code = asked.get("code") ?? "";
  const elsewhere = DATA_CENTRES.some((other) => other !== dataCentre && grants.holdsCode(code, other));
  // The app is known here, but this user's account is not: that is how Zoho words it.
  if (elsewhere) return refuseToken(context, "invalid_client");
  const grant = grants.takeCode(code, dataCentre);
  if (grant === null) return refuseToken(context, "invalid_code");
  if (asked.get("redirect_uri") !== grant.redirectUri) return refuseToken(context, "invalid_redirect_uri");
  const tokens = grants.issueTokens(grant);
  return tokens === null ? refuseTooMany() : issued(context, dataCentre, tokens);
}

/** Ten access tokens in ten minutes, or five refresh tokens in one. */
function refuseTooMany(): SandboxResponse {
  return jsonAnswer(400, {
    error: "Access Denied",
    error_description: "You have made too many requests continuously. Please try again after some time.",
    status: "failure",
  });
}

function issued(context: SandboxContext, dataCentre: DataCentre, tokens: IssuedTokens): SandboxResponse {
  return jsonAnswer(
    200,
    {
      access_token: tokens.accessToken,
      refresh_token: tokens.refreshToken ?? undefined,
      scope: tokens.scopes.join(" "),
      api_domain: apiDomain(context.origin, dataCentre),
      token_type: "Bearer",
      expires_in: ACCESS_TOKEN_LIFETIME_S,
    },
    { "cache-control": "no-store" },
  );
}

function refuseToken(context: SandboxContext, error: string): SandboxResponse {
  return jsonAnswer(Number(context.switches.get("zoho.token-error-status")), { error });
}

/** Of the two addresses the one of the Accounts docs wants to know the app, the older one only the token. */
function revoke(
  context: SandboxContext,
  grants: Grants,
  dataCentre: DataCentre,
  path: string,
  asked: URLSearchParams,
): SandboxResponse {
  if (path === "/oauth/v2/revoke/token") {
    if (asked.get("client_id") !== ZOHO_CLIENT.clientId) return refuseToken(context, "invalid_client");
    if (asked.get("client_secret") !== clientSecretOf(context, dataCentre))
      return refuseToken(context, "invalid_client_secret");
  }
  return grants.revoke(asked.get("token") ?? "", dataCentre)
    ? jsonAnswer(200, { status: "success" })
    : refuseToken(context, context.switches.get("zoho.revoked-error"));
}

function listServers(context: SandboxContext): SandboxResponse {
  const locations: Record<string, string> = {};
  for (const dataCentre of DATA_CENTRES)
    locations[locationOf(dataCentre)] = accountsUrl(context.origin, dataCentre);
  return jsonAnswer(200, { result: "success", locations });
}
