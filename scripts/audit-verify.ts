import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { z } from "zod";
import { verifyAudit } from "@/lib/operations/audit/verify-audit";
import { closeRuntime } from "@/lib/operations/runtime";

/*
 * npm run audit:verify [-- --workspace slug] [-- --heads file]: checks the chain over the audit trail with the product's own
 * settings, reads alone, prints one JSON line last and ends with 1 where a chain is broken. With --heads the ends of the
 * chains are compared with those that the file has from the last time, and noted there for the next: kept away from the
 * database, it shows also that a whole end of a trail was put back to an earlier one.
 */
const headsSchema = z.record(z.string(), z.object({ place: z.string(), hash: z.string() }));

const { values } = parseArgs({
  options: { workspace: { type: "string" }, heads: { type: "string" } },
});

try {
  const file = values.heads;
  const noted =
    file !== undefined && existsSync(file) ? headsSchema.parse(JSON.parse(readFileSync(file, "utf8"))) : {};
  const { heads, ...report } = await verifyAudit(values.workspace ?? null, noted);
  // The note of a chain that is broken stays as it was.
  if (file !== undefined) writeFileSync(file, `${JSON.stringify({ ...noted, ...heads }, null, 2)}\n`);
  for (const { workspace, sequence, what } of report.broken)
    console.log(`${workspace}, line ${sequence}: ${what}`);
  console.log(JSON.stringify(report));
  process.exitCode = report.broken.length === 0 ? 0 : 1;
} finally {
  await closeRuntime();
}
