import fc from "fast-check";
import { expect, test } from "vitest";
import { nameSimilarity, normaliseName } from "./name-similarity";

const names = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.constantFrom("Acme Ltd", "The Co", "Ádám & Søn", "A B C"),
);

test("similarity lies between none and whole, is mutual, and whole with oneself", () => {
  fc.assert(
    fc.property(names, names, (first, second) => {
      const score = nameSimilarity(first, second);
      expect(score >= 0 && score <= 1).toBe(true);
      expect(nameSimilarity(second, first)).toBe(score);
      expect([0, 1]).toContain(nameSimilarity(first, first));
    }),
  );
});

test.each([
  ["Acme Ltd", "ACME Limited.", 1],
  ["The Gift-Box Company", "gift box", 1],
  ["Smith & Sons", "Smith Sons", 1],
  ["Acme North", "Acme South", 1 / 3],
  ["Acme Ltd", "Bolt Ltd", 0],
  ["The Co", "The Company", 1 / 3],
  ["", "", 0],
  ["!!!", "!!!", 0],
])("%j and %j are alike by %d", (first, second, score) => {
  expect(nameSimilarity(first, second)).toBeCloseTo(score);
});

test("names without letters in common are not alike because both lack words", () => {
  expect(nameSimilarity("???", "Acme")).toBe(0);
});

test("a name is normalised once and for all", () => {
  expect(normaliseName("  Ada\u00a0\t LOVELACE ")).toBe("ada lovelace");
  fc.assert(
    fc.property(names, (name) => {
      expect(normaliseName(normaliseName(name))).toBe(normaliseName(name));
    }),
  );
});

test("an accent typed in two ways is one name", () => {
  expect(normaliseName("Cafe\u0301 Noir")).toBe(normaliseName("Caf\u00e9 Noir"));
  expect(nameSimilarity("Cafe\u0301 Noir", "Caf\u00e9 Noir")).toBe(1);
});
