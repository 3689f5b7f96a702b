import { z } from "zod";
import type { ConnectorAuth, Tenant, TokenSet } from "@/lib/connectors/contract/connector";
import { ConnectorError } from "@/lib/connectors/contract/connector-error";
import { type HttpAnswer, HttpFailure, type HttpRequest, sendRequest } from "@/lib/http/send-request";
import type { Clock } from "@/lib/kernel/clock";
import { type CallKind, errorOfAnswer, errorOfFailure, wireMismatch } from "./errors";
import { xeroManifest } from "./manifest";
import { parseJson } from "./wire/envelope";
import { firstIssue } from "./wire/values";

/**
 * Consent, tokens and disconnecting (OAuth 2, code with PKCE). The SDK's own helpers hard-code Xero's hosts and keep
 * tokens in a shared object, so these few calls are made by hand. The client secret goes to the configured authority
 * and nowhere else. Xero rotates the refresh token at every refresh and still takes the one before it for 30 minutes.
 * (developer.xero.com, OAuth 2.0 authorisation flow, checked 2026-11-21.)
 */

export interface XeroAuthConfig {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly authority: string;
  readonly loginAuthority?: string;
  readonly apiBase: string;
  readonly requestTimeoutMs: number;
  readonly clock: Clock;
}

const XERO_AUTHORITY = "https://identity.xero.com";
const XERO_LOGIN_AUTHORITY = "https://login.xero.com/identity";
const REGION = "global";
/** A refresh whose answer is cut off costs a person's consent, so it is given more time than other calls. */
const TOKEN_TIMEOUT_MS_MIN = 30_000;

export function createXeroAuth(config: XeroAuthConfig): ConnectorAuth {
  return {
    authorizeUrl: (request) => authorizeUrl(config, request),

    async exchange({ callback, redirectUri, codeVerifier }) {
      const code = callback.get("code");
      if (callback.has("error") || code === null) {
        throw new ConnectorError("permission", "The connection was not allowed in Xero.", {
          mayHaveBeenApplied: false,
        });
      }
      const tokens = await requestTokens(config, {
        grant_type: "authorization_code",
        code,
        redirect_uri: redirectUri,
        code_verifier: codeVerifier,
      });
      return { tokens: tokenSet(config, tokens, null), region: REGION, apiBase: config.apiBase };
    },

    refresh: (tokens) => refresh(config, tokens),
    listTenants: (tokens, { apiBase }) => listTenants(config, tokens, apiBase),
    disconnect: (tokens, { apiBase, authorisationId }) =>
      disconnect(config, tokens, apiBase, authorisationId),
  };
}

function authorizeUrl(config: XeroAuthConfig, request: Parameters<ConnectorAuth["authorizeUrl"]>[0]): string {
  const ownLogin = config.authority === XERO_AUTHORITY ? XERO_LOGIN_AUTHORITY : config.authority;
  const address = new URL(`${config.loginAuthority ?? ownLogin}/connect/authorize`);
  address.search = new URLSearchParams({
    response_type: "code",
    client_id: config.clientId,
    redirect_uri: request.redirectUri,
    scope: xeroManifest.scopes.map(({ name }) => name).join(" "),
    state: request.state,
    code_challenge: request.codeChallenge,
    code_challenge_method: "S256",
  }).toString();
  return address.toString();
}

const tokenAnswer = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1),
  expires_in: z.number().int().positive(),
  scope: z.string().nullish(),
});
type TokenAnswer = z.output<typeof tokenAnswer>;

const connectAgain = (): ConnectorError =>
  new ConnectorError("authExpired", "Xero no longer accepts this connection; it has to be connected again.", {
    mayHaveBeenApplied: false,
  });

async function refresh(config: XeroAuthConfig, tokens: TokenSet): Promise<TokenSet> {
  const tried = [tokens.refreshToken, tokens.previousRefreshToken];
  for (const refreshToken of tried) {
    if (refreshToken === null || refreshToken === "") continue;
    try {
      const answer = await requestTokens(config, {
        grant_type: "refresh_token",
        refresh_token: refreshToken,
      });
      return tokenSet(config, answer, refreshToken);
    } catch (thrown) {
      // Only this one answer says that the token is spent; after any other the next try is no better.
      if (!(thrown instanceof ConnectorError) || thrown.kind !== "authExpired") throw thrown;
    }
  }
  throw connectAgain();
}

async function requestTokens(config: XeroAuthConfig, form: Record<string, string>): Promise<TokenAnswer> {
  const answer = await send("write", {
    method: "POST",
    url: `${config.authority}/connect/token`,
    headers: formHeaders(config),
    body: new URLSearchParams(form).toString(),
    timeoutMs: Math.max(config.requestTimeoutMs, TOKEN_TIMEOUT_MS_MIN),
  });
  if (answer.status !== 200) throw tokenError(answer);
  const parsed = tokenAnswer.safeParse(parseJson(answer.text));
  if (!parsed.success) throw wireMismatch(`the token answer at ${firstIssue(parsed.error)}`);
  return parsed.data;
}

