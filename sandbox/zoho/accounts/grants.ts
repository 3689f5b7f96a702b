/**
 * Codes, refresh tokens and access tokens of the simulated Zoho Accounts. Lifetimes run in real time.
 * A code works once, for one or two minutes (a switch), at its own data centre. A refresh token is not rotated; a
 * user's 21st silently deletes the oldest, five may be made in a minute, and each gives at most ten access
 * tokens in ten minutes.
 * https://www.zoho.com/accounts/protocol/oauth/token-limits.html (checked 2026-11-21)
 */
import { createHash, randomBytes } from "node:crypto";
import type { SandboxContext } from "@/sandbox/kit/types";
import type { Books, StoredAccessToken } from "../books/open-books";
import type { DataCentre } from "../data-centres";

export const ACCESS_TOKEN_LIFETIME_S = 3_600;
const REFRESH_TOKENS_A_USER = 20;
const REFRESHES_A_WINDOW = 10;
const REFRESH_WINDOW_MS = 600_000;
const NEW_REFRESH_TOKENS_A_WINDOW = 5;
const NEW_REFRESH_WINDOW_MS = 60_000;

export interface CodeGrant {
  readonly dataCentre: DataCentre;
  readonly clientId: string;
  readonly userId: string;
  readonly scopes: readonly string[];
  readonly redirectUri: string;
  /** Whether a refresh token was asked for. */
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
  /** null: the user has got five refresh tokens within a minute. */
  issueTokens(grant: CodeGrant): IssuedTokens | null;
  /** Whether a refresh token of the user for this app lives at the data centre. */
  hasGrant(clientId: string, userId: string, dataCentre: DataCentre): boolean;
  refresh(refreshToken: string, dataCentre: DataCentre): Refreshed;
  /**
   * Revokes a refresh token of the data centre with all its access tokens, or one access token; false when
   * there is none.
   */
  revoke(token: string, dataCentre: DataCentre): boolean;
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
  const newGrants = new Map<string, number[]>();

  /** Counts one event of the key, or answers false when the window is full. */
  function enter(events: Map<string, number[]>, key: string, limit: number, windowMs: number): boolean {
    const now = context.clock.now().getTime();
    const recent = (events.get(key) ?? []).filter((at) => at > now - windowMs / context.limitSpeed());
    events.set(key, recent);
    if (recent.length >= limit) return false;
    recent.push(now);
    return true;
  }

  function issueAccess(token: Omit<StoredAccessToken, "expiresMs">): string {
    const made = newToken();
    const now = machineNow();
    const alive: string[] = [];
    for (const [key, other] of books.accessTokens.heads()) {
      if (other.expiresMs <= now) books.accessTokens.delete(key);
      else if (token.refreshToken !== "" && other.refreshToken === token.refreshToken) alive.push(key);
    }
    const most = Number(context.switches.get("zoho.active-access-tokens"));
    for (const oldest of alive.slice(0, Math.max(0, alive.length - most + 1)))
      books.accessTokens.delete(oldest);
    books.accessTokens.put(keyOf(made), { ...token, expiresMs: now + ACCESS_TOKEN_LIFETIME_S * 1000 });
    return made;
  }

  function revokeGrant(key: string): void {
    books.grants.delete(key);
    for (const [accessKey, token] of books.accessTokens.heads())
      if (token.refreshToken === key) books.accessTokens.delete(accessKey);
  }

  function dropOldestOf(userId: string, dataCentre: string): void {
    const own = [...books.grants.heads()].filter(
      ([, grant]) => grant.userId === userId && grant.dataCentre === dataCentre,
    );
    const [oldest] = own;
    if (own.length > REFRESH_TOKENS_A_USER && oldest !== undefined) revokeGrant(oldest[0]);
  }

  return {
    issueCode(grant) {
      const code = newToken();
      codes.set(code, {
        ...grant,
        expiresMs: machineNow() + Number(context.switches.get("zoho.code-lifetime")) * 1000,
      });
      return code;
    },
    holdsCode: (code, dataCentre) => codes.get(code)?.dataCentre === dataCentre,
    takeCode(code, dataCentre) {
      const grant = codes.get(code);
      if (grant === undefined || grant.dataCentre !== dataCentre) return null;
      codes.delete(code);
      return grant.expiresMs > machineNow() ? grant : null;
    },
    hasGrant(clientId, userId, dataCentre) {
      for (const [, grant] of books.grants.heads())
        if (grant.clientId === clientId && grant.userId === userId && grant.dataCentre === dataCentre)
          return true;
      return false;
    },
    issueTokens({ dataCentre, clientId, userId, scopes, offline }) {
      // A person's accounts at two data centres are two accounts.
      const account = `${dataCentre} ${userId}`;
      if (offline && !enter(newGrants, account, NEW_REFRESH_TOKENS_A_WINDOW, NEW_REFRESH_WINDOW_MS))
        return null;
      const refreshToken = offline ? newToken() : null;
      const key = refreshToken === null ? "" : keyOf(refreshToken);
      if (refreshToken !== null) {
        books.grants.put(key, { dataCentre, clientId, userId, scopes, createdMs: machineNow() });
        dropOldestOf(userId, dataCentre);
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
      if (!enter(refreshes, key, REFRESHES_A_WINDOW, REFRESH_WINDOW_MS)) return { outcome: "too-many" };
      const { userId, scopes } = grant;
      const accessToken = issueAccess({ refreshToken: key, dataCentre, userId, scopes });
      return { outcome: "issued", tokens: { accessToken, refreshToken: null, scopes } };
    },
    revoke(token, dataCentre) {
      const key = keyOf(token);
      const found = [books.grants.head(key), books.accessTokens.head(key)].some(
        (known) => known?.dataCentre === dataCentre,
      );
      if (!found) return false;
      revokeGrant(key);
      books.accessTokens.delete(key);
      return true;
    },
    findAccess(authorization, dataCentre) {
      const match = /^(?:Zoho-oauthtoken|Bearer)\s+(\S+)$/i.exec(authorization);
      const token = match?.[1] === undefined ? undefined : books.accessTokens.get(keyOf(match[1]));
      if (token === undefined || token.dataCentre !== dataCentre) return null;
      return token.expiresMs > machineNow() ? token : null;
    },
  };
}
