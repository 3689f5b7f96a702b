/**
 * Consents and their tokens: authorisation codes (single use, five minutes), refresh tokens that rotate at
 * each use with a 30-minute grace for the previous one, and signed access and id tokens. The times in a signed
 * token are the machine's, since others check them; how old a token is here is counted in sandbox time since
 * it was made, so that time that is moved or run faster ages it as it does everything else. `age` makes
 * tokens older without moving time.
 */
import { createHash, randomBytes } from "node:crypto";
import { decodeJwt, type JWK, jwtVerify } from "jose";
import { invariant } from "@/lib/kernel/invariant";
import { err, ok, type Result } from "@/lib/kernel/result";
import { outsideScope } from "@/sandbox/kit/call-scope";
import type { SandboxContext } from "@/sandbox/kit/types";
import type { XeroRecords } from "../books";
import { needsOrganisation } from "./scopes";
import {
  ACCESS_TOKEN_LIFE_SECONDS,
  type Grant,
  KEY_ID,
  type Key,
  type KeyPair,
  openKeyPair,
  signAccess,
  signId,
} from "./signed-tokens";

const CODE_LIFE_MS = 5 * 60_000;
const REFRESH_TOKEN_LIFE_MS = 60 * 86_400_000;
const REFRESH_GRACE_MS = 30 * 60_000;
const REFRESH_RACE_MS = 1_000;

interface Code {
  readonly grantId: string;
  readonly redirectUri: string;
  readonly nonce: string | null;
  readonly challenge: { readonly method: "S256" | "plain"; readonly value: string } | null;
  readonly issuedMs: number;
}

export interface TokenAnswer {
  readonly access_token: string;
  readonly id_token?: string;
  readonly refresh_token?: string;
  readonly expires_in: number;
  readonly token_type: "Bearer";
  readonly scope: string;
}

/** Who calls, out of a valid access token. */
export interface Caller {
  readonly clientId: string;
  readonly userId: string;
  readonly scopes: readonly string[];
  readonly authEventId: string;
}

export interface Grants {
  readonly issuer: string;
  /** A code for a consent that was just given. */
  consent(consent: {
    clientId: string;
    userId: string;
    scopes: readonly string[];
    authEventId: string;
    redirectUri: string;
    nonce: string | null;
    challenge: Code["challenge"];
  }): string;
  redeemCode(asked: {
    code: string;
    clientId: string;
    redirectUri: string;
    verifier: string | null;
  }): Promise<Result<TokenAnswer, "invalid_grant">>;
  refresh(asked: { token: string; clientId: string }): Promise<Result<TokenAnswer, "invalid_grant">>;
  /** Ends every grant of a user to an app that concerns organisations. */
  revokeAll(owner: { clientId: string; userId: string }): void;
  /** Ends the grant of a refresh token; answers whose it was. */
  revoke(token: string): { clientId: string; userId: string } | null;
  /** Whether the app ever had a grant, ended or not. */
  hasHad(clientId: string): boolean;
  verify(accessToken: string): Promise<Result<Caller, "invalid" | "expired">>;
  publicKeys(): Promise<{ keys: JWK[] }>;
  /** Makes every token that is out there older by so many minutes. */
  age(minutes: number): void;
  /** Faults: the access token is expired, or its whole grant revoked, from now on. */
  expireAccess(accessToken: string): void;
  revokeAccess(accessToken: string): void;
}

