/**
 * The sign-in side of the simulated Xero, below /xero/identity: discovery, consent, tokens, revocation,
 * userinfo. One registered app with a fixed id and secret; redirect addresses are https or http://localhost,
 * never http://127.0.0.1, which Xero refuses.
 */
import { htmlAnswer, jsonAnswer, readForm, redirectAnswer } from "@/sandbox/kit/answers";
import type { SandboxContext, SandboxRequest, SandboxResponse } from "@/sandbox/kit/types";
import type { XeroRecords } from "../books";
import type { XeroUser } from "../records";
import { connectionRefusal } from "./connection-limits";
import { type AuthorizeFields, consentPage, errorPage, signInPage } from "./consent-page";
import type { Grants } from "./grants";
import { XERO_CLIENT_ID } from "./registered-apps";
import { ALL_SCOPES, needsOrganisation, scopeInWords, scopeList } from "./scopes";
import { userClaims } from "./signed-tokens";
import { answerRevocation, answerToken } from "./token-endpoint";

const APP_NAME = "Tieout";

const AUTHORIZE_FIELDS = [
  "client_id",
  "redirect_uri",
  "response_type",
  "scope",
  "state",
  "nonce",
  "code_challenge",
  "code_challenge_method",
  "acr_values",
  "prompt",
];

/** Answers a call below /xero/identity; the path is what follows it. Null when there is no such address. */
export async function answerIdentity(
  parts: { context: SandboxContext; records: XeroRecords; grants: Grants },
  path: string,
  request: SandboxRequest,
): Promise<SandboxResponse | null> {
  switch (`${request.method} ${path.toLowerCase()}`) {
    case "GET /.well-known/openid-configuration":
      return jsonAnswer(200, discovery(parts.grants.issuer));
    case "GET /.well-known/openid-configuration/jwks":
      return jsonAnswer(200, await parts.grants.publicKeys());
    case "GET /connect/authorize":
      return authorize(parts, request.query);
    case "POST /connect/consent":
      return decide(parts, readForm(request));
    case "POST /connect/token":
      return answerToken(parts, request);
    case "POST /connect/revocation":
      return answerRevocation(parts, request);
    case "GET /connect/userinfo":
    case "POST /connect/userinfo":
      return userInfo(parts, request);
    default:
      return null;
  }
}

function discovery(issuer: string): object {
  return {
    issuer,
    jwks_uri: `${issuer}/.well-known/openid-configuration/jwks`,
    authorization_endpoint: `${issuer}/connect/authorize`,
    token_endpoint: `${issuer}/connect/token`,
    userinfo_endpoint: `${issuer}/connect/userinfo`,
    revocation_endpoint: `${issuer}/connect/revocation`,
    scopes_supported: ALL_SCOPES,
    claims_supported: [
      "sub",
      "name",
      "given_name",
      "family_name",
      "preferred_username",
      "email",
      "xero_userid",
    ],
    grant_types_supported: ["authorization_code", "refresh_token", "client_credentials"],
    response_types_supported: ["code"],
    response_modes_supported: ["query"],
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: ["RS256"],
    token_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post"],
    code_challenge_methods_supported: ["S256", "plain"],
  };
}

interface Asked {
  readonly fields: AuthorizeFields;
  readonly redirectUri: string;
  readonly scopes: readonly string[];
}

/** The authorize call as asked, or the answer that refuses it. */
function readAsked({ switches }: SandboxContext, query: URLSearchParams): Asked | SandboxResponse {
  const fields: Record<string, string> = {};
  for (const name of AUTHORIZE_FIELDS) {
    const value = query.get(name);
    if (value !== null) fields[name] = value;
  }
  const redirectUri = fields.redirect_uri ?? "";
  if (fields.client_id !== XERO_CLIENT_ID)
    return htmlAnswer(400, errorPage("unauthorized_client", "Unknown client or client not enabled"));
  if (!isAllowedRedirect(redirectUri))
    return htmlAnswer(
      400,
      errorPage("unauthorized_client", "Invalid redirect_uri: https, or http://localhost while developing"),
    );
  const refuse = (error: string): SandboxResponse =>
    redirectAnswer(withQuery(redirectUri, { error, state: fields.state }));
  if (fields.response_type !== "code") return refuse("unsupported_response_type");
  const scopes = scopeList(fields.scope ?? "");
  const hasPremium = switches.get("xero.premium-scopes") === "granted";
  if (scopes.length === 0 || scopes.some((scope) => scopeInWords(scope, hasPremium) === null))
    return refuse("invalid_scope");
  return isChallengeUsable(fields) ? { fields, redirectUri, scopes } : refuse("invalid_request");
}

/** RFC 7636: 43 to 128 characters, and one of the two methods. */
function isChallengeUsable({
  code_challenge: challenge,
  code_challenge_method: method,
}: AuthorizeFields): boolean {
  if (challenge === undefined) return method === undefined;
  return /^[A-Za-z0-9._~-]{43,128}$/.test(challenge) && /^(?:S256|plain)$/.test(method ?? "plain");
}

