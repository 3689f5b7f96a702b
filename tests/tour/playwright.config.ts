/** The tour's own settings: `npm test` never comes here, since its pictures are kept in the repository. */
import { fileURLToPath } from "node:url";
import { defineConfig } from "@playwright/test";
import journeys from "../../playwright.config";

export default defineConfig({
  ...journeys,
  testDir: fileURLToPath(new URL(".", import.meta.url)),
  outputDir: fileURLToPath(new URL("../../test-results/tour", import.meta.url)),
});
