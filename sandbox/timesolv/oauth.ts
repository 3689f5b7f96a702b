/**
 * The simulated Authorize page and Token address. A code does not expire and is exchanged again whenever a token is
 * needed; there is no refresh token. The person is always signed in and belongs to the first firm.
 * docs.eponalegal.com/siteprovisioning/plugins/TimeSolv.html (checked 2026-11-21)
 */
import { createHash, randomBytes } from "node:crypto";
import { escapeHtml, htmlAnswer, jsonAnswer, readForm, redirectAnswer } from "@/sandbox/kit/answers";
import type { SandboxContext, SandboxRequest, SandboxResponse } from "@/sandbox/kit/types";
import { type StoredFirm, type StoredToken, timesolvRecords } from "./records";

/** The one app that is registered with the sandbox. */
export const TIMESOLV_CLIENT = {
  clientId: "SANDBOX-TIEOUT-APP-KEY",
  clientSecret: "sandbox-timesolv-secret-key",
} as const;

/** The lifetime is not documented. */
const TOKEN_LIFETIME_S = 1_800;

export interface Consent {
  /** Pages under /App. */
  authorize(request: SandboxRequest): SandboxResponse;
  /** The Token address. */
  token(request: SandboxRequest): SandboxResponse;
  /** The token of a call, also one that has expired; null where it is none of ours. */
  findToken(request: SandboxRequest): StoredToken | null;
  isExpired(token: StoredToken): boolean;
  expire(request: SandboxRequest): void;
  /** Takes back the permission behind a call's token, with every token of it. */
  revoke(request: SandboxRequest): void;
  /** Takes back every permission of a firm, as its owner does in TimeSolv; answers how many. */
  revokeFirm(firmId: string): number;
}

/** Codes and tokens are stored by their hash only. */
const keyOf = (secret: string): string => createHash("sha256").update(secret).digest("hex");

export function createConsent(context: SandboxContext, machineNow: () => number): Consent {
  const { firms, grants, tokens } = timesolvRecords(context);

  function decide(form: URLSearchParams): SandboxResponse {
    const asked = readAsked(form);
    const firm = firstFirm();
    if ("problem" in asked || firm === null)
      return refusal("problem" in asked ? asked.problem : "This login belongs to no firm.");
    const target = new URL(asked.redirectUri);
    if (asked.state !== "" && context.switches.get("timesolv.state") === "returned")
      target.searchParams.set("state", asked.state);
    if (form.get("decision") !== "allow") {
      target.searchParams.set("error", "access_denied");
      return redirectAnswer(target.href);
    }
    const code = randomBytes(24).toString("hex");
    grants.put(keyOf(code), { firmId: firm.FirmId, redirectUri: asked.redirectUri });
    target.searchParams.set("code", code);
    return redirectAnswer(target.href);
  }

  function firstFirm(): StoredFirm | null {
    for (const [, firm] of firms.heads()) return firm;
    return null;
  }

  const refuseToken = (error: string, description: string): SandboxResponse =>
    jsonAnswer(Number(context.switches.get("timesolv.token-error-status")), {
      error,
      error_description: description,
    });

  function revokeGrant(grantKey: string): void {
    grants.delete(grantKey);
    for (const [key, token] of [...tokens.heads()]) if (token.grantKey === grantKey) tokens.delete(key);
  }

  const keyOfCall = (request: SandboxRequest): string =>
    keyOf(/^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? "")?.[1] ?? "");

  return {
    authorize(request) {
      if (request.method === "POST") return decide(readForm(request));
      const asked = readAsked(request.query);
      const firm = firstFirm();
      if ("problem" in asked) return refusal(asked.problem);
      return firm === null ? refusal("This login belongs to no firm.") : consentPage(asked, firm);
    },
    token(request) {
      const form = readForm(request);
      if (
        form.get("client_id") !== TIMESOLV_CLIENT.clientId ||
        form.get("client_secret") !== TIMESOLV_CLIENT.clientSecret
      )
        return refuseToken("invalid_client", "The client is not known.");
      if (form.get("grant_type") !== "authorization_code")
        return refuseToken("unsupported_grant_type", "The grant type must be authorization_code.");
      const grantKey = keyOf(form.get("code") ?? "");
      const grant = grants.get(grantKey);
      if (grant === undefined || grant.redirectUri !== form.get("redirect_uri"))
        return refuseToken("invalid_grant", "The code is not valid.");
      const accessToken = randomBytes(32).toString("base64url");
      const expiresMs = machineNow() + TOKEN_LIFETIME_S * 1000;
      tokens.put(keyOf(accessToken), { firmId: grant.firmId, grantKey, expiresMs });
      return jsonAnswer(200, {
        access_token: accessToken,
        token_type: "bearer",
        expires_in:
          context.switches.get("timesolv.token-lifetime") === "named" ? TOKEN_LIFETIME_S : undefined,
      });
    },
    findToken: (request) => tokens.head(keyOfCall(request)) ?? null,
    isExpired: (token) => token.expiresMs <= machineNow(),
    expire(request) {
      const key = keyOfCall(request);
      const token = tokens.get(key);
      if (token !== undefined) tokens.put(key, { ...token, expiresMs: 0 });
    },
    revoke(request) {
      const token = tokens.get(keyOfCall(request));
      if (token !== undefined) revokeGrant(token.grantKey);
    },
    revokeFirm(firmId) {
      const own = [...grants.heads()].filter(([, grant]) => grant.firmId === firmId);
      for (const [key] of own) revokeGrant(key);
      return own.length;
    },
  };
}

