import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, type Page, test } from "@playwright/test";
import {
  answerOpenQuestions,
  consentAtXero,
  createWorkspace,
  leaveForXero,
  openProductForFile,
  patient,
} from "../e2e/journey";
import { STOPS, type StopName } from "./stops";

/**
 * `npm run tour`: walks through the product with the demo company and writes docs/tour.md with its pictures, so that they show
 * what is there. It fails where a stop cannot be reached; it checks nothing else.
 */
const TOUR_TIMEOUT_MS = 900_000;
const RUN_TIMEOUT_MS = 300_000;
const DOCS = fileURLToPath(new URL("../../docs", import.meta.url));
/** Sharp enough to read, small enough for a repository. */
const JPEG_QUALITY = 72;

test.use({ actionTimeout: 60_000, viewport: { width: 1280, height: 860 } });

const product = openProductForFile();

test("the ten journeys, in pictures", async ({ page }) => {
  test.setTimeout(TOUR_TIMEOUT_MS);
  const seen: StopName[] = [];
  const look = async (name: StopName): Promise<void> => {
    await page.evaluate(() => document.fonts.ready);
    await page.mouse.move(0, 0);
    await mkdir(join(DOCS, "tour"), { recursive: true });
    await page.screenshot({
      ...{ path: join(DOCS, "tour", `${name}.jpg`), type: "jpeg", quality: JPEG_QUALITY },
      animations: "disabled",
    });
    seen.push(name);
  };

  await page.goto(product.origin);
  await look("install");
  await leaveForXero(page, "Sign up with Xero");
  await consentAtXero(page);
  const workspace = await createWorkspace(page, "Tidewater Gifts");
  await page.getByRole("link", { name: "Connect to Xero" }).click();
  await consentAtXero(page);
  await patient(page.getByText("Xero is connected")).toBeVisible();
  await page.getByLabel("Where is your Zoho Books account?").selectOption("eu");
  await page.getByRole("link", { name: "Connect to Zoho Books" }).click();
  await page.getByRole("button", { name: "Accept" }).click();
  await patient(page.getByText("Zoho Books is connected")).toBeVisible();
  await page.goto(`${workspace}/connections`);
  await look("connect");

  await page.goto(`${workspace}/setup`);
  await patient(page.getByText("Suggested").first()).toBeVisible();
  await page.getByRole("heading", { level: 2 }).last().scrollIntoViewIfNeeded();
  await look("set-up");
  await answerOpenQuestions(page);
  await page.getByRole("button", { name: "Confirm and continue" }).click();
  await page.getByRole("button", { name: "Make a preview" }).click();
  const post = page.getByRole("button", { name: /^Post [\d,]+ records? to Xero$/ });
  await patient(post).toBeVisible({ timeout: RUN_TIMEOUT_MS });
  await look("preview");
  await goAndLook(page, `${workspace}/matches?status=matched`, /^Matches$/, () => look("matches"));
  await page.goBack();

  await post.click();
  await patient(page.getByRole("link", { name: "See the tie-out" })).toBeVisible({ timeout: RUN_TIMEOUT_MS });
  await look("run");
  await goAndLook(page, `${workspace}/overview`, /\S/, () => look("overview"));
  await goAndLook(page, `${workspace}/exceptions`, /\S/, () => look("exceptions"));
  await page.goto(`${workspace}/records?q=INV-1111`);
  await page
    .getByRole("main")
    .getByRole("link", { name: /INV-1111/ })
    .first()
    .click();
  await patient(page.getByRole("heading", { level: 2, name: "What happened" })).toBeVisible();
  await look("record");
  await goAndLook(page, `${workspace}/reconciliation`, /\S/, () => look("tie-out"));
  await goAndLook(page, `${workspace}/alerts`, /^Alerts$/, () => look("alerts"));

  expect([...seen].sort()).toEqual(STOPS.map(({ name }) => name).sort());
  await writeFile(join(DOCS, "tour.md"), tourText());
});

async function goAndLook(
  page: Page,
  address: string,
  title: RegExp,
  look: () => Promise<void>,
): Promise<void> {
  await page.goto(address);
  await patient(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
  await look();
}

function tourText(): string {
  const parts = STOPS.map(
    ({ name, title, says }) => `## ${title}\n\n${says}\n\n![${title}](tour/${name}.jpg)\n`,
  );
  return [
    "# A tour in pictures\n",
    "The demo company as `npm run demo` starts it. `npm run tour` makes these pictures and this page anew.\n",
    ...parts,
  ].join("\n");
}
