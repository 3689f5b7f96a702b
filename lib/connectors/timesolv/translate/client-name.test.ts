import fc from "fast-check";
import { expect, test } from "vitest";
import { toLedgerName } from "./client-name";

const NAME = fc
  .array(fc.oneof(fc.constantFrom(" ", "  ", "   ", "\t", "\u00a0", "_", "Ann", "Å", "'"), fc.string()), {
    maxLength: 12,
  })
  .map((parts) => parts.join(""));

test.each([
  ["John Smith", "John Smith"],
  ["John  Smith", "John _Smith"],
  ["John   Smith", "John _ Smith"],
  ["John    Smith", "John _ _Smith"],
  ["John \tSmith", "John _Smith"],
  ["John\u00a0 Smith", "John _Smith"],
  ["  John Smith ", "John Smith"],
  ["A  B  C", "A _B _C"],
])("%j goes to the ledger as %j", (name, expected) => {
  expect(toLedgerName(name)).toBe(expected);
});

test("no result has two blanks in a row or a blank around it", () => {
  fc.assert(
    fc.property(NAME, (name) => {
      const result = toLedgerName(name);
      expect(result).not.toMatch(/\s\s/u);
      expect(result).toBe(result.trim());
    }),
  );
});

test("a name that was changed once is not changed again", () => {
  fc.assert(
    fc.property(NAME, (name) => {
      expect(toLedgerName(toLedgerName(name))).toBe(toLedgerName(name));
    }),
  );
});

test("names that are equal but for the blanks around them stay equal, and none is lost", () => {
  fc.assert(
    fc.property(NAME, (name) => {
      expect(toLedgerName(` ${name} `)).toBe(toLedgerName(name));
      expect(toLedgerName(name) === "").toBe(name.trim() === "");
    }),
  );
});

test("names without underscores that differ by the number of their spaces stay different", () => {
  const words = fc.array(fc.constantFrom("Ann", "Bo", "Cy"), { minLength: 2, maxLength: 4 });
  const gaps = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 3, maxLength: 3 });
  const spaced = (parts: readonly string[], sizes: readonly number[]): string =>
    parts.reduce((text, part, index) => `${text}${" ".repeat(sizes[index - 1] ?? 1)}${part}`);
  fc.assert(
    fc.property(words, gaps, gaps, (parts, one, other) => {
      const [first, second] = [spaced(parts, one), spaced(parts, other)];
      expect(toLedgerName(first) === toLedgerName(second)).toBe(first === second);
    }),
  );
});
