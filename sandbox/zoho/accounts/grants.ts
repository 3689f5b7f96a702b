/**
 * Codes, refresh tokens and access tokens of the simulated Zoho Accounts. Lifetimes run in real time.
 * A code works once, for two minutes, at its own data centre. A refresh token is not rotated; a user's 21st
 * silently deletes the oldest; each gives at most ten access tokens in ten minutes.
 * https://www.zoho.com/accounts/protocol/oauth/token-limits.html (checked 2026-11-21)
 */
import { createHash, randomBytes } from "node:crypto";
import type { SandboxContext } from "@/sandbox/kit/types";
import type { Books, StoredAccessToken } from "../books/open-books";
import type { DataCentre } from "../data-centres";

const CODE_LIFETIME_MS = 120_000;
export const ACCESS_TOKEN_LIFETIME_S = 3_600;
const REFRESH_TOKENS_A_USER = 20;
const ACCESS_TOKENS_ALIVE = 10;
const REFRESHES_A_WINDOW = 10;
const REFRESH_WINDOW_MS = 600_000;

export interface CodeGrant {
  readonly dataCentre: DataCentre;
  readonly clientId: string;
  readonly userId: string;
  readonly scopes: readonly string[];
  readonly redirectUri: string;
  readonly offline: boolean;
}

export interface IssuedTokens {
  readonly accessToken: string;
  /** null for access_type=online and on refresh. */
  readonly refreshToken: string | null;
  readonly scopes: readonly string[];
}

export type Refreshed =
  | { readonly outcome: "issued"; readonly tokens: IssuedTokens }
  | { readonly outcome: "unknown" | "too-many" };

export interface Grants {
  issueCode(grant: CodeGrant): string;
  /** Whether the code was issued by this data centre and waits to be exchanged. */
  holdsCode(code: string, dataCentre: DataCentre): boolean;
  /** The grant behind a code, which is used up by asking; null for a used, old or foreign code. */
  takeCode(code: string, dataCentre: DataCentre): CodeGrant | null;
  issueTokens(grant: CodeGrant): IssuedTokens;
  refresh(refreshToken: string, dataCentre: DataCentre): Refreshed;
  /** Revokes a refresh token with all its access tokens, or one access token; false when there is none. */
  revoke(token: string): boolean;
  /** The token of an Authorization header, when it is valid at this data centre. */
  findAccess(authorization: string, dataCentre: DataCentre): StoredAccessToken | null;
}

/** Tokens are stored by their hash only, as records named by it. */
const keyOf = (token: string): string => createHash("sha256").update(token).digest("hex");

const newToken = (): string => `1000.${randomBytes(16).toString("hex")}.${randomBytes(16).toString("hex")}`;

/** Grants over the store, so that connections survive a restart of the sandbox; codes do not. */
export function createGrants(context: SandboxContext, books: Books, machineNow: () => number): Grants {
  const codes = new Map<string, CodeGrant & { readonly expiresMs: number }>();
  const refreshes = new Map<string, number[]>();

  function issueAccess(token: Omit<StoredAccessToken, "expiresMs">): string {
    const made = newToken();
    const now = machineNow();
    const alive: string[] = [];
    for (const [key, other] of books.accessTokens.heads()) {
      if (other.expiresMs <= now) books.accessTokens.delete(key);
      else if (token.refreshToken !== "" && other.refreshToken === token.refreshToken) alive.push(key);
    }
    const [oldest] = alive;
    if (alive.length >= ACCESS_TOKENS_ALIVE && oldest !== undefined) books.accessTokens.delete(oldest);
    books.accessTokens.put(keyOf(made), { ...token, expiresMs: now + ACCESS_TOKEN_LIFETIME_S * 1000 });
    return made;
  }

  function revokeGrant(key: string): void {
    books.grants.delete(key);
    for (const [accessKey, token] of books.accessTokens.heads())
      if (token.refreshToken === key) books.accessTokens.delete(accessKey);
  }

  function dropOldestOf(userId: string): void {
    const own = [...books.grants.heads()].filter(([, grant]) => grant.userId === userId);
    const [oldest] = own;
    if (own.length > REFRESH_TOKENS_A_USER && oldest !== undefined) revokeGrant(oldest[0]);
  }

  return {
    issueCode(grant) {
      const code = newToken();
      codes.set(code, { ...grant, expiresMs: machineNow() + CODE_LIFETIME_MS });
      return code;
    },
    holdsCode: (code, dataCentre) => codes.get(code)?.dataCentre === dataCentre,
    takeCode(code, dataCentre) {
      const grant = codes.get(code);
      if (grant === undefined || grant.dataCentre !== dataCentre) return null;
      codes.delete(code);
      return grant.expiresMs > machineNow() ? grant : null;
    },
    issueTokens({ dataCentre, clientId, userId, scopes, offline }) {
      const refreshToken = offline ? newToken() : null;
      const key = refreshToken === null ? "" : keyOf(refreshToken);
      if (refreshToken !== null) {
        books.grants.put(key, { dataCentre, clientId, userId, scopes, createdMs: machineNow() });
        dropOldestOf(userId);
      }
      return {
        accessToken: issueAccess({ refreshToken: key, dataCentre, userId, scopes }),
        refreshToken,
        scopes,
      };
    },
    refresh(refreshToken, dataCentre) {
      const key = keyOf(refreshToken);
      const grant = books.grants.get(key);
      if (grant === undefined || grant.dataCentre !== dataCentre) return { outcome: "unknown" };
      const now = context.clock.now().getTime();
      const recent = (refreshes.get(key) ?? []).filter(
        (at) => at > now - REFRESH_WINDOW_MS / context.limitSpeed(),
      );
      if (recent.length >= REFRESHES_A_WINDOW) return { outcome: "too-many" };
      refreshes.set(key, [...recent, now]);
      const { userId, scopes } = grant;
      const accessToken = issueAccess({ refreshToken: key, dataCentre, userId, scopes });
      return { outcome: "issued", tokens: { accessToken, refreshToken: null, scopes } };
    },
    revoke(token) {
      const key = keyOf(token);
      const found = books.grants.head(key) !== undefined || books.accessTokens.head(key) !== undefined;
      revokeGrant(key);
      books.accessTokens.delete(key);
      return found;
    },
    findAccess(authorization, dataCentre) {
      const match = /^(?:Zoho-oauthtoken|Bearer)\s+(\S+)$/i.exec(authorization);
      const token = match?.[1] === undefined ? undefined : books.accessTokens.get(keyOf(match[1]));
      if (token === undefined || token.dataCentre !== dataCentre) return null;
      return token.expiresMs > machineNow() ? token : null;
    },
  };
}
