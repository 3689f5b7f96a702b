import type { AuthOptions } from "next-auth";
import type { OAuthConfig } from "next-auth/providers/oauth";
import type { Logger } from "pino";
import { z } from "zod";
import type { Database } from "@/lib/db/client";
import { createAuthAdapter } from "./adapter";
import { isSecure, SESSION_SECONDS, sessionCookieName } from "./session-token";

/**
 * Sign-in with Xero: OpenID scopes only, checked with PKCE and state, by full redirects. It says who someone is and
 * opens no books; connecting an organisation is a consent of its own with its own tokens.
 * Addresses come from the authority's discovery document (developer.xero.com, sign in with Xero, checked 2026-11-21).
 */
export interface AuthSettings {
  readonly database: Database;
  readonly logger: Logger;
  readonly origin: string;
  readonly secret: string;
  /** Browser and system of the request in words, for the list of sessions. */
  readonly device?: string;
  readonly xero: { readonly authority: string; readonly clientId: string; readonly clientSecret: string };
}

export function createAuthOptions(settings: AuthSettings): AuthOptions {
  const secure = isSecure(settings.origin);
  return {
    adapter: createAuthAdapter(settings.database, { device: settings.device }),
    secret: settings.secret,
    providers: [xeroProvider(settings.xero)],
    session: { strategy: "database", maxAge: SESSION_SECONDS },
    useSecureCookies: secure,
    cookies: {
      sessionToken: {
        name: sessionCookieName(settings.origin),
        options: { httpOnly: true, sameSite: "lax", path: "/", secure },
      },
    },
    pages: { signIn: "/sign-in", error: "/sign-in" },
    logger: {
      error: (code, metadata) => settings.logger.error({ code, err: causeOf(metadata) }, "sign-in failed"),
      warn: (code) => settings.logger.warn({ code }, "sign-in warning"),
      debug: () => undefined,
    },
  };
}

/** What we believe of an id token. `sub` is Xero's lasting id of a person; names and addresses change. */
const profileSchema = z.object({
  sub: z.string().min(1),
  email: z.email(),
  name: z.string().optional(),
  given_name: z.string().optional(),
  family_name: z.string().optional(),
});

function xeroProvider({ authority, clientId, clientSecret }: AuthSettings["xero"]): OAuthConfig<unknown> {
  return {
    id: "xero",
    name: "Xero",
    type: "oauth",
    wellKnown: `${authority}/.well-known/openid-configuration`,
    authorization: { params: { scope: "openid profile email" } },
    idToken: true,
    checks: ["pkce", "state"],
    clientId,
    clientSecret,
    profile(raw) {
      const profile = profileSchema.parse(raw);
      const fullName = [profile.given_name, profile.family_name].filter(Boolean).join(" ");
      return { id: profile.sub, email: profile.email, name: profile.name ?? (fullName || profile.email) };
    },
  };
}

function causeOf(metadata: unknown): unknown {
  return metadata !== null && typeof metadata === "object" && "error" in metadata ? metadata.error : metadata;
}
