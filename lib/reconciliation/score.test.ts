import fc from "fast-check";
import { expect, test } from "vitest";
import { scoreOf, scorePercent } from "./score";

const tally = { agreeing: 0, differing: 0, missing: 0, extra: 0, exceptions: 0 };

test.each([
  [{ ...tally, agreeing: 10 }, "100.00"],
  [{ ...tally, agreeing: 9, missing: 1 }, "90.00"],
  [{ ...tally, agreeing: 9, extra: 1 }, "90.00"],
  [{ ...tally, agreeing: 1, differing: 1, exceptions: 1 }, "33.33"],
  [{ ...tally, exceptions: 4 }, "0.00"],
  [tally, null],
])("%o is %s percent", (counts, percent) => {
  expect(scorePercent(scoreOf(counts))).toBe(percent);
});

test("a hundred percent is said only where all agree", () => {
  fc.assert(
    fc.property(fc.nat({ max: 10_000_000 }), fc.nat({ max: 5 }), (agreeing, missing) => {
      fc.pre(agreeing + missing > 0);
      const percent = scorePercent(scoreOf({ ...tally, agreeing, missing }));
      expect(percent === "100.00").toBe(missing === 0);
    }),
  );
});
