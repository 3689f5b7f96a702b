import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { projectRoot, runCommand } from "./run-command";

/*
 * npm run sbom: writes .tieout/sbom.json, the list of every package in production as CycloneDX 1.5, made by npm itself out of
 * package-lock.json. Prints one JSON line last: where it is and how many packages it names.
 */
const bomSchema = z.object({
  bomFormat: z.literal("CycloneDX"),
  components: z.array(z.object({ name: z.string(), version: z.string() })).min(1),
});

const { exitCode, stdout, output } = await runCommand("npm", [
  ...["sbom", "--sbom-format", "cyclonedx", "--omit", "dev", "--package-lock-only"],
]);
if (exitCode !== 0) throw new Error(`npm sbom ended with code ${exitCode}: ${output.trim()}`);
const { components } = bomSchema.parse(JSON.parse(stdout));
const file = path.join(projectRoot, ".tieout", "sbom.json");
mkdirSync(path.dirname(file), { recursive: true });
writeFileSync(file, stdout);
console.log(JSON.stringify({ file: path.relative(projectRoot, file), packages: components.length }));
