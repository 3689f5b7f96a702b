import { createHash } from "node:crypto";
import { EncryptJWT, jwtDecrypt } from "jose";
import { z } from "zod";
import type { Env } from "@/lib/env";

/**
 * What has to survive the trip to a vendor's consent page: encrypted in a short-lived cookie of this browser, so that a
 * callback counts only in the browser that began it, and no table has to be cleaned.
 */
const stateSchema = z.object({
  slug: z.string(),
  userId: z.string(),
  connectorId: z.string(),
  region: z.string(),
  state: z.string(),
  codeVerifier: z.string(),
});
export type ConnectState = z.output<typeof stateSchema>;

export const STATE_COOKIE = "tieout-connect";
export const STATE_SECONDS = 600;

const keyOf = (env: Env): Uint8Array =>
  createHash("sha256").update(`connect-state:${env.NEXTAUTH_SECRET}`).digest();

export async function sealState(state: ConnectState, env: Env): Promise<string> {
  return new EncryptJWT(state)
    .setProtectedHeader({ alg: "dir", enc: "A256GCM" })
    .setIssuedAt()
    .setExpirationTime(`${STATE_SECONDS}s`)
    .encrypt(keyOf(env));
}

/** Null where the cookie is missing, old, or not ours. */
export async function openState(value: string | null, env: Env): Promise<ConnectState | null> {
  if (value === null) return null;
  const opened = await jwtDecrypt(value, keyOf(env)).then(
    ({ payload }) => stateSchema.safeParse(payload),
    () => null,
  );
  return opened?.success ? opened.data : null;
}
