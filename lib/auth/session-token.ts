import { createHash } from "node:crypto";

/**
 * A session token is a random secret that only the browser's cookie holds. The database has its hash, so that whoever
 * reads the table can sign in as nobody. It is long and random, hence a plain hash without salt is enough.
 */
export const SESSION_SECONDS = 30 * 24 * 60 * 60;

export function hashSessionToken(sessionToken: string): string {
  return createHash("sha256").update(sessionToken).digest("hex");
}

/** The cookie's name; browsers take a `__Secure-` cookie over https alone. */
export function sessionCookieName(origin: string): string {
  return isSecure(origin) ? "__Secure-tieout-session" : "tieout-session";
}

export const isSecure = (origin: string): boolean => origin.startsWith("https://");
