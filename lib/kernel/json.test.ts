import fc from "fast-check";
import { expect, test } from "vitest";
import { Decimal } from "./decimal";
import { encode } from "./json";

test("plain JSON is encoded to itself", () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
      // JSON itself has no negative zero.
      const plain = JSON.parse(JSON.stringify(value));
      expect(encode(plain)).toEqual(plain);
    }),
  );
});

test("amounts and decimals become text, at any depth", () => {
  const value = {
    lines: [{ minor: -123456789012345678901234567890n, rate: new Decimal("1e-7") }],
    none: undefined,
  };
  expect(encode(value)).toEqual({
    lines: [{ minor: "-123456789012345678901234567890", rate: "0.0000001" }],
    none: null,
  });
});

test("what JSON would silently empty or drop is refused", () => {
  const hidden = [
    new Date(0),
    new Map([["a", 1]]),
    new Set([1]),
    /x/,
    () => 1,
    Symbol("s"),
    Number.NaN,
    1 / 0,
  ];
  for (const value of hidden) {
    expect(() => encode({ deep: [value] }), String(value)).toThrow("has no JSON form");
  }
});