interface Asked {
  readonly redirectUri: string;
  readonly state: string;
}

function readAsked(asked: URLSearchParams): Asked | { readonly problem: string } {
  if (asked.get("client_id") !== TIMESOLV_CLIENT.clientId)
    return { problem: "No app with this client id is registered." };
  const redirectUri = asked.get("redirect_uri") ?? "";
  if (!/^(https:\/\/|http:\/\/localhost[:/])/.test(redirectUri) || !URL.canParse(redirectUri))
    return { problem: "The redirect address is not one of the app's." };
  return { redirectUri, state: asked.get("state") ?? "" };
}

const hidden = (name: string, value: string): string =>
  `<input type="hidden" name="${name}" value="${escapeHtml(value)}">`;

function consentPage({ redirectUri, state }: Asked, firm: StoredFirm): SandboxResponse {
  return htmlAnswer(
    200,
    page(
      "Authorize Tieout?",
      `<p>Tieout asks to read clients, invoices and payments of <strong>${escapeHtml(firm.FirmName)}</strong>, until you take the permission back.</p>
      <form method="post">${hidden("client_id", TIMESOLV_CLIENT.clientId)}${hidden("redirect_uri", redirectUri)}${hidden("state", state)}
        <button type="submit" name="decision" value="allow">Authorize</button>
        <button type="submit" name="decision" value="deny">Cancel</button>
      </form>`,
    ),
  );
}

const refusal = (problem: string): SandboxResponse =>
  htmlAnswer(400, page("TimeSolv cannot authorize this", `<p>${escapeHtml(problem)}</p>`));

const STYLE =
  "body{margin:0;font:16px/1.5 system-ui,sans-serif;color:#1c2733;background:#f1f4f8}main{max-width:34rem;margin:8vh auto;padding:2rem;background:#fff;border:1px solid #d5dde6;border-radius:12px}button{padding:.75rem 1rem;border-radius:8px;border:1px solid #23527c;font:inherit;font-weight:600;background:#fff;color:#23527c}button[value=allow]{background:#23527c;color:#fff}button:focus-visible{outline:3px solid #f0a500;outline-offset:2px}";

const page = (title: string, content: string): string => `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(title)}</title><style>${STYLE}</style></head>
<body><main><p>Sandbox: a simulated TimeSolv</p><h1>${escapeHtml(title)}</h1>${content}</main></body>
</html>`;
