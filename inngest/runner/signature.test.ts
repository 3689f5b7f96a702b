import { expect, test } from "vitest";
import { canonicalJson } from "./canonical-json";
import { isSameText, isSigned, readSigningKey, signBody } from "./signature";

const key = readSigningKey(`signkey-test-${"5e".repeat(16)}`);
const now = new Date("2026-11-21T12:00:00Z");

test("a body that was signed is recognised for five minutes", () => {
  const header = signBody("{}", key, now);
  expect(header).toMatch(/^t=1795262400&s=[0-9a-f]{64}$/);
  expect(isSigned("{}", header, key, now)).toBe(true);
  expect(isSigned("{}", header, key, new Date(now.getTime() + 299_000))).toBe(true);
  expect(isSigned("{}", header, key, new Date(now.getTime() + 301_000))).toBe(false);
});

test("another body, another key, no header and a broken one are not recognised", () => {
  const header = signBody("{}", key, now);
  expect(isSigned("[]", header, key, now)).toBe(false);
  expect(isSigned("{}", header, readSigningKey(`signkey-test-${"5f".repeat(16)}`), now)).toBe(false);
  expect(isSigned("{}", undefined, key, now)).toBe(false);
  expect(isSigned("{}", "t=abc&s=", key, now)).toBe(false);
});

test("the bearer token keeps the key's prefix and not the key", () => {
  expect(key.bearer).toMatch(/^signkey-test-[0-9a-f]{64}$/);
  expect(key.bearer).not.toContain(key.secret);
});

test.each(["", "5e5e", "signkey-test-xyz", `signkey-test-${"5E".repeat(16)}`, "signkey-test-5e5"])(
  "the key %j is refused without being repeated",
  (text) => {
    expect(() => readSigningKey(text)).toThrow("the signing key must read");
  },
);

test("texts are compared whole", () => {
  expect(isSameText("abc", "abc")).toBe(true);
  expect(isSameText("abc", "abd")).toBe(false);
  expect(isSameText("", "abd")).toBe(false);
});

test("canonical JSON sorts members, drops absent ones and keeps texts as JSON writes them", () => {
  const value = { b: [1, undefined, { d: null, c: "ü\u0000\ud800" }], a: 1e21, absent: undefined };
  expect(canonicalJson(value)).toBe('{"a":1e+21,"b":[1,null,{"c":"ü\\u0000\\ud800","d":null}]}');
  expect(canonicalJson(JSON.parse(canonicalJson(value)))).toBe(canonicalJson(value));
});
