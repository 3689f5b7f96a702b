/** `npm run tour`: walks through the product in a browser and writes docs/tour.md with its pictures anew. */
import { runPackageScript } from "./run-command";

const { exitCode } = await runPackageScript(
  "@playwright/test/cli.js",
  ["test", "--config", "tests/tour/playwright.config.ts", "--reporter=list"],
  { show: true },
);
process.exitCode = exitCode;
