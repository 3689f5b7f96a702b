import { randomInt } from "node:crypto";
import type { Transaction } from "@/lib/db/client";
import { seal, unseal } from "@/lib/vault/cipher";
import type { Runtime } from "../runtime";

/** What a connection's own webhooks are signed with: sealed in the vault beside its tokens, gone with them. */
interface Place {
  readonly workspaceId: string;
  readonly connectionId: string;
}

const PURPOSE = "webhook";
/** It does not run out: its owner replaces it, or the connection ends. */
const NEVER = new Date("9999-01-01T00:00:00Z");
/** Zoho takes 12 to 50 letters and digits. */
const SECRET_CHARACTERS = 40;
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** Letters and digits alone, about 238 bits of chance. */
export function makeWebhookSecret(): string {
  return Array.from({ length: SECRET_CHARACTERS }, () => ALPHABET[randomInt(ALPHABET.length)]).join("");
}

export async function storeWebhookSecret(
  runtime: Runtime,
  tx: Transaction,
  place: Place,
  secret: string,
): Promise<void> {
  const key = { ...place, purpose: PURPOSE };
  const content = { ...seal(secret, key, runtime.vaultKeys), expiresAt: NEVER };
  await tx.credential.upsert({
    where: { connectionId_purpose: { connectionId: place.connectionId, purpose: PURPOSE } },
    create: { ...key, ...content },
    update: content,
  });
}

/** Null where the connection has none. */
export async function loadWebhookSecret(runtime: Runtime, place: Place): Promise<string | null> {
  const row = await runtime.database.withWorkspace(place.workspaceId, (tx) =>
    tx.credential.findUnique({
      where: { connectionId_purpose: { connectionId: place.connectionId, purpose: PURPOSE } },
    }),
  );
  return row
    ? unseal(
        { keyId: row.keyId, nonce: row.nonce, ciphertext: row.ciphertext },
        { workspaceId: place.workspaceId, connectionId: place.connectionId, purpose: PURPOSE },
        runtime.vaultKeys,
      )
    : null;
}
