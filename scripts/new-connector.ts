import { access, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { connectorSkeleton, registrationLines } from "./connector-skeleton";
import { runPackageScript } from "./run-command";

/*
 * npm run new:connector -- <name> [label]: makes lib/connectors/<name> with a skeleton whose own tests pass, and says which
 * lines make it known. It writes those lines into no file: a system that reads nothing must not be offered to anyone.
 */
const CONNECTORS = fileURLToPath(new URL("../lib/connectors", import.meta.url));

const [name, label = name] = process.argv.slice(2);
if (
  name === undefined ||
  label === undefined ||
  !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name) ||
  /["`\\{}\n]/.test(label)
) {
  console.error("Usage: npm run new:connector -- <name-in-kebab-case> [Label]");
  process.exit(2);
}

const folder = join(CONNECTORS, name);
const isThere = await access(folder).then(
  () => true,
  () => false,
);
if (isThere) {
  console.error(`lib/connectors/${name} is there already.`);
  process.exit(1);
}
await mkdir(folder, { recursive: true });
for (const { path, text } of connectorSkeleton(name, label)) await writeFile(join(folder, path), text);
// Names of other lengths break lines elsewhere.
const formatted = await runPackageScript("@biomejs/biome/bin/biome", ["check", "--write", folder]);
if (formatted.exitCode !== 0) console.error("The new files could not be formatted: npx biome check --write");
console.log(`Wrote lib/connectors/${name}. Next: npx vitest run lib/connectors/${name}`);
for (const line of registrationLines(name)) console.log(`Then ${line}`);
