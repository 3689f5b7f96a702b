import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

/**
 * AES-256-GCM for credentials at rest. Each sealing has a fresh 12-byte nonce and is bound to the place it belongs
 * to (workspace, connection, purpose) as associated data, so a row copied elsewhere does not open.
 */
export interface SealedSecret {
  readonly keyId: string;
  readonly nonce: Uint8Array<ArrayBuffer>;
  readonly ciphertext: Uint8Array<ArrayBuffer>;
}

export interface SecretPlace {
  readonly workspaceId: string;
  readonly connectionId: string;
  readonly purpose: string;
}

export interface VaultKeys {
  readonly currentId: string;
  readonly keys: ReadonlyMap<string, Uint8Array>;
}

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Reads "id:base64,id:base64"; the first is the one that seals, the others still open. Keys are never in the message. */
export function parseVaultKeys(text: string, setting = "VAULT_KEYS"): VaultKeys {
  const entries = text.split(",").map((part): [string, Uint8Array] => {
    const [id, encoded = "", ...more] = part.trim().split(":");
    const key = Buffer.from(encoded, "base64");
    // Decoding skips what is no base64; a key that was mistyped must not become another key.
    const isExact = key.toString("base64").replace(/=+$/, "") === encoded.replace(/=+$/, "");
    if (!id || key.length !== KEY_BYTES || !isExact || more.length > 0)
      throw new Error(`${setting}: every entry is "id:base64 of ${KEY_BYTES} bytes"`);
    return [id, key];
  });
  const first = entries[0];
  if (!first) throw new Error(`${setting}: at least one key`);
  const keys = new Map(entries);
  if (keys.size < entries.length) throw new Error(`${setting}: two entries have the same id`);
  return { currentId: first[0], keys };
}

export function seal(plaintext: string, place: SecretPlace, vaultKeys: VaultKeys): SealedSecret {
  const key = keyOf(vaultKeys, vaultKeys.currentId);
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(associatedBytes(place));
  const body = Buffer.concat([cipher.update(plaintext, "utf8"), cipher.final(), cipher.getAuthTag()]);
  return { keyId: vaultKeys.currentId, nonce: Uint8Array.from(nonce), ciphertext: Uint8Array.from(body) };
}

/** Throws when the key is unknown, the place differs or a byte was changed. */
export function unseal(sealed: SealedSecret, place: SecretPlace, vaultKeys: VaultKeys): string {
  const body = Buffer.from(sealed.ciphertext);
  // Without its length named, a tag of four bytes is taken too, and that many can be guessed.
  const decipher = createDecipheriv("aes-256-gcm", keyOf(vaultKeys, sealed.keyId), sealed.nonce, {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(associatedBytes(place));
  decipher.setAuthTag(body.subarray(body.length - TAG_BYTES));
  return Buffer.concat([
    decipher.update(body.subarray(0, body.length - TAG_BYTES)),
    decipher.final(),
  ]).toString("utf8");
}

function keyOf(vaultKeys: VaultKeys, id: string): Uint8Array {
  const key = vaultKeys.keys.get(id);
  if (!key) throw new Error(`the vault has no key "${id}"`);
  return key;
}

const associatedBytes = (place: SecretPlace): Buffer =>
  Buffer.from(JSON.stringify([place.workspaceId, place.connectionId, place.purpose]));
