/**
 * Runs dependency-cruiser with the project's rules over one tree and tells each broken rule by name. It counts the
 * modules that were read, because the tool ends well when it found none (it does so under a TypeScript it does not
 * know), and a check that read nothing must not pass.
 */
import path from "node:path";
import { z } from "zod";
import { projectRoot, runPackageScript } from "./run-command";

const ruleFile = path.join(projectRoot, ".dependency-cruiser.cjs");

const cruiseReport = z.object({
  summary: z.object({
    totalCruised: z.number().int(),
    violations: z.array(z.object({ from: z.string(), to: z.string(), rule: z.object({ name: z.string() }) })),
  }),
});

export type ArchitectureViolation = { rule: string; source: string; target: string };
export type CruiseOutcome = { moduleCount: number; violations: ArchitectureViolation[] };

/** Reads every module under `folder`, which has its own tsconfig.json. Throws when the tool itself failed. */
export async function cruiseTree(folder: string): Promise<CruiseOutcome> {
  const { stdout, output } = await runPackageScript(
    "dependency-cruiser/bin/dependency-cruise.mjs",
    ["--config", ruleFile, "--output-type", "json", "."],
    { folder },
  );
  if (!stdout.startsWith("{")) throw new Error(`dependency-cruiser did not report: ${output.trim()}`);
  const { summary } = cruiseReport.parse(JSON.parse(stdout));
  return {
    moduleCount: summary.totalCruised,
    violations: summary.violations.map(({ rule, from, to }) => ({
      rule: rule.name,
      source: from,
      target: to,
    })),
  };
}
