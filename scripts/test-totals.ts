/**
 * Turns each test runner's own JSON report into three numbers that can be added up. A file that could not be loaded
 * and an error outside any test each count as one failure, since a runner's own totals leave both out.
 * Pure: reading the reports is the caller's part.
 */
import { z } from "zod";

export type TestTotals = { passed: number; failed: number; skipped: number };

const vitestReport = z.object({
  success: z.boolean(),
  testResults: z.array(
    z.object({ status: z.string(), assertionResults: z.array(z.object({ status: z.string() })) }),
  ),
});

const playwrightReport = z.object({
  stats: z.object({
    expected: z.number().int(),
    unexpected: z.number().int(),
    flaky: z.number().int(),
    skipped: z.number().int(),
  }),
  errors: z.array(z.unknown()),
});

/** Totals of a Vitest JSON report; `report` is the parsed file. Throws when it is not such a report. */
export function countVitest(report: unknown): TestTotals {
  const { success, testResults } = vitestReport.parse(report);
  const totals: TestTotals = { passed: 0, failed: 0, skipped: 0 };
  for (const file of testResults) {
    for (const { status } of file.assertionResults) {
      if (status === "passed") totals.passed += 1;
      else if (status === "failed") totals.failed += 1;
      else totals.skipped += 1;
    }
    const someTestFailed = file.assertionResults.some(({ status }) => status === "failed");
    if (file.status === "failed" && !someTestFailed) totals.failed += 1;
  }
  if (!success && totals.failed === 0 && testResults.length > 0) totals.failed += 1;
  return totals;
}

/** Totals of a Playwright JSON report. A test that passed only at a later try counts as failed. */
export function countPlaywright(report: unknown): TestTotals {
  const { stats, errors } = playwrightReport.parse(report);
  const failed = stats.unexpected + stats.flaky;
  return {
    passed: stats.expected,
    failed: failed === 0 && errors.length > 0 ? 1 : failed,
    skipped: stats.skipped,
  };
}

/** The sum of several runners' totals. */
export function addTotals(all: TestTotals[]): TestTotals {
  return all.reduce(
    (sum, one) => ({
      passed: sum.passed + one.passed,
      failed: sum.failed + one.failed,
      skipped: sum.skipped + one.skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  );
}

/** The closing line that people and CI read; it stands alone as the last line. */
export function closingLine(totals: TestTotals): string {
  return `${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`;
}
