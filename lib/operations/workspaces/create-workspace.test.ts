import fc from "fast-check";
import { expect, test } from "vitest";
import { slugOf } from "./create-workspace";

test("whatever a workspace is called, its slug is plain lower-case words joined by single dashes", () => {
  const names = fc.oneof(
    fc.string(),
    fc.string({ unit: "grapheme" }),
    fc.constantFrom("a - b", "--", "_x_", "é".repeat(99)),
  );
  fc.assert(
    fc.property(names, (name) => {
      const slug = slugOf(name);
      expect(slug).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      expect(slug.length).toBeLessThanOrEqual(40);
      expect(slugOf(slug)).toBe(slug);
    }),
  );
});

test.each([
  ["Tidewater Gifts Ltd.", "tidewater-gifts-ltd"],
  ["Café & Crème", "cafe-creme"],
  ["  A - B_c  ", "a-b-c"],
  ["東京", "workspace"],
  ["../../etc", "etc"],
])("%j becomes %j", (name, slug) => {
  expect(slugOf(name)).toBe(slug);
});

test("a long name is not cut to a dash at the end", () => {
  expect(slugOf(`${"x".repeat(39)} y`)).toBe("x".repeat(39));
});
