/**
 * Browser journeys: one worker, since they share one running product; a trace and a picture are kept of a failure.
 * The specs start what they need, so that no address is written down here.
 */
import { defineConfig } from "@playwright/test";
import { findBrowser } from "./tests/setup/browser";

const { executablePath, args, env } = await findBrowser();

export default defineConfig({
  testDir: "tests/e2e",
  outputDir: "test-results",
  workers: 1,
  fullyParallel: false,
  forbidOnly: true,
  retries: 0,
  timeout: 120_000,
  use: {
    headless: true,
    locale: "en-GB",
    timezoneId: "UTC",
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    launchOptions: { executablePath, args, env: { ...process.env, ...env } },
  },
  projects: [{ name: "desktop", use: { viewport: { width: 1280, height: 800 } } }],
});
