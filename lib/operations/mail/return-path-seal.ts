import { createHash } from "node:crypto";
import { CompactEncrypt, compactDecrypt } from "jose";
import type { Env } from "@/lib/env";

/**
 * Where a sign-in leads, sealed while its mail waits: the path may be an invitation's, with the token that no table is
 * to hold in clear.
 */
const keyOf = (env: Env): Uint8Array =>
  createHash("sha256").update(`return-path:${env.NEXTAUTH_SECRET}`).digest();

export async function sealPath(path: string, env: Env): Promise<string> {
  return new CompactEncrypt(new TextEncoder().encode(path))
    .setProtectedHeader({ alg: "dir", enc: "A256GCM" })
    .encrypt(keyOf(env));
}

/** The start where it is not ours to open, for example after the secret was changed. */
export async function openPath(sealed: string, env: Env): Promise<string> {
  return compactDecrypt(sealed, keyOf(env)).then(
    ({ plaintext }) => new TextDecoder().decode(plaintext),
    () => "/start",
  );
}
