/**
 * `npm test`: every test of the project, one runner after the other, and one closing line with the sum of both. A run
 * is green only when every runner ended well, at least one test ran, and nothing failed. Words after `--` narrow the
 * run to test files whose path contains one of them; `-t text` narrows it to tests whose title contains it.
 */
import fs from "node:fs";
import path from "node:path";
import { projectRoot, runPackageScript } from "./run-command";
import { addTotals, closingLine, countPlaywright, countVitest, type TestTotals } from "./test-totals";

const reportFolder = path.join(projectRoot, ".tieout", "test");

type Selection = { words: string[]; title: string | undefined };
type RunnerResult = { name: string; totals: TestTotals; exitCode: number };

function parseSelection(args: string[]): Selection {
  const words: string[] = [];
  let title: string | undefined;
  for (let index = 0; index < args.length; index += 1) {
    const argument = args[index] ?? "";
    if (argument === "-t") {
      index += 1;
      title = args[index];
      if (title === undefined) stop("-t needs a text: npm test -- -t 'a second apply'");
    } else if (argument.startsWith("-")) {
      stop(`${argument} is not known here: give words of a file's path, or -t and a title.`);
    } else words.push(argument);
  }
  return { words, title };
}

function stop(sentence: string): never {
  console.error(sentence);
  console.log(closingLine({ passed: 0, failed: 1, skipped: 0 }));
  process.exit(1);
}

/** Reference data is optional, but a path that was given and cannot be read is a mistake to be told at once. */
function checkReferenceFolder(): void {
  const folder = process.env.TIEOUT_REFERENCE_DIR;
  if (folder === undefined || folder === "") {
    console.log("TIEOUT_REFERENCE_DIR is not set: tests against reference data are left out.");
    return;
  }
  try {
    fs.readdirSync(folder);
  } catch (error) {
    stop(`TIEOUT_REFERENCE_DIR names ${folder}, which cannot be read: ${String(error)}`);
  }
}

function readReport(file: string, count: (report: unknown) => TestTotals): TestTotals {
  if (!fs.existsSync(file)) {
    console.error(`${path.relative(projectRoot, file)} was not written: the runner died early.`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
  return count(JSON.parse(fs.readFileSync(file, "utf8")));
}

async function runVitest(selection: Selection): Promise<RunnerResult> {
  const report = path.join(reportFolder, "vitest.json");
  fs.rmSync(report, { force: true });
  const title = selection.title === undefined ? [] : ["-t", selection.title];
  const { exitCode } = await runPackageScript(
    "vitest/vitest.mjs",
    [
      "run",
      "--passWithNoTests",
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${report}`,
      ...title,
      ...selection.words,
    ],
    { show: true },
  );
  return { name: "unit, database and contract", totals: readReport(report, countVitest), exitCode };
}

function hasBrowserTests(): boolean {
  const folder = path.join(projectRoot, "tests", "e2e");
  if (!fs.existsSync(folder)) return false;
  return fs.readdirSync(folder, { recursive: true }).some((name) => String(name).endsWith(".spec.ts"));
}

async function runPlaywright(selection: Selection): Promise<RunnerResult> {
  const report = path.join(reportFolder, "playwright.json");
  fs.rmSync(report, { force: true });
  const title = selection.title === undefined ? [] : ["-g", selection.title];
  const { exitCode } = await runPackageScript(
    "@playwright/test/cli.js",
    ["test", "--pass-with-no-tests", "--reporter=list,json", ...title, ...selection.words],
    { show: true, env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_NAME: report } },
  );
  return { name: "browser", totals: readReport(report, countPlaywright), exitCode };
}

async function main(): Promise<void> {
  const selection = parseSelection(process.argv.slice(2));
  checkReferenceFolder();
  fs.mkdirSync(reportFolder, { recursive: true });
  const results = [await runVitest(selection)];
  if (hasBrowserTests()) results.push(await runPlaywright(selection));
  else console.log("tests/e2e has no spec: no browser test was run.");

  console.log("");
  for (const { name, totals } of results) console.log(`${name}: ${closingLine(totals)}`);
  const sum = addTotals(results.map(({ totals }) => totals));
  for (const { name, totals, exitCode } of results) {
    if (exitCode === 0 || totals.failed > 0) continue;
    console.error(`The ${name} runner ended with code ${exitCode} though no test of it failed.`);
    sum.failed += 1;
  }
  if (sum.passed + sum.failed === 0) {
    console.error("No test was run.");
    sum.failed += 1;
  }
  console.log(closingLine(sum));
  process.exitCode = sum.failed === 0 ? 0 : 1;
}

await main();