function isAllowedRedirect(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return protocol === "https:" || (protocol === "http:" && hostname === "localhost");
}

function authorize(
  { context, records, grants }: { context: SandboxContext; records: XeroRecords; grants: Grants },
  query: URLSearchParams,
): SandboxResponse {
  const asked = readAsked(context, query);
  if ("status" in asked) return asked;
  const user = findUser(records, query.get("user"));
  if (user === null) {
    const users = [...records.users.heads()].map(([, head]) => head);
    return htmlAnswer(200, signInPage(asked.fields, users, `${grants.issuer}/connect/authorize`));
  }
  const organisations = needsOrganisation(asked.scopes)
    ? user.tenantIds.flatMap((id) => records.organisations.head(id) ?? [])
    : null;
  return htmlAnswer(
    200,
    consentPage(asked.fields, {
      appName: APP_NAME,
      user,
      scopesInWords: asked.scopes.flatMap((scope) => scopeInWords(scope, true) ?? []),
      organisations,
      action: `${grants.issuer}/connect/consent`,
    }),
  );
}

function findUser(records: XeroRecords, email: string | null): XeroUser | null {
  if (email === null) return null;
  for (const id of records.users.by("email", email)) return records.users.get(id) ?? null;
  return null;
}

function decide(
  { context, records, grants }: { context: SandboxContext; records: XeroRecords; grants: Grants },
  form: URLSearchParams,
): SandboxResponse {
  const asked = readAsked(context, form);
  if ("status" in asked) return asked;
  const { fields, redirectUri, scopes } = asked;
  const user = findUser(records, form.get("user"));
  if (user === null) return htmlAnswer(400, errorPage("invalid_request", "Nobody is signed in."));
  if (form.get("decision") !== "allow")
    return redirectAnswer(withQuery(redirectUri, { error: "access_denied", state: fields.state }));
  const authEventId = context.newId();
  if (needsOrganisation(scopes)) {
    const tenantId = form.get("tenant") ?? "";
    if (!user.tenantIds.includes(tenantId))
      return htmlAnswer(400, errorPage("invalid_request", "Choose one of your organisations."));
    const refusal = connectionRefusal(context, records, { clientId: XERO_CLIENT_ID, tenantId });
    if (refusal !== null) {
      return context.switches.get("xero.refused-connection") === "access-denied"
        ? redirectAnswer(withQuery(redirectUri, { error: "access_denied", state: fields.state }))
        : htmlAnswer(400, errorPage("connection_refused", refusal));
    }
    connect(context, records, { userId: user.id, tenantId, authEventId });
  }
  const challenge = fields.code_challenge;
  const code = grants.consent({
    clientId: XERO_CLIENT_ID,
    userId: user.id,
    scopes,
    authEventId,
    redirectUri,
    nonce: fields.nonce ?? null,
    challenge:
      challenge === undefined
        ? null
        : { method: fields.code_challenge_method === "S256" ? "S256" : "plain", value: challenge },
  });
  return redirectAnswer(
    withQuery(redirectUri, {
      code,
      scope: scopes.join(" "),
      state: fields.state,
      session_state: authEventId,
    }),
  );
}

/** A second consent for the same organisation updates the connection that is there. */
function connect(
  context: SandboxContext,
  records: XeroRecords,
  link: { userId: string; tenantId: string; authEventId: string },
): void {
  const now = context.clock.now().getTime();
  for (const id of records.connections.by("user", `${XERO_CLIENT_ID} ${link.userId}`)) {
    const before = records.connections.get(id);
    if (before?.tenantId !== link.tenantId) continue;
    records.connections.put({ ...before, authEventId: link.authEventId, updatedMs: now });
    return;
  }
  records.connections.put({
    ...link,
    id: context.newId(),
    clientId: XERO_CLIENT_ID,
    createdMs: now,
    updatedMs: now,
  });
}

async function userInfo(
  { records, grants }: { records: XeroRecords; grants: Grants },
  request: SandboxRequest,
): Promise<SandboxResponse> {
  const bearer = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? "")?.[1] ?? "";
  const caller = await grants.verify(bearer);
  const user = caller.ok ? records.users.get(caller.value.userId) : undefined;
  if (!caller.ok || user === undefined || !caller.value.scopes.includes("openid"))
    return { status: 401, headers: { "www-authenticate": "Bearer" } };
  return jsonAnswer(200, userClaims(user, caller.value.scopes));
}

function withQuery(address: string, parameters: Readonly<Record<string, string | undefined>>): string {
  const url = new URL(address);
  for (const [name, value] of Object.entries(parameters))
    if (value !== undefined) url.searchParams.set(name, value);
  return url.toString();
}
