import { createHash, createHmac, timingSafeEqual } from "node:crypto";

/*
 * The signatures of the Inngest protocol, in both directions, and the bearer token that the SDK shows to the runner.
 * A signature covers the body and the second in which it was made; the SDK refuses one that is older than five
 * minutes, so real time is used here and never a test's clock.
 * Checked against inngest 4.24.0: components/InngestCommHandler.js, helpers/net.js, helpers/strings.js.
 */

const ANSWER_AGE_MAX_MS = 5 * 60_000;
const KEY_FORM = /^signkey-\w+-((?:[0-9a-f]{2}){16,})$/;

export interface SigningKey {
  /** Without its prefix: the secret of every signature. */
  readonly secret: string;
  /** What the SDK sends as its bearer token. */
  readonly bearer: string;
}

/** Reads `signkey-<environment>-<hex>`; throws where it has another form, and never repeats the key. */
export function readSigningKey(text: string): SigningKey {
  const secret = KEY_FORM.exec(text)?.[1];
  if (secret === undefined)
    throw new Error("the signing key must read signkey-<environment>-<32 or more lower-case hex digits>");
  const prefix = text.slice(0, -secret.length);
  const digest = createHash("sha256").update(Buffer.from(secret, "hex")).digest("hex");
  return { secret, bearer: `${prefix}${digest}` };
}

/** The value of x-inngest-signature for a body in canonical form. */
export function signBody(body: string, key: SigningKey, now: Date): string {
  const second = Math.floor(now.getTime() / 1000).toString();
  return `t=${second}&s=${digestOf(body, key, second)}`;
}

/** True where the header signs exactly this text, within five minutes of now. */
export function isSigned(text: string, header: string | undefined, key: SigningKey, now: Date): boolean {
  if (header === undefined) return false;
  const parts = new URLSearchParams(header);
  const second = parts.get("t") ?? "";
  const age = Math.abs(now.getTime() - Number(second) * 1000);
  if (!/^\d+$/.test(second) || age > ANSWER_AGE_MAX_MS) return false;
  return isSameText(parts.get("s") ?? "", digestOf(text, key, second));
}

/** Compares two secrets in a time that does not depend on where they differ. */
export function isSameText(given: string, wanted: string): boolean {
  const hash = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(hash(given), hash(wanted));
}

function digestOf(text: string, key: SigningKey, second: string): string {
  return createHmac("sha256", key.secret).update(text).update(second).digest("hex");
}
