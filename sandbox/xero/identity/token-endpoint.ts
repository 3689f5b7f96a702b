/**
 * Where apps get tokens and give them back: codes and refresh tokens of the web app, client credentials of the
 * custom connection. What is wrong is said in one word with HTTP 400, as OAuth has it.
 */
import { jsonAnswer, readForm } from "@/sandbox/kit/answers";
import type { SandboxContext, SandboxRequest, SandboxResponse } from "@/sandbox/kit/types";
import type { XeroRecords } from "../books";
import { customConnectionToken } from "./custom-connection";
import type { Grants, TokenAnswer } from "./grants";
import { authenticatedApp, XERO_CLIENT_ID } from "./registered-apps";

interface Parts {
  readonly context: SandboxContext;
  readonly records: XeroRecords;
  readonly grants: Grants;
}

const NO_STORE = { "cache-control": "no-store, no-cache, max-age=0", pragma: "no-cache" };

/** POST /connect/token. */
export async function answerToken(parts: Parts, request: SandboxRequest): Promise<SandboxResponse> {
  const form = readForm(request);
  const app = authenticatedApp(request, form);
  if (app === null) return tokenError("invalid_client");
  const grantType = form.get("grant_type");
  // Each kind of app has its own grant: a web app has no credentials to stand for a person's consent.
  const isOwn = (grantType === "client_credentials") === (app === "custom");
  if (grantType === "client_credentials" && isOwn) return given(await customConnectionToken(parts, form));
  if (grantType === "authorization_code" && isOwn)
    return given(
      await parts.grants.redeemCode({
        code: form.get("code") ?? "",
        clientId: XERO_CLIENT_ID,
        redirectUri: form.get("redirect_uri") ?? "",
        verifier: form.get("code_verifier"),
      }),
    );
  if (grantType === "refresh_token" && isOwn)
    return given(
      await parts.grants.refresh({ token: form.get("refresh_token") ?? "", clientId: XERO_CLIENT_ID }),
    );
  const isKnown = ["client_credentials", "authorization_code", "refresh_token"].includes(grantType ?? "");
  return tokenError(isKnown ? "unauthorized_client" : "unsupported_grant_type");
}

/** POST /connect/revocation: takes every connection of that user and app, and every token for them. */
export function answerRevocation({ records, grants }: Parts, request: SandboxRequest): SandboxResponse {
  const form = readForm(request);
  if (authenticatedApp(request, form) === null) return tokenError("invalid_client");
  const owner = grants.revoke(form.get("token") ?? "");
  if (owner !== null) {
    for (const id of [...records.connections.by("user", `${owner.clientId} ${owner.userId}`)])
      records.connections.delete(id);
    grants.revokeAll(owner);
  }
  return { status: 200 };
}

type Outcome =
  | { readonly ok: true; readonly value: TokenAnswer }
  | { readonly ok: false; readonly error: string };

function given(outcome: Outcome): SandboxResponse {
  return outcome.ok ? jsonAnswer(200, outcome.value, NO_STORE) : tokenError(outcome.error);
}

function tokenError(error: string): SandboxResponse {
  return jsonAnswer(400, { error }, NO_STORE);
}
