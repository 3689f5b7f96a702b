import { z } from "zod";
import type { ConnectorAuth, Tenant, TokenSet } from "@/lib/connectors/contract/connector";
import { type ConnectorError, failure } from "@/lib/connectors/contract/connector-error";
import { parseJsonOrNull } from "@/lib/connectors/contract/exact-json";
import { type HttpAnswer, sendRequest } from "@/lib/http/send-request";
import type { Clock } from "@/lib/kernel/clock";
import { readRows } from "./client";
import { API_BASE, APP_BASE, type TimesolvConfig, withoutSlash } from "./config";
import { digest } from "./digest";
import { errorOfAnswer, errorOfThrown, wireMismatch } from "./errors";
import { wireFirmSchema } from "./wire/firm";

/**
 * Consent and tokens. The code of TimeSolv's Authorize page does not expire and is exchanged again whenever a token is
 * needed, so it is what a connection keeps in the place of a refresh token, with the redirect address that it is bound to.
 * docs.eponalegal.com/siteprovisioning/plugins/TimeSolv.html (checked 2026-11-21)
 */
export function createTimesolvAuth(
  config: TimesolvConfig,
  requestTimeoutMs: number,
  clock: Clock,
): ConnectorAuth {
  const apiBase = withoutSlash(config.apiBase ?? API_BASE);

  async function exchangeCode(grant: Grant): Promise<Pick<TokenSet, "accessToken" | "expiresAt">> {
    const answer = await post(
      `${apiBase}/Token`,
      { "content-type": "application/x-www-form-urlencoded" },
      new URLSearchParams({
        client_id: config.clientId,
        client_secret: config.clientSecret,
        grant_type: "authorization_code",
        code: grant.code,
        redirect_uri: grant.redirectUri,
      }).toString(),
      requestTimeoutMs,
    );
    const token = readToken(answer);
    const lifetimeMs = (token.expires_in ?? LIFETIME_ASSUMED_S) * 1000;
    return {
      accessToken: token.access_token,
      expiresAt: new Date(clock.now().getTime() + lifetimeMs).toISOString(),
    };
  }

  return {
    authorizeUrl({ redirectUri, state }) {
      if (config.clientId === "")
        throw failure("permission", "Tieout is not registered with TimeSolv in this installation.");
      const query = new URLSearchParams({ redirect_uri: redirectUri, client_id: config.clientId, state });
      return `${withoutSlash(config.appBase ?? APP_BASE)}/Authorize.aspx?${query}`;
    },
    async exchange({ callback, redirectUri, region }) {
      const code = callback.get("code");
      if (code === null || code === "")
        throw failure("authExpired", "TimeSolv came back without a permission. Connect TimeSolv again.");
      const grant = { code, redirectUri };
      const token = await exchangeCode(grant);
      const tokens = { ...token, refreshToken: grantText(grant), scopes: [], previousRefreshToken: null };
      return { tokens, region, apiBase };
    },
    refresh: async (tokens) => ({ ...tokens, ...(await exchangeCode(readGrant(tokens.refreshToken))) }),
    listTenants: (tokens) => listFirms(tokens, apiBase, requestTimeoutMs),
    // No address that takes a permission back is known: the firm's owner does it inside TimeSolv.
    disconnect: async () => {},
  };
}

/** Neither a lifetime nor its field is known; a token that ends sooner is refused once and then renewed. */
const LIFETIME_ASSUMED_S = 900;

interface Grant {
  readonly code: string;
  readonly redirectUri: string;
}

const grantSchema = z.object({ code: z.string().min(1), redirectUri: z.string() });

const grantText = (grant: Grant): string => JSON.stringify(grant);

function readGrant(text: string): Grant {
  const grant = grantSchema.safeParse(parseJsonOrNull(text));
  if (!grant.success)
    throw failure(
      "authExpired",
      "The permission for TimeSolv cannot be read any more. Connect TimeSolv again.",
    );
  return grant.data;
}

const tokenSchema = z.looseObject({
  access_token: z.string().min(1),
  expires_in: z.coerce.number().positive().optional(),
});
const tokenErrorSchema = z.looseObject({ error: z.string().min(1) });

/** An error may come with any status, so the body decides. Its description may quote what was sent and is not passed on. */
function readToken(answer: HttpAnswer): z.output<typeof tokenSchema> {
  const json = parseJsonOrNull(answer.text);
  const error = tokenErrorSchema.safeParse(json);
  if (error.success && answer.status < 500 && answer.status !== 429) throw tokenError(error.data.error);
  if (answer.status >= 300) throw errorOfAnswer(answer);
  const token = tokenSchema.safeParse(json);
  if (!token.success) throw wireMismatch("the token answer cannot be read");
  return token.data;
}

/** Codes by which a client, and not a person's permission, is refused (RFC 6749, 5.2). */
const FAULTS_OF_OURS = new Set(["invalid_client", "unauthorized_client", "unsupported_grant_type"]);

function tokenError(error: string): ConnectorError {
  return FAULTS_OF_OURS.has(error)
    ? failure("permission", `TimeSolv does not accept Tieout itself (${error}).`)
    : failure("authExpired", "TimeSolv no longer accepts this connection. Connect TimeSolv again.");
}

/** A permission is for one firm. Where the firm itself cannot be read, the code stands for it, since it never changes. */
async function listFirms(tokens: TokenSet, apiBase: string, timeoutMs: number): Promise<readonly Tenant[]> {
  const answer = await post(
    `${apiBase}/firmSearch`,
    { "content-type": "application/json", authorization: `Bearer ${tokens.accessToken}` },
    "{}",
    timeoutMs,
  );
  if (answer.status === 404) {
    const { code } = readGrant(tokens.refreshToken);
    return [{ tenantId: `firm-${digest(code)}`, name: "TimeSolv firm", authorisationId: "" }];
  }
  return readRows(answer, "Firms").map((row) => {
    const firm = wireFirmSchema.safeParse(row);
    if (!firm.success) throw wireMismatch("the firm cannot be read");
    return { tenantId: firm.data.FirmId, name: firm.data.FirmName, authorisationId: "" };
  });
}

async function post(
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  timeoutMs: number,
): Promise<HttpAnswer> {
  try {
    return await sendRequest({
      method: "POST",
      url,
      headers: { accept: "application/json", ...headers },
      body,
      timeoutMs,
    });
  } catch (thrown) {
    throw errorOfThrown(thrown);
  }
}
