/**
 * The signed tokens of the simulated Xero: its key pair (kept in the store, so that tokens outlive a
 * restart), access tokens and id tokens as RS256 JWTs with Xero's claims.
 */
import { createHash, randomBytes } from "node:crypto";
import { exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from "jose";
import type { XeroUser } from "../records";

export const KEY_ID = "sandbox-xero-1";
export const ACCESS_TOKEN_LIFE_SECONDS = 30 * 60;
const ID_TOKEN_LIFE_SECONDS = 5 * 60;

export interface RefreshToken {
  readonly hash: string;
  readonly issuedMs: number;
  /** When a newer one took its place; it stays usable for the grace. */
  readonly retiredMs: number | null;
  /** When it was last exchanged. */
  readonly servedMs?: number;
}

export interface Grant {
  readonly id: string;
  readonly clientId: string;
  readonly userId: string;
  readonly scopes: readonly string[];
  readonly authEventId: string;
  readonly authTimeMs: number;
  readonly tokens: readonly RefreshToken[];
  readonly isRevoked: boolean;
  /** How much older its tokens were made, each time; a token knows how many times came before it. */
  readonly agingsMs: readonly number[];
}

export type Key = CryptoKey | Uint8Array;

export interface KeyPair {
  readonly privateKey: Key;
  readonly publicKey: Key;
  readonly jwk: JWK;
}

export async function openKeyPair(keys: {
  get(id: string): { private: JWK; public: JWK } | undefined;
  put(id: string, body: { private: JWK; public: JWK }): void;
}): Promise<KeyPair> {
  let stored = keys.get(KEY_ID);
  if (stored === undefined) {
    const made = await generateKeyPair("RS256", { extractable: true });
    stored = { private: await exportJWK(made.privateKey), public: await exportJWK(made.publicKey) };
    keys.put(KEY_ID, stored);
  }
  return {
    privateKey: await importJWK(stored.private, "RS256"),
    publicKey: await importJWK(stored.public, "RS256"),
    jwk: stored.public,
  };
}

export function signAccess(
  grant: Grant,
  { issuer, sandboxMs }: { issuer: string; sandboxMs: number },
  key: Key,
): Promise<string> {
  return new SignJWT({
    client_id: grant.clientId,
    auth_time: Math.floor(grant.authTimeMs / 1000),
    xero_userid: grant.userId,
    global_session_id: grant.id,
    authentication_event_id: grant.authEventId,
    scope: grant.scopes,
    sandbox_generation: grant.agingsMs.length,
    sandbox_issued_ms: sandboxMs,
  })
    .setProtectedHeader({ alg: "RS256", kid: KEY_ID, typ: "JWT" })
    .setIssuer(issuer)
    .setAudience(`${issuer}/resources`)
    .setSubject(subjectOf(grant.userId))
    .setJti(randomBytes(16).toString("hex"))
    .setIssuedAt()
    .setNotBefore("0s")
    .setExpirationTime(`${ACCESS_TOKEN_LIFE_SECONDS}s`)
    .sign(key);
}

export function signId(
  grant: Grant,
  user: XeroUser,
  parts: { issuer: string; nonce: string | null; accessToken: string },
  key: Key,
): Promise<string> {
  const claims = {
    ...userClaims(user, grant.scopes),
    ...(parts.nonce === null ? {} : { nonce: parts.nonce }),
    at_hash: createHash("sha256").update(parts.accessToken).digest().subarray(0, 16).toString("base64url"),
    sid: grant.id,
    global_session_id: grant.id,
    auth_time: Math.floor(grant.authTimeMs / 1000),
  };
  return new SignJWT(claims)
    .setProtectedHeader({ alg: "RS256", kid: KEY_ID, typ: "JWT" })
    .setIssuer(parts.issuer)
    .setAudience(grant.clientId)
    .setSubject(subjectOf(user.id))
    .setIssuedAt()
    .setNotBefore("0s")
    .setExpirationTime(`${ID_TOKEN_LIFE_SECONDS}s`)
    .sign(key);
}

/** What the scopes profile and email tell of a user; also the answer of userinfo. */
export function userClaims(user: XeroUser, scopes: readonly string[]): Record<string, string> {
  return {
    sub: subjectOf(user.id),
    xero_userid: user.id,
    ...(scopes.includes("profile")
      ? {
          name: `${user.givenName} ${user.familyName}`,
          given_name: user.givenName,
          family_name: user.familyName,
          preferred_username: user.email,
        }
      : {}),
    ...(scopes.includes("email") ? { email: user.email } : {}),
  };
}

function subjectOf(userId: string): string {
  return createHash("sha256").update(userId).digest("hex").slice(0, 32);
}
