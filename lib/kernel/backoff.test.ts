import { describe, expect, it } from "vitest";
import { backoffMs } from "./backoff";

const bounds = { baseMs: 1_000, maxMs: 60_000 };
const middle = () => 0.5;

describe("backoffMs", () => {
  it("doubles from the base up to the most", () => {
    expect([1, 2, 3, 4, 10, 1_000].map((attempt) => backoffMs(attempt, bounds, middle))).toEqual([
      1_000, 2_000, 4_000, 8_000, 60_000, 60_000,
    ]);
  });

  it("spreads what failed together over a quarter either way", () => {
    expect(backoffMs(3, bounds, () => 0)).toBe(3_000);
    expect(backoffMs(3, bounds, () => 0.999_999)).toBe(5_000);
  });

  it("takes the first wait for anything below the first try", () => {
    expect([0, -5].map((attempt) => backoffMs(attempt, bounds, middle))).toEqual([1_000, 1_000]);
  });
});
