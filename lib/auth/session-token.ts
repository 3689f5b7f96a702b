import { createHash, createHmac, randomBytes } from "node:crypto";

/**
 * A session token is a random secret that only the browser's cookie holds. The database has its hash, so that whoever
 * reads the table can sign in as nobody. It is long and random, hence a plain hash without salt is enough.
 */
export const SESSION_SECONDS = 30 * 24 * 60 * 60;
/** A session that nobody used for this long is over, whatever is left of its thirty days. */
export const SESSION_IDLE_SECONDS = 14 * 24 * 60 * 60;
/** How long somebody may take for the second step after the link of a mail. */
export const SECOND_STEP_SECONDS = 15 * 60;

const TOKEN_BYTES = 32;

export const newToken = (): string => randomBytes(TOKEN_BYTES).toString("base64url");

export function hashSessionToken(sessionToken: string): string {
  return createHash("sha256").update(sessionToken).digest("hex");
}

/**
 * The token of a mailed link, made of the mail's own random id and the secret of the installation: an attempt that is
 * repeated after a crash sends the same link, and no table holds it. One whose secret changed meanwhile opens nothing.
 */
export function linkToken(secret: string, purpose: "signIn" | "invitation", mailId: string): string {
  return createHmac("sha256", secret).update(`mailed-link:${purpose}:${mailId}`).digest("base64url");
}

/** The cookie's name; browsers take a `__Secure-` cookie over https alone. */
export function sessionCookieName(origin: string): string {
  return isSecure(origin) ? "__Secure-tieout-session" : "tieout-session";
}

/** Holds who owes the second step; it opens nothing else. */
export function secondStepCookieName(origin: string): string {
  return isSecure(origin) ? "__Secure-tieout-second-step" : "tieout-second-step";
}

export const isSecure = (origin: string): boolean => origin.startsWith("https://");
