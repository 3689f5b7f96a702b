import { z } from "zod";
import type { ConnectorForm, Tenant, TokenSet } from "@/lib/connectors/contract/connector";
import { failure } from "@/lib/connectors/contract/connector-error";
import type { ConnectionValues } from "@/lib/domain/connection-field";
import type { GuardedRequest } from "@/lib/http/guarded-request";
import { readBaseAddress } from "@/lib/http/public-address";
import type { HttpAnswer, HttpRequest } from "@/lib/http/send-request";
import type { Clock } from "@/lib/kernel/clock";
import { errorOfAnswer, errorOfThrown, wireMismatch } from "./errors";
import { timsManifest } from "./manifest";
import { API_PATH } from "./resources";
import { readSettings, toOurNames } from "./settings";
import { tenantIdOf } from "./tenant";

/**
 * OAuth 2.0 client credentials (RFC 6749, 4.4): no consent page and no refresh token. What renews the access token is the
 * client itself, so id and secret stand where a refresh token would, in the vault. The address that a person typed is
 * judged before anything is sent to it, and again by the guarded request at each call.
 */
export interface TimsAuthParts {
  readonly send: GuardedRequest;
  readonly sandboxOrigin: string | null;
  readonly requestTimeoutMs: number;
  readonly clock: Clock;
}

const credentialsSchema = z.object({ clientId: z.string().min(1), clientSecret: z.string().min(1) });
type Credentials = z.output<typeof credentialsSchema>;

export function createTimsForm({
  send,
  sandboxOrigin,
  requestTimeoutMs,
  clock,
}: TimsAuthParts): ConnectorForm {
  async function call(request: Omit<HttpRequest, "timeoutMs">): Promise<HttpAnswer> {
    try {
      return await send({ ...request, timeoutMs: requestTimeoutMs });
    } catch (thrown) {
      throw errorOfThrown(thrown);
    }
  }

  async function issue(base: string, tokenPath: string, credentials: Credentials): Promise<TokenSet> {
    const answer = await call({
      method: "POST",
      url: `${base}${tokenPath}`,
      headers: { "content-type": "application/x-www-form-urlencoded", accept: "application/json" },
      body: new URLSearchParams({
        grant_type: "client_credentials",
        client_id: credentials.clientId,
        client_secret: credentials.clientSecret,
      }).toString(),
    });
    const token = readToken(answer);
    return {
      accessToken: token.access_token,
      refreshToken: JSON.stringify(credentials),
      expiresAt: new Date(clock.now().getTime() + token.expires_in * 1000).toISOString(),
      // Left out, it is all that the client may do; what that is not TIMS says at the call itself.
      scopes:
        token.scope?.split(/[\s,]+/).filter((scope) => scope !== "") ??
        [...timsManifest.scopes, ...(timsManifest.writeScopes ?? [])].map(({ name }) => name),
      previousRefreshToken: null,
    };
  }

  return {
    async connect({ address = "", clientId = "", clientSecret = "", ...rest }) {
      const base = readBaseAddress(address, sandboxOrigin);
      if (!base.ok) throw failure("validation", base.error);
      const { tokenPath } = settingsOf(rest);
      const tokens = await issue(base.value, tokenPath, { clientId, clientSecret });
      return { tokens, region: "own", apiBase: base.value, settings: rest };
    },

    refresh(tokens, { apiBase, settings = {} }) {
      return issue(apiBase, settingsOf(settings).tokenPath, credentialsIn(tokens));
    },

    async listTenants(tokens, { apiBase, settings = {} }) {
      const answer = await call({
        method: "GET",
        url: `${apiBase}${API_PATH}/companies`,
        headers: { authorization: `Bearer ${tokens.accessToken}`, accept: "application/json" },
      });
      if (answer.status >= 300) throw errorOfAnswer(answer);
      return readCompanies(answer.text, apiBase, settings);
    },

    // Client credentials have no grant that could be ended: an administrator switches the client off in TIMS.
    disconnect: async () => undefined,
  };
}

function settingsOf(values: ConnectionValues) {
  const settings = readSettings(values);
  if (typeof settings === "string") throw failure("validation", settings);
  return settings;
}

function credentialsIn(tokens: TokenSet): Credentials {
  const parsed = credentialsSchema.safeParse(jsonOrNull(tokens.refreshToken));
  if (!parsed.success)
    throw failure("authExpired", "The connection to TIMS has no client any more. Connect it again.");
  return parsed.data;
}

const tokenSchema = z.looseObject({
  access_token: z.string().min(1),
  expires_in: z.coerce.number().positive().max(31_536_000).default(300),
  scope: z.string().optional(),
});
const tokenErrorSchema = z.looseObject({ error: z.string() });

/** Refusals of the client itself, whatever their status. */
const REFUSED = new Set(["invalid_client", "unauthorized_client", "invalid_grant", "access_denied"]);

function readToken(answer: HttpAnswer): z.output<typeof tokenSchema> {
  const json = jsonOrNull(answer.text);
  const error = tokenErrorSchema.safeParse(json);
  if ((error.success && REFUSED.has(error.data.error)) || answer.status === 401)
    throw failure("authExpired", "TIMS does not accept this client ID and secret.");
  if (answer.status >= 300) throw errorOfAnswer(answer);
  const token = tokenSchema.safeParse(json);
  if (!token.success) throw wireMismatch("the token answer cannot be read");
  return token.data;
}

const companiesSchema = z.looseObject({ data: z.array(z.unknown()) });
const companySchema = z.looseObject({ companyId: z.coerce.string().min(1), name: z.string() });

function readCompanies(text: string, apiBase: string, settings: ConnectionValues): Tenant[] {
  const list = companiesSchema.safeParse(jsonOrNull(text));
  if (!list.success) throw wireMismatch("the companies cannot be read");
  const { fieldMap } = settingsOf(settings);
  return list.data.data.map((row) => {
    const company = companySchema.safeParse(toOurNames(fieldMap, "companies", row));
    if (!company.success) throw wireMismatch("a company cannot be read");
    const { companyId, name } = company.data;
    return { tenantId: tenantIdOf(apiBase, companyId), name, authorisationId: "" };
  });
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return null;
    throw thrown;
  }
}
