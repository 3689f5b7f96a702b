import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { parseVaultKeys, type SealedSecret, type SecretPlace, seal, unseal } from "./cipher";

const key = (): string => randomBytes(32).toString("base64");
const OLD = key();
const KEYS = parseVaultKeys(`2026:${key()},2025:${OLD}`);
const PLACE: SecretPlace = { workspaceId: "w", connectionId: "c", purpose: "tokens" };

test("what was sealed opens in its place, whatever the text", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (secret) => {
      expect(unseal(seal(secret, PLACE, KEYS), PLACE, KEYS)).toBe(secret);
    }),
  );
});

test("one text sealed twice has two nonces and two ciphertexts, and neither shows it", () => {
  const sealed = Array.from({ length: 50 }, () => seal("the same refresh token", PLACE, KEYS));
  expect(new Set(sealed.map((one) => Buffer.from(one.nonce).toString("hex"))).size).toBe(50);
  expect(new Set(sealed.map((one) => Buffer.from(one.ciphertext).toString("hex"))).size).toBe(50);
  expect(sealed[0]?.nonce.length).toBe(12);
  expect(Buffer.from(sealed[0]?.ciphertext ?? []).toString("latin1")).not.toContain("refresh");
});

test("a secret does not open in another workspace, connection or purpose", () => {
  const sealed = seal("secret", PLACE, KEYS);
  const elsewhere: SecretPlace[] = [
    { ...PLACE, workspaceId: "w2" },
    { ...PLACE, connectionId: "c2" },
    { ...PLACE, purpose: "webhook" },
    { workspaceId: "c", connectionId: "w", purpose: "tokens" },
    { workspaceId: 'w","c', connectionId: "tokens", purpose: "" },
  ];
  for (const place of elsewhere) expect(() => unseal(sealed, place, KEYS)).toThrow();
});

test("a secret does not open once any bit of its ciphertext, nonce or place was changed", () => {
  const flip = (bytes: Uint8Array, choice: number) => {
    const flipped = Uint8Array.from(bytes);
    const at = choice % bytes.length;
    flipped[at] = (bytes[at] ?? 0) ^ (1 << (choice % 8));
    return flipped;
  };
  const text = fc.string({ unit: "grapheme", minLength: 1 });
  const place = fc.record({ workspaceId: text, connectionId: text, purpose: text });
  fc.assert(
    fc.property(text, place, fc.nat(), fc.nat(), text, (secret, at, choice, other, word) => {
      const sealed = seal(secret, at, KEYS);
      expect(unseal(sealed, at, KEYS)).toBe(secret);
      expect(() => unseal({ ...sealed, ciphertext: flip(sealed.ciphertext, choice) }, at, KEYS)).toThrow();
      expect(() => unseal({ ...sealed, nonce: flip(sealed.nonce, other) }, at, KEYS)).toThrow();
      for (const part of ["workspaceId", "connectionId", "purpose"] as const)
        expect(() => unseal(sealed, { ...at, [part]: `${at[part]}${word}` }, KEYS)).toThrow();
      expect(() => unseal({ ...sealed, keyId: "2025" }, at, KEYS)).toThrow();
    }),
  );
});

test("a secret does not open with any one byte of it changed", () => {
  const sealed = seal("secret", PLACE, KEYS);
  const flipped = (bytes: Uint8Array, at: number) =>
    Uint8Array.from(bytes, (byte, index) => (index === at ? byte ^ 1 : byte));
  for (let at = 0; at < sealed.ciphertext.length; at += 1)
    expect(() => unseal({ ...sealed, ciphertext: flipped(sealed.ciphertext, at) }, PLACE, KEYS)).toThrow();
  for (let at = 0; at < sealed.nonce.length; at += 1)
    expect(() => unseal({ ...sealed, nonce: flipped(sealed.nonce, at) }, PLACE, KEYS)).toThrow();
});

test("a ciphertext that was cut short does not open, not even an empty one with a short tag", () => {
  for (const secret of ["", "secret"]) {
    const sealed = seal(secret, PLACE, KEYS);
    for (let length = 0; length < sealed.ciphertext.length; length += 1) {
      const cut: SealedSecret = { ...sealed, ciphertext: sealed.ciphertext.slice(0, length) };
      expect(() => unseal(cut, PLACE, KEYS), `${length}`).toThrow();
    }
  }
});

test("after a rotation old secrets still open and new ones have the new key", () => {
  const before = parseVaultKeys(`2025:${OLD}`);
  const sealed = seal("secret", PLACE, before);
  expect(unseal(sealed, PLACE, KEYS)).toBe("secret");
  expect(seal("secret", PLACE, KEYS).keyId).toBe("2026");
  expect(() => unseal(seal("secret", PLACE, KEYS), PLACE, before)).toThrow('the vault has no key "2026"');
});

test.each([
  ["nothing", ""],
  ["no id", `:${key()}`],
  ["no key", "2026:"],
  ["a key of 16 bytes", `2026:${randomBytes(16).toString("base64")}`],
  ["a key of 33 bytes", `2026:${randomBytes(33).toString("base64")}`],
  ["an empty entry", `2026:${key()},`],
  ["a mistyped key", `2026:!${key()}`],
  ["a third part", `2026:${key()}:x`],
  ["two keys of one id", `2026:${key()},2026:${key()}`],
])("%s is refused at start, and the keys are not in the message", (_, text) => {
  expect(() => parseVaultKeys(text)).toThrow(/^VAULT_KEYS: /);
  expect(() => parseVaultKeys(text)).not.toThrow(text.slice(5, 30) || "never");
});

test("spaces around entries do not matter", () => {
  expect([...parseVaultKeys(` a:${OLD} , b:${OLD} `).keys.keys()]).toEqual(["a", "b"]);
});
