import fc from "fast-check";
import { expect, test } from "vitest";
import { parseExactJson } from "./exact-json";

test("an amount of more than 15 digits comes back as the text that was sent", () => {
  expect(parseExactJson('{"total":1000000000000000.01}')).toEqual({ total: "1000000000000000.01" });
  expect(parseExactJson('{"total":-90071992547409.911}')).toEqual({ total: "-90071992547409.911" });
  expect(parseExactJson('{"total":100000000000000001}')).toEqual({ total: "100000000000000001" });
});

test("a number of up to 15 digits stays a number, leading zeros not counted", () => {
  expect(parseExactJson('{"rate":0.00000000000000123,"total":123456789012.345}')).toEqual({
    rate: 0.00000000000000123,
    total: 123456789012.345,
  });
});

test("digits inside text are left alone, whatever stands around them", () => {
  const text = JSON.stringify({ 'a "12345678901234567890" name': 'said \\"12345678901234567890\\" 1' });
  expect(parseExactJson(text)).toEqual(JSON.parse(text));
});

test("everything but long numbers is read as JSON.parse reads it", () => {
  const value = fc
    .jsonValue()
    .filter((json) => !/\d{16}|\d\.\d{15}/.test(JSON.stringify(json).replace(/\./g, "")));
  fc.assert(
    fc.property(value, (json) => {
      const text = JSON.stringify(json);
      expect(parseExactJson(text)).toEqual(JSON.parse(text));
    }),
  );
});

test("a body that breaks off is no JSON", () => {
  expect(() => parseExactJson('{"total":12')).toThrow(SyntaxError);
});
