/**
 * `npm run check`: every guard that needs no running product, one after the other, all of them even when one fails,
 * so that one run shows everything that is owed. A guard says what it read; one that read nothing fails. What cannot
 * be checked here (a registry that answers no audit) is shown as "not checked" and counts neither way.
 */
import fs from "node:fs";
import path from "node:path";
import { z } from "zod";
import { cruiseTree } from "./check-architecture";
import { checkCapabilitiesFile } from "./check-capabilities";
import { checkDependencyReasons } from "./check-dependencies";
import { checkEnvExample } from "./check-env-example";
import { checkLicences, listProductionPackages } from "./check-licences";
import { scanProduct, sourceFences } from "./check-source-fences";
import { projectRoot, runCommand, runPackageScript } from "./run-command";

type Outcome = { verdict: "passed" | "failed" | "not checked"; summary: string; lines: string[] };
type Check = { name: string; run: () => Promise<Outcome> };

/** What commands read besides the product's own settings; scripts are outside the environment fence. */
const commandSettings = ["DATABASE_OWNER_URL", "DATABASE_RUNNER_URL", "TIEOUT_REFERENCE_DIR"];

/** Fewer modules than this means that the tool did not read the tree, whatever it says. */
const moduleCountMin = 20;

function judge(problems: string[], summary: string): Outcome {
  if (problems.length === 0) return { verdict: "passed", summary, lines: [] };
  return { verdict: "failed", summary: `${problems.length} found; ${summary}`, lines: problems };
}

function readProjectFile(file: string): string {
  return fs.readFileSync(path.join(projectRoot, file), "utf8");
}

async function runTool(file: string, args: string[], summary: string): Promise<Outcome> {
  const { exitCode, output } = await runPackageScript(file, args);
  if (exitCode === 0) return { verdict: "passed", summary, lines: [] };
  return { verdict: "failed", summary: `ended with code ${exitCode}`, lines: output.trim().split("\n") };
}

async function checkArchitecture(): Promise<Outcome> {
  const { moduleCount, violations } = await cruiseTree(projectRoot);
  const problems = violations.map(({ rule, source, target }) => `${rule}: ${source} imports ${target}`);
  if (moduleCount <= moduleCountMin) problems.push(`only ${moduleCount} modules were read`);
  return judge(problems, `${moduleCount} modules`);
}

async function checkSourceFences(): Promise<Outcome> {
  const { fileCount, findings } = scanProduct(projectRoot);
  const problems = findings.map(({ fence, file, line }) => {
    const reason = sourceFences.find(({ name }) => name === fence)?.reason ?? "";
    return `${file}:${line} ${fence}: ${reason}`;
  });
  if (fileCount <= moduleCountMin) problems.push(`only ${fileCount} files were read`);
  return judge(problems, `${fileCount} files, ${sourceFences.length} fences`);
}

async function checkCapabilityTable(): Promise<Outcome> {
  const { problems, count } = checkCapabilitiesFile(projectRoot);
  const summary = Object.entries(count).map(([status, rows]) => `${rows} ${status}`);
  return judge(problems, summary.join(", "));
}

async function checkSchemaDrift(): Promise<Outcome> {
  const { schemaDrift } = await import("@/lib/db/schema-drift");
  const difference = (await schemaDrift()).trim();
  return judge(difference === "" ? [] : difference.split("\n"), "migrations against schema.prisma");
}

async function checkEnvironmentExample(): Promise<Outcome> {
  const { ENV_NAMES } = await import("@/lib/env");
  const names = [...ENV_NAMES, ...commandSettings];
  return judge(checkEnvExample(readProjectFile(".env.example"), names), `${names.length} settings`);
}

async function checkDependencyTable(): Promise<Outcome> {
  const problems = checkDependencyReasons(
    readProjectFile("package.json"),
    readProjectFile("docs/decisions/dependencies.md"),
  );
  return judge(problems, "each dependency has its reason");
}

async function checkProductionLicences(): Promise<Outcome> {
  const packages = listProductionPackages(readProjectFile("package-lock.json"));
  const problems = checkLicences(packages);
  if (packages.length === 0) problems.push("no package was read");
  return judge(problems, `${packages.length} packages in production`);
}

const auditReport = z.object({
  metadata: z.object({
    vulnerabilities: z.object({
      low: z.number(),
      moderate: z.number(),
      high: z.number(),
      critical: z.number(),
    }),
  }),
});

/** Low and moderate advisories are shown and do not fail: most wait on a release that is not ours. */
async function checkAudit(): Promise<Outcome> {
  const { stdout } = await runCommand("npm", ["audit", "--json"]);
  const parsed = auditReport.safeParse(stdout.startsWith("{") ? JSON.parse(stdout) : {});
  if (!parsed.success) return { verdict: "not checked", summary: "the registry answers no audit", lines: [] };
  const { low, moderate, high, critical } = parsed.data.metadata.vulnerabilities;
  const grave = [...(high > 0 ? [`${high} high`] : []), ...(critical > 0 ? [`${critical} critical`] : [])];
  return judge(grave, `${low} low, ${moderate} moderate`);
}

const checks: Check[] = [
  {
    name: "format and lint",
    run: () =>
      runTool("@biomejs/biome/bin/biome", ["ci", "--colors=off", "--max-diagnostics=20", "."], "biome"),
  },
  { name: "types", run: () => runTool("typescript/bin/tsc", ["-p", ".", "--noEmit"], "tsc") },
  { name: "import rules", run: checkArchitecture },
  { name: "source fences", run: checkSourceFences },
  { name: "capabilities", run: checkCapabilityTable },
  { name: "dependencies", run: checkDependencyTable },
  { name: "licences", run: checkProductionLicences },
  { name: "schema drift", run: checkSchemaDrift },
  { name: "environment example", run: checkEnvironmentExample },
  { name: "known weaknesses", run: checkAudit },
];

/** A check that throws has failed: the others still run, and its message is shown with them. */
async function runCheck(check: Check): Promise<Outcome> {
  try {
    return await check.run();
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { verdict: "failed", summary: "could not be run", lines: text.split("\n") };
  }
}

async function main(): Promise<void> {
  const rows: Array<[string, Outcome]> = [];
  for (const check of checks) {
    const outcome = await runCheck(check);
    rows.push([check.name, outcome]);
    if (outcome.verdict !== "failed") continue;
    console.log(`\n${check.name}:`);
    for (const line of outcome.lines) console.log(`  ${line}`);
  }
  console.log("");
  for (const [name, { verdict, summary }] of rows) {
    console.log(`${name.padEnd(22)}${verdict.padEnd(13)}${summary}`);
  }
  const passed = rows.filter(([, { verdict }]) => verdict === "passed").length;
  const failed = rows.filter(([, { verdict }]) => verdict === "failed").length;
  console.log(`check: ${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}

await main();
