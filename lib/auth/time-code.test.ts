import { describe, expect, it } from "vitest";
import { findStep, newTimeSecret, stepAt, timeCode, timeCodeUri, toBase32 } from "./time-code";

/** RFC 6238, appendix B: the SHA-1 secret "12345678901234567890" at some seconds, of the eight digits the last six. */
const SECRET = toBase32(Buffer.from("12345678901234567890"));
const VECTORS = [
  [59, "287082"],
  [1111111109, "081804"],
  [1111111111, "050471"],
  [1234567890, "005924"],
  [2000000000, "279037"],
  [20000000000, "353130"],
] as const;

const at = (seconds: number) => new Date(seconds * 1000);

describe("a code of an authenticator app", () => {
  it.each(VECTORS)("at %s s is the RFC's own", (seconds, code) => {
    expect(timeCode(SECRET, stepAt(at(seconds)))).toBe(code);
  });

  it("is taken half a minute early and late, and no further", () => {
    const now = at(1_000_000_000);
    const step = stepAt(now);
    const taken = [-2, -1, 0, 1, 2].map((away) => findStep(SECRET, timeCode(SECRET, step + away), now, 0));
    expect(taken).toEqual([null, step - 1, step, step + 1, null]);
  });

  it("of a step that is over already is taken no more", () => {
    const now = at(1_000_000_000);
    const step = stepAt(now);
    expect(findStep(SECRET, timeCode(SECRET, step), now, step)).toBeNull();
    expect(findStep(SECRET, timeCode(SECRET, step - 1), now, step)).toBeNull();
    expect(findStep(SECRET, timeCode(SECRET, step + 1), now, step)).toBe(step + 1);
  });

  it("of another length or of no digits fits nothing", () => {
    const now = at(59);
    for (const code of ["", "28708", "2870820", "abcdef", "２８７０８２"])
      expect(findStep(SECRET, code, now, 0)).toBeNull();
  });
});

it("a secret is 160 bits in base32, and no two are the same", () => {
  expect(SECRET).toBe("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
  expect(newTimeSecret()).toMatch(/^[A-Z2-7]{32}$/);
  expect(newTimeSecret()).not.toBe(newTimeSecret());
});

it("what the square holds names the issuer, the account and the secret", () => {
  const uri = new URL(timeCodeUri("ABC", "b&b@example.test"));
  expect([uri.protocol, uri.host, decodeURIComponent(uri.pathname)]).toEqual([
    "otpauth:",
    "totp",
    "/Tieout:b&b@example.test",
  ]);
  expect(Object.fromEntries(uri.searchParams)).toEqual({ secret: "ABC", issuer: "Tieout" });
});