const errorBody = z.object({ error: z.string() });

function tokenError(answer: HttpAnswer): ConnectorError {
  const error = errorBody.safeParse(parseJson(answer.text)).data?.error;
  if (error === "invalid_grant") return connectAgain();
  if (error === "invalid_client" || error === "unauthorized_client") {
    return new ConnectorError("permission", "Xero does not know this app's client id and secret.", {
      mayHaveBeenApplied: false,
    });
  }
  return errorOfAnswer(answer, "write");
}

function tokenSet(config: XeroAuthConfig, answer: TokenAnswer, usedRefreshToken: string | null): TokenSet {
  const isRotated = answer.refresh_token !== usedRefreshToken;
  return {
    accessToken: answer.access_token,
    refreshToken: answer.refresh_token,
    expiresAt: new Date(config.clock.now().getTime() + answer.expires_in * 1000).toISOString(),
    scopes: (answer.scope ?? "").split(" ").filter((scope) => scope !== ""),
    previousRefreshToken: isRotated ? usedRefreshToken : null,
  };
}

const connections = z.array(
  z.object({
    id: z.string(),
    tenantId: z.string(),
    tenantType: z.string(),
    tenantName: z.string().nullish(),
  }),
);

/**
 * The organisations that this consent connected, or all of this person's where the consent names none (a second
 * consent for an organisation that was connected already).
 */
async function listTenants(
  config: XeroAuthConfig,
  tokens: TokenSet,
  apiBase: string,
): Promise<readonly Tenant[]> {
  const eventId = authenticationEventId(tokens.accessToken);
  const added = eventId === null ? [] : await readConnections(config, tokens, apiBase, eventId);
  return added.length > 0 ? added : readConnections(config, tokens, apiBase, null);
}

async function readConnections(
  config: XeroAuthConfig,
  tokens: TokenSet,
  apiBase: string,
  eventId: string | null,
): Promise<Tenant[]> {
  const query = eventId === null ? "" : `?authEventId=${encodeURIComponent(eventId)}`;
  const answer = await send("read", {
    method: "GET",
    url: `${apiBase}/connections${query}`,
    headers: bearer(tokens),
    timeoutMs: config.requestTimeoutMs,
  });
  if (answer.status !== 200) throw errorOfAnswer(answer, "read");
  const parsed = connections.safeParse(parseJson(answer.text));
  if (!parsed.success) throw wireMismatch(`the connections at ${firstIssue(parsed.error)}`);
  return parsed.data
    .filter(({ tenantType }) => tenantType === "ORGANISATION")
    .map(({ id, tenantId, tenantName }) => ({ tenantId, name: tenantName ?? "", authorisationId: id }));
}

const claims = z.object({ authentication_event_id: z.string() });

/** A claim of the access token. It is only read to ask Xero about it, so its signature does not matter. */
function authenticationEventId(accessToken: string): string | null {
  const payload = accessToken.split(".")[1];
  if (payload === undefined) return null;
  const text = Buffer.from(payload, "base64url").toString("utf8");
  return claims.safeParse(parseJson(text)).data?.authentication_event_id ?? null;
}

/**
 * Ends the connection at Xero. The refresh token is revoked only when it was this person's last connection: a
 * revocation ends every other connection made under it as well.
 */
async function disconnect(
  config: XeroAuthConfig,
  tokens: TokenSet,
  apiBase: string,
  authorisationId: string,
): Promise<void> {
  if (authorisationId !== "") {
    const answer = await send("write", {
      method: "DELETE",
      url: `${apiBase}/connections/${encodeURIComponent(authorisationId)}`,
      headers: bearer(tokens),
      timeoutMs: config.requestTimeoutMs,
    });
    if (answer.status !== 204 && answer.status !== 200 && answer.status !== 404)
      throw errorOfAnswer(answer, "write");
    const others = await readConnections(config, tokens, apiBase, null);
    if (others.length > 0) return;
  }
  const answer = await send("write", {
    method: "POST",
    url: `${config.authority}/connect/revocation`,
    headers: formHeaders(config),
    body: new URLSearchParams({ token: tokens.refreshToken }).toString(),
    timeoutMs: config.requestTimeoutMs,
  });
  if (answer.status !== 200) throw tokenError(answer);
}

async function send(call: CallKind, request: HttpRequest): Promise<HttpAnswer> {
  try {
    return await sendRequest(request);
  } catch (thrown) {
    throw thrown instanceof HttpFailure ? errorOfFailure(thrown, call) : thrown;
  }
}

const bearer = (tokens: TokenSet): Record<string, string> => ({
  authorization: `Bearer ${tokens.accessToken}`,
  accept: "application/json",
});

function formHeaders(config: XeroAuthConfig): Record<string, string> {
  const credentials = Buffer.from(`${config.clientId}:${config.clientSecret}`).toString("base64");
  return {
    authorization: `Basic ${credentials}`,
    "content-type": "application/x-www-form-urlencoded",
    accept: "application/json",
  };
}
