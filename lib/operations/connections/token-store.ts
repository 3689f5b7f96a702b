import { z } from "zod";
import type { TokenSet } from "@/lib/connectors/contract/connector";
import type { Transaction } from "@/lib/db/client";
import { seal, unseal } from "@/lib/vault/cipher";
import type { Runtime } from "../runtime";

/** A connection's tokens in the vault: sealed for their place, opened only here. */
const tokenSetSchema = z.object({
  accessToken: z.string(),
  refreshToken: z.string(),
  expiresAt: z.string(),
  scopes: z.array(z.string()),
  previousRefreshToken: z.string().nullable(),
});

const PURPOSE = "oauth";

interface Place {
  readonly workspaceId: string;
  readonly connectionId: string;
}

export async function storeTokens(
  runtime: Runtime,
  tx: Transaction,
  { workspaceId, connectionId }: Place,
  tokens: TokenSet,
): Promise<void> {
  const key = { workspaceId, connectionId, purpose: PURPOSE };
  const sealed = seal(JSON.stringify(tokens), key, runtime.vaultKeys);
  const content = { ...sealed, expiresAt: new Date(tokens.expiresAt), refreshingUntil: null };
  await tx.credential.upsert({
    where: { connectionId_purpose: { connectionId, purpose: PURPOSE } },
    create: { ...key, ...content },
    update: content,
  });
}

/** Null where the connection has none (it was disconnected). */
export async function loadTokens(runtime: Runtime, place: Place): Promise<TokenSet | null> {
  const row = await runtime.database.withWorkspace(place.workspaceId, (tx) =>
    tx.credential.findUnique({
      where: { connectionId_purpose: { connectionId: place.connectionId, purpose: PURPOSE } },
    }),
  );
  if (!row) return null;
  const text = unseal(
    { keyId: row.keyId, nonce: row.nonce, ciphertext: row.ciphertext },
    { ...place, purpose: PURPOSE },
    runtime.vaultKeys,
  );
  return tokenSetSchema.parse(JSON.parse(text));
}

/** True for the one process that may refresh now; the lease ends by itself, should that process die. */
export async function takeRefreshLease(runtime: Runtime, place: Place, leaseMs: number): Promise<boolean> {
  const now = runtime.clock.now();
  const { count } = await runtime.database.withWorkspace(place.workspaceId, (tx) =>
    tx.credential.updateMany({
      where: {
        connectionId: place.connectionId,
        purpose: PURPOSE,
        OR: [{ refreshingUntil: null }, { refreshingUntil: { lt: now } }],
      },
      data: { refreshingUntil: new Date(now.getTime() + leaseMs) },
    }),
  );
  return count === 1;
}

export async function releaseRefreshLease(runtime: Runtime, place: Place): Promise<void> {
  await runtime.database.withWorkspace(place.workspaceId, (tx) =>
    tx.credential.updateMany({
      where: { connectionId: place.connectionId, purpose: PURPOSE },
      data: { refreshingUntil: null },
    }),
  );
}
