import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { runDemoInBrowser } from "./main-job/demo-browser";
import { runDemoOnce } from "./main-job/demo-once";

/**
 * `npm run demo`: the whole product on this machine with sandbox companies. `-- --once` does the main job without a
 * browser and prints one JSON line last; `-- --orders DIR` takes order lines instead of the built-in company.
 */
const { values } = parseArgs({
  options: {
    once: { type: "boolean", default: false },
    orders: { type: "string" },
    "tax-rounding": { type: "string", default: "document" },
    port: { type: "string", default: "3000" },
    "limit-speed": { type: "string" },
  },
});

const taxRounding = values["tax-rounding"];
if (taxRounding !== "document" && taxRounding !== "line") {
  process.stderr.write('--tax-rounding is "document" or "line"\n');
  process.exit(2);
}

/** Lines about progress go to standard error, so that standard output is the result alone. */
const say = (line: string): void => void process.stderr.write(`${line}\n`);
const seed =
  values.orders === undefined
    ? { kind: "demo-company" }
    : { kind: "orders", dir: values.orders, taxRounding };

if (values.once) {
  process.exitCode = await runDemoOnce({ seed, limitSpeed: Number(values["limit-speed"] ?? "3600"), say });
} else {
  const dir = await mkdtemp(join(tmpdir(), "tieout-demo-"));
  await runDemoInBrowser({
    dir,
    seed,
    port: Number(values.port),
    limitSpeed: Number(values["limit-speed"] ?? "60"),
    say,
  });
}
