/**
 * OAuth 2.0 client credentials of the simulated TIMS (RFC 6749, 4.4): no consent page, no refresh token. An administrator
 * of TIMS makes a client and can switch it off; then neither its tokens nor a new request are accepted.
 */
import { createHash, randomBytes } from "node:crypto";
import { jsonAnswer, readBasicAuth, readForm } from "@/sandbox/kit/answers";
import type { SandboxRequest, SandboxResponse } from "@/sandbox/kit/types";
import type { TimsBooks } from "./open-books";

export const TIMS_CLIENT = {
  clientId: "tims-sandbox-client",
  clientSecret: "sandbox-tims-client-secret",
} as const;

export const TIMS_SCOPES =
  "sales.read purchasing.read inventory.read ledger.read customers.write items.write receivables.write";

const LIFETIME_S = 3_600;

const keyOf = (token: string): string => createHash("sha256").update(token).digest("hex");

/** `machineNow` in milliseconds: tokens live in real time. */
export function createTokens(books: TimsBooks, machineNow: () => number) {
  const isKnown = (id: string, secret: string): boolean =>
    id === TIMS_CLIENT.clientId &&
    secret === TIMS_CLIENT.clientSecret &&
    books.clients.get(id)?.revoked !== true;
  return {
    /** POST /oauth/token. */
    issue(request: SandboxRequest): SandboxResponse {
      const form = readForm(request);
      const basic = readBasicAuth(request);
      const id = basic?.user ?? form.get("client_id") ?? "";
      const secret = basic?.password ?? form.get("client_secret") ?? "";
      if (request.method !== "POST") return jsonAnswer(405, { error: "invalid_request" });
      if (form.get("grant_type") !== "client_credentials")
        return jsonAnswer(400, { error: "unsupported_grant_type" });
      if (!isKnown(id, secret))
        return jsonAnswer(401, { error: "invalid_client", error_description: "Unknown client or secret." });
      const accessToken = `tims_${randomBytes(24).toString("base64url")}`;
      books.tokens.put(keyOf(accessToken), { clientId: id, expiresMs: machineNow() + LIFETIME_S * 1000 });
      return jsonAnswer(200, {
        access_token: accessToken,
        token_type: "Bearer",
        expires_in: LIFETIME_S,
        scope: TIMS_SCOPES,
      });
    },
    /** The client behind the call's token; null when there is none that is good. */
    clientOf(request: SandboxRequest): string | null {
      const token = books.tokens.get(tokenKeyOf(request));
      if (token === undefined || token.expiresMs <= machineNow()) return null;
      return books.clients.get(token.clientId)?.revoked === true ? null : token.clientId;
    },
    expire(request: SandboxRequest): void {
      books.tokens.delete(tokenKeyOf(request));
    },
    /** An administrator of TIMS switches the client off. */
    revoke(clientId: string = TIMS_CLIENT.clientId): void {
      books.clients.put(clientId, { revoked: true });
    },
  };
}

export type Tokens = ReturnType<typeof createTokens>;

function tokenKeyOf(request: SandboxRequest): string {
  return keyOf(/^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? "")?.[1] ?? "");
}