export function openGrants(context: SandboxContext, records: XeroRecords): Grants {
  const issuer = `${context.origin}/xero/identity`;
  const keys = context.store.collection<{ private: JWK; public: JWK }, null>("xero.keys", () => null);
  const grants = context.store.collection<Grant, null>("xero.grants", () => null);
  const byRefreshHash = new Map<string, string>();
  for (const [id] of grants.heads())
    for (const { hash } of grants.get(id)?.tokens ?? []) byRefreshHash.set(hash, id);
  const codes = new Map<string, Code>();
  const spoiled = new Map<string, "invalid" | "expired">();
  const now = (): number => outsideScope(() => context.clock.now().getTime());
  let pair: Promise<KeyPair> | null = null;
  const keyPair = (): Promise<KeyPair> => {
    pair ??= openKeyPair(keys);
    return pair;
  };

  function issueRefresh(grant: Grant): { grant: Grant; token: string } {
    const token = randomBytes(32).toString("base64url");
    const nowMs = now();
    const tokens = grant.tokens
      .map((held) => (held.retiredMs === null ? { ...held, retiredMs: nowMs } : held))
      .filter((held) => held.retiredMs === null || nowMs - held.retiredMs <= REFRESH_GRACE_MS);
    const hash = hashOf(token);
    byRefreshHash.set(hash, grant.id);
    const next = { ...grant, tokens: [...tokens, { hash, issuedMs: nowMs, retiredMs: null }] };
    grants.put(grant.id, next);
    return { grant: next, token };
  }

  async function answer(grant: Grant, nonce: string | null): Promise<TokenAnswer> {
    const user = records.users.get(grant.userId);
    invariant(user !== undefined, "a grant belongs to a seeded user");
    const refresh = grant.scopes.includes("offline_access") ? issueRefresh(grant).token : undefined;
    const { privateKey } = await keyPair();
    const access = await signAccess(grant, { issuer, sandboxMs: now() }, privateKey);
    const id = grant.scopes.includes("openid")
      ? await signId(grant, user, { issuer, nonce, accessToken: access }, privateKey)
      : undefined;
    return {
      access_token: access,
      ...(id === undefined ? {} : { id_token: id }),
      ...(refresh === undefined ? {} : { refresh_token: refresh }),
      expires_in: ACCESS_TOKEN_LIFE_SECONDS,
      token_type: "Bearer",
      scope: grant.scopes.join(" "),
    };
  }

  return {
    issuer,
    consent({ redirectUri, nonce, challenge, ...consent }) {
      const grant: Grant = {
        ...consent,
        id: context.newId(),
        authTimeMs: Date.now(),
        tokens: [],
        isRevoked: false,
        agingsMs: [],
      };
      grants.put(grant.id, grant);
      const code = randomBytes(24).toString("base64url");
      codes.set(code, { grantId: grant.id, redirectUri, nonce, challenge, issuedMs: now() });
      return code;
    },
    async redeemCode(asked) {
      const code = codes.get(asked.code);
      codes.delete(asked.code);
      const grant = code === undefined ? undefined : grants.get(code.grantId);
      if (code === undefined || grant === undefined) return err("invalid_grant");
      const isValid =
        now() - code.issuedMs <= CODE_LIFE_MS &&
        grant.clientId === asked.clientId &&
        code.redirectUri === asked.redirectUri &&
        answersChallenge(code.challenge, asked.verifier);
      return isValid ? ok(await answer(grant, code.nonce)) : err("invalid_grant");
    },
    async refresh({ token, clientId }) {
      const hash = hashOf(token);
      const grant = grants.get(byRefreshHash.get(hash) ?? "");
      const held = grant?.tokens.find((candidate) => candidate.hash === hash);
      if (grant === undefined || held === undefined || grant.isRevoked || grant.clientId !== clientId)
        return err("invalid_grant");
      const nowMs = now();
      const isInGrace = held.retiredMs === null || nowMs - held.retiredMs <= REFRESH_GRACE_MS;
      const isRace = held.servedMs !== undefined && nowMs - held.servedMs < REFRESH_RACE_MS;
      if (isRace && context.switches.get("xero.refresh-race") === "refused") return err("invalid_grant");
      if (!isInGrace || nowMs - held.issuedMs > REFRESH_TOKEN_LIFE_MS) return err("invalid_grant");
      const tokens = grant.tokens.map((each) => (each === held ? { ...each, servedMs: nowMs } : each));
      return ok(await answer({ ...grant, tokens }, null));
    },
    revokeAll({ clientId, userId }) {
      for (const [id] of [...grants.heads()]) {
        const grant = grants.get(id);
        if (grant === undefined || grant.clientId !== clientId || grant.userId !== userId) continue;
        if (needsOrganisation(grant.scopes)) grants.put(id, { ...grant, isRevoked: true });
      }
    },
    revoke(token) {
      const grant = grants.get(byRefreshHash.get(hashOf(token)) ?? "");
      if (grant === undefined) return null;
      grants.put(grant.id, { ...grant, isRevoked: true });
      return { clientId: grant.clientId, userId: grant.userId };
    },
    hasHad: (clientId) => [...grants.heads()].some(([id]) => grants.get(id)?.clientId === clientId),
    async verify(accessToken) {
      const spoilt = spoiled.size === 0 ? undefined : spoiled.get(hashOf(accessToken));
      if (spoilt !== undefined) return err(spoilt);
      const { publicKey } = await keyPair();
      return verifyAccess(accessToken, { issuer, publicKey, nowMs: now(), grant: (id) => grants.get(id) });
    },
    async publicKeys() {
      const { jwk } = await keyPair();
      return { keys: [{ ...jwk, kid: KEY_ID, use: "sig", alg: "RS256" }] };
    },
    expireAccess: (accessToken) => void spoiled.set(hashOf(accessToken), "expired"),
    revokeAccess(accessToken) {
      const grant = grants.get(grantIdOf(accessToken));
      if (grant === undefined) return;
      grants.put(grant.id, { ...grant, isRevoked: true });
      spoiled.set(hashOf(accessToken), "invalid");
    },
    age(minutes) {
      const byMs = minutes * 60_000;
      for (const [id] of grants.heads()) {
        const grant = grants.get(id);
        if (grant === undefined) continue;
        const tokens = grant.tokens.map((held) => ({
          ...held,
          issuedMs: held.issuedMs - byMs,
          ...(held.servedMs === undefined ? {} : { servedMs: held.servedMs - byMs }),
          retiredMs: held.retiredMs === null ? null : held.retiredMs - byMs,
        }));
        grants.put(id, { ...grant, tokens, agingsMs: [...grant.agingsMs, byMs] });
      }
      for (const [code, held] of codes) codes.set(code, { ...held, issuedMs: held.issuedMs - byMs });
    },
  };
}

