/**
 * Codes of an authenticator app: RFC 6238 with SHA-1, six digits and steps of 30 seconds, which is what every such app
 * takes for granted. Pure but for making secrets; who may try how often is the caller's matter.
 */
import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

const STEP_SECONDS = 30;
const DIGITS = 6;
/** As long as SHA-1's own output (RFC 4226, section 4). */
const SECRET_BYTES = 20;
/** A clock may be half a minute off, in either direction. */
const STEPS_AROUND = [0, -1, 1] as const;

const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** A secret in base32, as apps take it. */
export const newTimeSecret = (): string => toBase32(randomBytes(SECRET_BYTES));

export const stepAt = (now: Date): number => Math.floor(now.getTime() / 1000 / STEP_SECONDS);

/** The code of a secret in one step. */
export function timeCode(secret: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const digest = createHmac("sha1", fromBase32(secret)).update(counter).digest();
  const offset = (digest.at(-1) ?? 0) & 0xf;
  const number = digest.readUInt32BE(offset) & 0x7fffffff;
  return String(number % 10 ** DIGITS).padStart(DIGITS, "0");
}

/** The step that a code belongs to, among now and its neighbours, later than `after`; null where it fits none. */
export function findStep(secret: string, code: string, now: Date, after: number): number | null {
  const given = Buffer.from(code);
  const present = stepAt(now);
  for (const away of STEPS_AROUND) {
    const expected = Buffer.from(timeCode(secret, present + away));
    const fits = given.length === expected.length && timingSafeEqual(given, expected);
    if (fits && present + away > after) return present + away;
  }
  return null;
}

/** What the app reads from the square: who issued the secret, for whom, and the secret. */
export function timeCodeUri(secret: string, account: string): string {
  const settings = new URLSearchParams({ secret, issuer: "Tieout" });
  return `otpauth://totp/Tieout:${encodeURIComponent(account)}?${settings}`;
}

/** Base32 of RFC 4648, without padding. */
export function toBase32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  return (bits.match(/.{1,5}/g) ?? [])
    .map((five) => BASE32.charAt(Number.parseInt(five.padEnd(5, "0"), 2)))
    .join("");
}

function fromBase32(text: string): Buffer {
  const bits = [...text].map((letter) => BASE32.indexOf(letter).toString(2).padStart(5, "0")).join("");
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((eight) => Number.parseInt(eight, 2)));
}
