import { describe, expect, it } from "vitest";
import { addTotals, closingLine, countPlaywright, countVitest } from "./test-totals";

function aFile(status: string, ...tests: string[]) {
  return { status, assertionResults: tests.map((each) => ({ status: each })) };
}

describe("countVitest", () => {
  it("adds up every file's tests by outcome", () => {
    const report = {
      success: false,
      testResults: [aFile("failed", "passed", "failed"), aFile("passed", "passed", "skipped", "todo")],
    };
    expect(countVitest(report)).toEqual({ passed: 2, failed: 1, skipped: 2 });
  });

  it("counts a file that could not be loaded as one failure", () => {
    const report = { success: false, testResults: [aFile("failed"), aFile("passed", "passed")] };
    expect(countVitest(report)).toEqual({ passed: 1, failed: 1, skipped: 0 });
  });

  it("counts an error outside any test as one failure", () => {
    const report = { success: false, testResults: [aFile("passed", "passed")] };
    expect(countVitest(report)).toEqual({ passed: 1, failed: 1, skipped: 0 });
  });

  it("refuses what is not a Vitest report", () => {
    expect(() => countVitest({ numTotalTests: 3 })).toThrow();
  });
});

describe("countPlaywright", () => {
  it("counts a test that passed only at a later try as failed", () => {
    const report = { stats: { expected: 3, unexpected: 1, flaky: 1, skipped: 2 }, errors: [] };
    expect(countPlaywright(report)).toEqual({ passed: 3, failed: 2, skipped: 2 });
  });

  it("counts an error before any test as one failure", () => {
    const report = {
      stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 0 },
      errors: [{ message: "no" }],
    };
    expect(countPlaywright(report)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });
});

describe("closingLine", () => {
  it("sums the runners into one plain line", () => {
    const sum = addTotals([
      { passed: 2, failed: 0, skipped: 1 },
      { passed: 3, failed: 1, skipped: 0 },
    ]);
    expect(closingLine(sum)).toBe("5 passed, 1 failed, 1 skipped");
  });
});
