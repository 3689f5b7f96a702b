import { randomBytes } from "node:crypto";
import { z } from "zod";
import { invariant } from "@/lib/kernel/invariant";
import { type SealedSecret, type SecretPlace, seal, unseal, type VaultKeys } from "@/lib/vault/cipher";

/** What a channel's address and its signing secret are sealed for. Both are shown to nobody once they are stored. */
const PURPOSE = "alertChannel";

const secretSchema = z.object({
  address: z.url(),
  /** In the form of Standard Webhooks: "whsec_" and base64; null for Slack, which checks no signature. */
  signingSecret: z.string().nullable(),
});
export type ChannelSecret = z.output<typeof secretSchema>;

export const placeOfChannel = (workspaceId: string, channelId: string): SecretPlace => ({
  workspaceId,
  connectionId: channelId,
  purpose: PURPOSE,
});

const SECRET_BYTES = 32;

export const makeSigningSecret = (): string => `whsec_${randomBytes(SECRET_BYTES).toString("base64")}`;

export const sealChannel = (secret: ChannelSecret, place: SecretPlace, keys: VaultKeys): SealedSecret =>
  seal(JSON.stringify(secret), place, keys);

export interface SealedChannel {
  readonly id: string;
  readonly workspaceId: string;
  readonly keyId: string | null;
  readonly nonce: Uint8Array<ArrayBuffer> | null;
  readonly ciphertext: Uint8Array<ArrayBuffer> | null;
}

/** Throws where the vault lacks the key, or the row was changed. */
export function openChannel(row: SealedChannel, keys: VaultKeys): ChannelSecret {
  const { keyId, nonce, ciphertext } = row;
  invariant(keyId !== null && nonce !== null && ciphertext !== null, `channel ${row.id} has an address`);
  const text = unseal({ keyId, nonce, ciphertext }, placeOfChannel(row.workspaceId, row.id), keys);
  return secretSchema.parse(JSON.parse(text));
}
