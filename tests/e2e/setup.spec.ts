import { type Browser, expect, type Locator, type Page, test } from "@playwright/test";
import { checkBothModes, collectPageErrors } from "./check-page";
import {
  answerOpenQuestions,
  consentAtXero,
  createWorkspace,
  leaveForXero,
  openProductForFile,
  patient,
} from "./journey";

/**
 * The set-up as it leads a person through its four phases, who leaves in the middle, goes on elsewhere, is signed out while
 * choosing, and finds everything where it was: from two connections to a pair that is live, with nothing paid before.
 */
const JOURNEY_TIMEOUT_MS = 900_000;
const RUN_TIMEOUT_MS = 300_000;

test.use({ actionTimeout: 60_000 });

const product = openProductForFile();

test("an owner is led through four phases to live, leaves in the middle, and goes on where it was", async ({
  browser,
}, info) => {
  test.setTimeout(JOURNEY_TIMEOUT_MS);
  let page = await signIn(browser);
  const errors = [collectPageErrors(page, product.origin)];
  let workspace = "";

  await test.step("Discover: each side is connected, and what is kept in step is chosen", async () => {
    workspace = await createWorkspace(page, "Led Gifts");
    await expectPhases(page, "Now Later Later Later");
    await page.getByRole("link", { name: "Connect to Xero" }).click();
    await consentAtXero(page);
    await patient(page.getByText("Xero is connected")).toBeVisible();
    await patient(rail(page)).toContainText("Connect the system that you run your business in.");
    await page.getByLabel("Where is your Zoho Books account?").selectOption("eu");
    await page.getByRole("link", { name: "Connect to Zoho Books" }).click();
    await page.getByRole("button", { name: "Accept" }).click();
    await patient(page.getByText("Zoho Books is connected")).toBeVisible();
    const sales = page.getByRole("checkbox", { name: /^Sales/ });
    await patient(sales).toBeChecked();
    await patient(page.getByText(/From Zoho Books to Xero/)).toBeVisible();
    await expectPhases(page, "Done Now Later Later");
    await sales.click();
    await patient(rail(page)).toContainText("Nothing is ticked yet");
    await expectPhases(page, "Now Later Later Later");
    await sales.click();
    await patient(sales).toBeChecked();
    await expectPhases(page, "Done Now Later Later");
    await checkBothModes(page, info, "setup-01-discover");
  });

  await test.step("somebody who comes back elsewhere is led to the same step", async () => {
    await page.context().close();
    page = await signIn(browser);
    errors.push(collectPageErrors(page, product.origin));
    await patient(page).toHaveURL(`${workspace}/overview`);
    await patient(page.getByRole("heading", { name: "Continue the set-up" })).toBeVisible();
    await expectPhases(page, "Done Now Later Later");
    await checkBothModes(page, info, "setup-02-overview");
    await page.getByRole("link", { name: "Continue to the set-up" }).click();
    await patient(page.getByRole("heading", { level: 1, name: "Set-up" })).toBeVisible();
  });

  await test.step("Configure and map: what is chosen and not saved survives a reload, and can be dropped", async () => {
    await patient(page.getByText("How far back should Xero be kept?")).toBeVisible();
    await page.getByRole("button", { name: "Count what there is" }).click();
    await patient(page.getByRole("rowheader", { name: "the beginning" })).toBeVisible({
      timeout: RUN_TIMEOUT_MS,
    });
    await patient(page.getByText("What is not in Xero yet takes", { exact: true })).toBeVisible({
      timeout: RUN_TIMEOUT_MS,
    });
    const drafts = page.getByRole("radio", { name: /As drafts/ });
    const approved = page.getByRole("radio", { name: /^Approved/ });
    await expect(async () => {
      await drafts.check();
      await page.reload();
      await expect(page.getByText(BACK)).toBeVisible({ timeout: 5_000 });
    }).toPass({ timeout: 120_000 });
    await expect(drafts).toBeChecked();
    await checkBothModes(page, info, "setup-03-configure");
    await page.getByRole("button", { name: "Drop them" }).click();
    await expect(approved).toBeChecked();
    await patient(page.getByText(BACK)).toBeHidden();
    await page.reload();
    await patient(approved).toBeChecked();
    await patient(page.getByText(BACK)).toBeHidden();
  });

  await test.step("a session that ends meanwhile loses no choice", async () => {
    await answerOpenQuestions(page);
    await page.getByRole("radio", { name: /From a day on/ }).check();
    await page.getByLabel("First day that is kept").fill("2020-01-01");
    await page.context().clearCookies();
    await page.getByRole("button", { name: "Confirm and continue" }).click();
    await patient(page.getByRole("alert").filter({ hasText: /sign/i })).toBeVisible();
    await page.goto(`${workspace}/setup`);
    await patient(page).toHaveURL(/\/sign-in/);
    await signInHere(page, "Sign in with Xero");
    await patient(page).toHaveURL(`${workspace}/setup`);
    await patient(page.getByText(BACK)).toBeVisible();
    await expect(page.getByLabel("First day that is kept")).toHaveValue("2020-01-01");
    await page.getByRole("radio", { name: /Everything there is/ }).check();
    await page.getByRole("button", { name: "Confirm and continue" }).click();
    await patient(page).toHaveURL(/\/preview$/);
    await expectPhases(page, "Done Done Now Later");
  });

  await test.step("Validate: a preview, and what both sides hold in five figures", async () => {
    await page.getByRole("button", { name: "Make a preview" }).click();
    await patient(page.getByRole("heading", { name: "What it books, by account" })).toBeVisible({
      timeout: RUN_TIMEOUT_MS,
    });
    const figures = page.getByRole("region", { name: "What both sides hold, record by record" });
    for (const words of ["Matched", "Mapped", "New", "Will remain in Xero unmatched", "Needs your eye"])
      await patient(figures.getByRole("link", { name: new RegExp(`^[\\d,]+ ${words}$`) })).toBeVisible();
    await patient(page.getByText(/^In [\d,]+ calls? to Xero/)).toBeVisible();
    await checkBothModes(page, info, "setup-04-validate");
    await figures.getByRole("link", { name: /Matched$/ }).click();
    await patient(page.getByRole("list", { name: "Records side by side" })).toBeVisible();
    await patient(rail(page)).toBeVisible();
    await checkBothModes(page, info, "setup-05-matches");
  });

  await test.step("what may be in Xero already is said, and looked at again", async () => {
    const next = rail(page).getByText("Some records may be in your books already.", { exact: false });
    if (await next.isVisible()) await decideAll(page, workspace);
    await page.goto(`${workspace}/overview`);
    await patient(rail(page).getByRole("link", { name: "Compare both sides" })).toBeVisible();
  });

  await test.step("the first tie-out is of the real data, before anything is posted or paid", async () => {
    await rail(page).getByRole("link", { name: "Compare both sides" }).click();
    await patient(page.getByRole("button", { name: "Compare everything now" })).toBeVisible();
    await checkBothModes(page, info, "setup-06-compare");
    await page.getByRole("button", { name: "Compare everything now" }).click();
    await patient(page.getByText("Both sides are being read").first()).toBeVisible();
    await expect(async () => {
      await page.reload();
      await expect(page.getByRole("heading", { name: "What needs a person" })).toBeVisible({
        timeout: 5_000,
      });
    }).toPass({ timeout: RUN_TIMEOUT_MS });
    await expectPhases(page, "Done Done Done Now");
    await patient(rail(page).getByRole("link", { name: "Stay in a parallel run first" })).toBeVisible();
    await checkBothModes(page, info, "setup-07-tie-out");
  });

  await test.step("Launch: what was previewed is posted, and there is nothing left to set up", async () => {
    await rail(page).getByRole("link", { name: "Go live" }).click();
    await page.getByRole("button", { name: /^Post [\d,]+ records? to Xero$/ }).click();
    await patient(page.getByRole("link", { name: "See the tie-out" })).toBeVisible({
      timeout: RUN_TIMEOUT_MS,
    });
    await page.goto(`${workspace}/overview`);
    await patient(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(rail(page)).toHaveCount(0);
    await page.goto(`${workspace}/setup`);
    await patient(page.getByText("What should be kept in step?")).toBeVisible();
    await expect(rail(page)).toHaveCount(0);
  });

  expect(errors.flat()).toEqual([]);
});

const BACK = "Your unsaved choices from before are back";

const rail = (page: Page): Locator => page.getByRole("region", { name: /^(Set-up|Continue the set-up)$/ });

/** The words under the four phases, in their order; one of them is the step that a screen reader calls the present one. */
async function expectPhases(page: Page, words: string): Promise<void> {
  const phases = rail(page).getByRole("listitem");
  const expected = words.split(" ").map((state, index) => new RegExp(`${PHASES[index] ?? ""}${state}$`));
  await patient(phases).toHaveText(expected);
  await expect(rail(page).locator('[aria-current="step"]')).toHaveText(/Now$/);
}

const PHASES = ["Discover", "Configure and map", "Validate", "Launch"] as const;

/** A browser of its own, signed in as the owner. */
async function signIn(browser: Browser): Promise<Page> {
  const page = await (await browser.newContext({ locale: "en-GB", timezoneId: "UTC" })).newPage();
  page.setDefaultTimeout(60_000);
  await page.goto(product.origin);
  await signInHere(page, "Sign up with Xero");
  return page;
}

async function signInHere(page: Page, label: string): Promise<void> {
  await leaveForXero(page, label);
  await consentAtXero(page);
  await page.waitForURL((url) => url.origin === product.origin && !url.pathname.startsWith("/api"));
}

/** Says of every record in doubt that it is another one, and has both sides read again. */
async function decideAll(page: Page, workspace: string): Promise<void> {
  await page.goto(`${workspace}/matches`);
  const questions = page.getByRole("region", { name: "Open questions" });
  const another = questions.getByRole("button", { name: /^It is (another one|none of these)/ });
  while ((await another.count()) > 0) {
    const before = await another.count();
    await another.first().click();
    await expect.poll(() => another.count(), { timeout: 60_000 }).toBeLessThan(before);
  }
  await page.goto(`${workspace}/overview`);
  await rail(page).getByRole("link", { name: "Make a new preview" }).click();
  await page.getByRole("button", { name: "Make a preview" }).click();
  await patient(page.getByRole("heading", { name: "What it books, by account" })).toBeVisible({
    timeout: RUN_TIMEOUT_MS,
  });
}
