/**
 * Holds docs/decisions/dependencies.md to package.json: every dependency has exactly one line that says why it is
 * there, and no line outlives its dependency. Whether the reason is good is for a reader to judge. Pure.
 */
import { z } from "zod";

const packageFile = z.object({
  dependencies: z.record(z.string(), z.string()),
  devDependencies: z.record(z.string(), z.string()),
});

/** What is wrong, one sentence each; `packageText` is package.json's text, `document` the Markdown. */
export function checkDependencyReasons(packageText: string, document: string): string[] {
  const { dependencies, devDependencies } = packageFile.parse(JSON.parse(packageText));
  const declared = Object.keys({ ...dependencies, ...devDependencies });
  const rows = document
    .split("\n")
    .map((line) => /^\|\s*`([^`]+)`\s*\|(.*)\|\s*$/.exec(line))
    .filter((match) => match !== null)
    .map(([, name = "", reason = ""]) => ({ name, reason: reason.trim() }));
  const problems: string[] = [];
  for (const name of declared) {
    const own = rows.filter((row) => row.name === name);
    if (own.length === 0) problems.push(`${name} has no line that says why it is here`);
    if (own.length > 1) problems.push(`${name} has ${own.length} lines`);
    if (own.some(({ reason }) => reason === "")) problems.push(`${name} has a line without a reason`);
  }
  for (const { name } of rows) {
    if (!declared.includes(name)) problems.push(`${name} has a line and is no dependency`);
  }
  return problems;
}
