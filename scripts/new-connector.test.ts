import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { connectorSkeleton, registrationLines } from "./connector-skeleton";
import { projectRoot } from "./run-command";

/** A new connector's folder, made beside the project and tested as if it stood in it. */
const run = promisify(execFile);
const ID = "acme-orders-2";
let beside: string;

beforeAll(async () => {
  beside = await mkdtemp(join(tmpdir(), "tieout-connector-"));
  await symlink(join(projectRoot, "node_modules"), join(beside, "node_modules"), "dir");
  await writeFile(join(beside, "package.json"), '{"type":"module"}');
  await writeFile(
    join(beside, "vitest.config.ts"),
    `export default { resolve: { alias: { "@": ${JSON.stringify(projectRoot)} } }, test: { include: ["**/*.test.ts"] } };`,
  );
  for (const { path, text } of connectorSkeleton(ID, "Acme Orders")) {
    const file = join(beside, "lib/connectors", ID, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
});
afterAll(() => rm(beside, { recursive: true, force: true }));

const reportSchema = z.object({ numPassedTests: z.int(), numFailedTests: z.int(), success: z.boolean() });

test("a new connector's own tests pass", async () => {
  const report = join(beside, "report.json");
  await run(
    process.execPath,
    [
      ...[join(projectRoot, "node_modules/vitest/vitest.mjs"), "run", "--root", beside],
      ...["--reporter=json", `--outputFile=${report}`],
    ],
    { cwd: beside },
  );
  const answer = reportSchema.parse(JSON.parse(await readFile(report, "utf8")));
  expect(answer).toMatchObject({ success: true, numFailedTests: 0 });
  expect(answer.numPassedTests).toBeGreaterThan(15);
});

test("a new connector is made known by a line in the registry and one in the catalogue", () => {
  expect(registrationLines(ID)).toEqual([
    'lib/connectors/registry.ts: import { createAcmeOrders2Connector } from "./acme-orders-2"; and createAcmeOrders2Connector(config.byForm) in the list',
    'lib/connectors/catalog.ts: import { acmeOrders2Manifest } from "./acme-orders-2/manifest"; and acmeOrders2Manifest in the list',
  ]);
});
