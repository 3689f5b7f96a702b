import { z } from "zod";
import type { ConnectorAuth, Tenant, TokenSet } from "@/lib/connectors/contract/connector";
import { failure } from "@/lib/connectors/contract/connector-error";
import { parseExactJson } from "@/lib/connectors/contract/exact-json";
import type { RecordType } from "@/lib/domain/record-type";
import { type HttpAnswer, sendRequest } from "@/lib/http/send-request";
import type { Clock } from "@/lib/kernel/clock";
import { API_PATH, readAnswer } from "./client";
import type { ZohoBooksConfig } from "./config";
import { findDataCentre, ZOHO_DATA_CENTRES, type ZohoDataCentre } from "./data-centres";
import { errorOfAnswer, errorOfThrown, wireMismatch } from "./errors";
import { zohoBooksManifest } from "./manifest";
import { wireOrganizationSchema } from "./wire/reference";

/**
 * Consent and tokens of Zoho Accounts, data centre by data centre. The secret and the tokens go only to hosts of our own
 * list or configuration: what a redirect or a token answer names is compared with them and never just followed.
 * https://www.zoho.com/accounts/protocol/oauth/web-apps.html (checked 2026-11-21)
 */
export function createZohoAuth(
  config: ZohoBooksConfig,
  requestTimeoutMs: number,
  clock: Clock,
): ConnectorAuth {
  const post = (region: string, path: string, form: Readonly<Record<string, string>>): Promise<HttpAnswer> =>
    postForm(`${accountsBase(config, region)}${path}`, form, requestTimeoutMs);
  const clientOf = (region: string) => ({
    client_id: config.clientId,
    client_secret: config.clientSecretOf?.(region) ?? config.clientSecret,
  });

  return {
    authorizeUrl({ redirectUri, state, region, writes = [] }) {
      const query = new URLSearchParams({
        response_type: "code",
        client_id: config.clientId,
        scope: scopesFor(writes).join(","),
        redirect_uri: redirectUri,
        // offline and consent together are what makes Zoho give a refresh token each time.
        access_type: "offline",
        prompt: "consent",
        state,
      });
      return `${accountsBase(config, region)}/oauth/v2/auth?${query}`;
    },

    async exchange({ callback, redirectUri, region }) {
      const code = callback.get("code");
      if (code === null || code === "") throw refusedConsent(callback.get("error"));
      const home = homeRegion(config, callback, region);
      const answer = readToken(
        await post(home, "/oauth/v2/token", {
          grant_type: "authorization_code",
          code,
          redirect_uri: redirectUri,
          ...clientOf(home),
        }),
      );
      if (answer.refresh_token === undefined)
        throw failure("authExpired", "Zoho gave no lasting permission. Connect Zoho Books again.");
      const tokens = {
        accessToken: answer.access_token,
        refreshToken: answer.refresh_token,
        expiresAt: expiry(clock, answer.expires_in),
        scopes: scopesOf(answer.scope),
        previousRefreshToken: null,
      };
      return { tokens, region: home, apiBase: apiBaseOf(config, home, answer.api_domain) };
    },

    async refresh(tokens, { region }) {
      const answer = readToken(
        await post(region, "/oauth/v2/token", {
          grant_type: "refresh_token",
          refresh_token: tokens.refreshToken,
          ...clientOf(region),
        }),
      );
      return {
        ...tokens,
        accessToken: answer.access_token,
        // Zoho does not rotate refresh tokens; an answer that brings one is obeyed all the same.
        refreshToken: answer.refresh_token ?? tokens.refreshToken,
        expiresAt: expiry(clock, answer.expires_in),
      };
    },

    listTenants: (tokens, { apiBase }) => listOrganizations(tokens, apiBase, requestTimeoutMs),

    async disconnect(tokens, { region }) {
      // In the body, so that the token stands in no access log.
      const answer = await post(region, "/oauth/v2/token/revoke", {
        token: tokens.refreshToken,
        ...clientOf(region),
      });
      const error = tokenErrorSchema.safeParse(jsonOrNull(answer.text));
      const isGone = error.success && ALREADY_GONE.has(error.data.error);
      if (!isGone && (error.success || answer.status >= 300))
        throw error.success ? tokenError(error.data.error) : errorOfAnswer(answer, null);
    },
  };
}

/** What is always asked for, and leave to write the record types that an owner wants written. */
function scopesFor(writes: readonly RecordType[]): string[] {
  const { scopes, writeScopes = [] } = zohoBooksManifest;
  return [...scopes, ...writeScopes.filter(({ recordType }) => writes.includes(recordType))].map(
    ({ name }) => name,
  );
}

async function postForm(
  url: string,
  form: Readonly<Record<string, string>>,
  timeoutMs: number,
): Promise<HttpAnswer> {
  try {
    return await sendRequest({
      method: "POST",
      url,
      headers: { "content-type": "application/x-www-form-urlencoded", accept: "application/json" },
      body: new URLSearchParams(form).toString(),
      timeoutMs,
    });
  } catch (thrown) {
    throw errorOfThrown(thrown);
  }
}

const tokenSchema = z.looseObject({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1).optional(),
  expires_in: z.coerce.number().positive(),
  api_domain: z.string().optional(),
  scope: z.string().optional(),
});

const tokenErrorSchema = z.looseObject({ error: z.string() });

