import fc from "fast-check";
import { expect, test } from "vitest";
import { Decimal, decimal, decimalFromNumber, decimalText } from "./decimal";

test("a decimal's text and its parsed value are each other's inverse, for every digit written", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.nat({ max: 12 }), (digits, places) => {
      const value = new Decimal(digits.toString()).dividedBy(new Decimal(10).pow(places));
      const text = decimalText(value);
      expect(text).toMatch(/^-?\d+(\.\d*[1-9])?$/);
      expect(decimal(text).equals(value)).toBe(true);
      expect(decimalText(decimal(text))).toBe(text);
    }),
  );
});

test.each([
  "",
  " ",
  ".5",
  "5.",
  "1,000.00",
  "1 000",
  "£5",
  "NaN",
  "Infinity",
  "0x10",
  "1e100",
  "--1",
  "1.2.3",
  "١",
])("%j is no decimal", (text) => {
  expect(() => decimal(text)).toThrow(RangeError);
});

test("an enormous text is refused without being repeated in full", () => {
  expect(() => decimal("x".repeat(10_000))).toThrow(/^not a decimal: "x{40}"$/);
});

test("zero has one text, whatever its sign was", () => {
  expect([decimal("-0"), decimal("0.00"), new Decimal(-0)].map(decimalText)).toEqual(["0", "0", "0"]);
});

test("a number of up to fifteen digits is taken as it was written", () => {
  fc.assert(
    fc.property(fc.integer({ min: -(10 ** 14), max: 10 ** 14 }), fc.nat({ max: 6 }), (digits, places) => {
      const written = new Decimal(digits).dividedBy(new Decimal(10).pow(places));
      expect(decimalFromNumber(JSON.parse(written.toFixed())).equals(written)).toBe(true);
    }),
  );
});

test("a number that reading JSON may have changed is refused", () => {
  for (const text of [
    "0.30000000000000004",
    "9007199254740993",
    "1000000000000000.01",
    "10000000000000001",
  ]) {
    expect(() => decimalFromNumber(JSON.parse(text)), text).toThrow(/more than 15 significant digits/);
  }
});

test("what is not a finite number is refused", () => {
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])
    expect(() => decimalFromNumber(value)).toThrow("not a finite number");
});

test("half a unit goes away from zero", () => {
  const rounded = ["0.5", "1.5", "2.5", "-0.5", "-2.5", "0.49999999999999999999"].map((text) =>
    decimalText(decimal(text).toDecimalPlaces(0)),
  );
  expect(rounded).toEqual(["1", "2", "3", "-1", "-3", "0"]);
});