async function verifyAccess(
  token: string,
  parts: { issuer: string; publicKey: Key; nowMs: number; grant(id: string): Grant | undefined },
): Promise<Result<Caller, "invalid" | "expired">> {
  let payload: Record<string, unknown>;
  try {
    ({ payload } = await jwtVerify(token, parts.publicKey, {
      issuer: parts.issuer,
      audience: `${parts.issuer}/resources`,
      // Its age is judged below, in sandbox time.
      currentDate: new Date(Number(decodeJwt(token).iat) * 1000),
    }));
  } catch {
    return err("invalid");
  }
  const grant = parts.grant(String(payload.global_session_id));
  if (grant === undefined) return err("invalid");
  let agedMs = 0;
  for (const byMs of grant.agingsMs.slice(Number(payload.sandbox_generation))) agedMs += byMs;
  const ageMs = parts.nowMs - Number(payload.sandbox_issued_ms) + agedMs;
  if (ageMs > ACCESS_TOKEN_LIFE_SECONDS * 1000) return err("expired");
  return ok({
    clientId: grant.clientId,
    userId: grant.userId,
    scopes: grant.scopes,
    authEventId: grant.authEventId,
  });
}

/** The grant that an access token names, without checking the token; "" when it is none. */
function grantIdOf(token: string): string {
  try {
    return String(decodeJwt(token).global_session_id);
  } catch {
    return "";
  }
}

function answersChallenge(challenge: Code["challenge"], verifier: string | null): boolean {
  if (challenge === null) return true;
  if (verifier === null) return false;
  if (challenge.method === "plain") return verifier === challenge.value;
  return createHash("sha256").update(verifier).digest("base64url") === challenge.value;
}

function hashOf(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