const ALREADY_GONE = new Set(["invalid_code", "invalid_token"]);

/** Token errors come with status 200 or 400, so the body decides. */
function readToken(answer: HttpAnswer): z.output<typeof tokenSchema> {
  const json = jsonOrNull(answer.text);
  const error = tokenErrorSchema.safeParse(json);
  if (error.success) throw tokenError(error.data.error);
  if (answer.status >= 300) throw errorOfAnswer(answer, null);
  const token = tokenSchema.safeParse(json);
  if (!token.success) throw wireMismatch("the token answer cannot be read");
  return token.data;
}

/** Ten access tokens in ten minutes for each refresh token, then "Access Denied" (token-limits.html). */
const TOKEN_WINDOW_MS = 600_000;

const TOKEN_ERRORS: Readonly<Record<string, () => Error>> = {
  invalid_code: () =>
    failure("authExpired", "Zoho no longer accepts this connection. Connect Zoho Books again."),
  "Access Denied": () =>
    failure("rateLimited", "Zoho gives no more access to this connection for ten minutes.", {
      retryAfterMs: TOKEN_WINDOW_MS,
    }),
};

/** The rest is a fault of our registration with Zoho (client, secret, redirect), which no customer can mend. */
function tokenError(error: string): Error {
  const known = Object.hasOwn(TOKEN_ERRORS, error) ? TOKEN_ERRORS[error] : undefined;
  const name = /^[a-z_]{1,40}$/.test(error) ? error : "unknown";
  return known?.() ?? failure("permission", `Zoho does not accept Tieout itself (${name}).`);
}

function refusedConsent(error: string | null): Error {
  return failure(
    "authExpired",
    error === "access_denied"
      ? "The permissions were declined. Connect Zoho Books again to go on."
      : "Zoho came back without a permission. Connect Zoho Books again.",
  );
}

/**
 * The data centre where the account lives, from a redirect's `location` and `accounts-server`. Whoever can make a person
 * open a link could name a host of their own there, so both must agree with our own list.
 */
function homeRegion(config: ZohoBooksConfig, callback: URLSearchParams, asked: string): string {
  const location = callback.get("location");
  const server = callback.get("accounts-server");
  const home =
    location === null
      ? findDataCentre(asked)
      : (ZOHO_DATA_CENTRES.find((dataCentre) => dataCentre.location === location) ?? null);
  if (home === null || (server !== null && !isSameBase(server, accountsBase(config, home.id))))
    throw failure("permission", "The answer from Zoho names a data centre that Tieout does not know.");
  return home.id;
}

function accountsBase(config: ZohoBooksConfig, region: string): string {
  const { id, accountsBase: own } = knownRegion(region);
  return withoutSlash(config.accountsBase?.(id) ?? own);
}

/** A configured address stands; else the one that the token answer names, if it is one of Zoho's. */
function apiBaseOf(config: ZohoBooksConfig, region: string, apiDomain: string | undefined): string {
  const { id, apiBase: own } = knownRegion(region);
  if (config.apiBase !== undefined) return withoutSlash(config.apiBase(id));
  if (apiDomain === undefined) return own;
  const named = ZOHO_DATA_CENTRES.find(({ apiBase }) => isSameBase(apiDomain, apiBase));
  if (named === undefined)
    throw failure("permission", "The answer from Zoho names an API address that Tieout does not know.");
  return named.apiBase;
}

function knownRegion(region: string): ZohoDataCentre {
  const known = findDataCentre(region);
  if (known === null) throw failure("validation", "Zoho has no data centre of that name.");
  return known;
}

const withoutSlash = (url: string): string => url.replace(/\/+$/, "");

const isSameBase = (first: string, second: string): boolean =>
  URL.canParse(first) &&
  URL.canParse(second) &&
  withoutSlash(new URL(first).href) === withoutSlash(new URL(second).href);

const expiry = (clock: Clock, seconds: number): string =>
  new Date(clock.now().getTime() + seconds * 1000).toISOString();

const scopesOf = (scope: string | undefined): readonly string[] =>
  scope === undefined
    ? zohoBooksManifest.scopes.map(({ name }) => name)
    : scope.split(/[\s,]+/).filter((name) => name !== "");

function jsonOrNull(text: string): unknown {
  try {
    return parseExactJson(text);
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return null;
    throw thrown;
  }
}

const organizationsSchema = z.looseObject({ organizations: z.array(wireOrganizationSchema) });

/** One login can own several organisations; closed ones cannot be connected. */
async function listOrganizations(
  tokens: TokenSet,
  apiBase: string,
  timeoutMs: number,
): Promise<readonly Tenant[]> {
  let answer: HttpAnswer;
  try {
    answer = await sendRequest({
      method: "GET",
      url: `${withoutSlash(apiBase)}${API_PATH}/organizations`,
      headers: { authorization: `Zoho-oauthtoken ${tokens.accessToken}`, accept: "application/json" },
      timeoutMs,
    });
  } catch (thrown) {
    throw errorOfThrown(thrown);
  }
  const list = organizationsSchema.safeParse(readAnswer(answer).body);
  if (!list.success) throw wireMismatch("the organisations cannot be read");
  return list.data.organizations
    .filter(({ is_org_active }) => is_org_active !== false)
    .map(({ organization_id, name }) => ({ tenantId: organization_id, name, authorisationId: "" }));
}
