import { type Browser, expect, type Page, test } from "@playwright/test";
import { checkPage, collectPageErrors } from "./check-page";
import { answerOpenQuestions, consentAtXero, createWorkspace, openProductForFile, patient } from "./journey";
import { walkWorkspacePages } from "./workspace-pages";

/**
 * The one journey that the product is for, in a browser against the sandbox companies: from the public page to books
 * that agree, with every consent on the vendor's own page in the same window.
 */
const JOURNEY_TIMEOUT_MS = 900_000;
const RUN_TIMEOUT_MS = 300_000;

const product = openProductForFile();

test("an owner signs up, connects both sides, previews, posts, and sees books that agree to the cent", async ({
  page,
}, info) => {
  test.setTimeout(JOURNEY_TIMEOUT_MS);
  const errors = collectPageErrors(page, product.origin);
  const posted = { workspace: "", runId: "" };

  await test.step("the public page says what it is and what it costs", async () => {
    await page.goto(product.origin);
    await patient(page.getByText("$599")).toBeVisible();
    await patient(page.getByText("a month, billed annually")).toBeVisible();
    await checkPage(page, info, "01-landing");
  });

  await test.step("signing in happens at Xero and comes back", async () => {
    await page.getByRole("button", { name: "Sign in with Xero" }).first().click();
    await consentAtXero(page);
    await patient(page.getByRole("heading", { name: /^Welcome/ })).toBeVisible();
    await checkPage(page, info, "02-create-workspace");
  });

  await test.step("a workspace needs a name and the terms", async () => {
    await page.getByRole("button", { name: "Create workspace" }).click();
    await patient(page.getByText("Give your business a name.")).toBeVisible();
    await page.getByLabel("Name of your business").fill("Tidewater Gifts");
    await page.getByRole("checkbox", { name: /terms/ }).check();
    await page.getByRole("button", { name: "Create workspace" }).click();
    await patient(page.getByRole("heading", { level: 1, name: "Connections" })).toBeVisible();
    await checkPage(page, info, "03-connections-empty");
  });

  await test.step("Xero is connected with a chosen organisation", async () => {
    await page.getByRole("link", { name: "Connect to Xero" }).click();
    await consentAtXero(page);
    await patient(page.getByText("Xero is connected")).toBeVisible();
  });

  await test.step("Zoho Books is connected in the European data centre", async () => {
    await page.getByLabel("Where is your Zoho Books account?").selectOption("eu");
    await page.getByRole("link", { name: "Connect to Zoho Books" }).click();
    await page.getByRole("button", { name: "Accept" }).click();
    await patient(page.getByText("Zoho Books is connected")).toBeVisible();
    await checkPage(page, info, "04-connections");
  });

  await test.step("the set-up suggests answers and is confirmed with one press", async () => {
    await page.getByRole("link", { name: "Continue to the set-up" }).click();
    await patient(page.getByRole("heading", { level: 1, name: "Set-up" })).toBeVisible();
    await patient(page.getByText("Suggested").first()).toBeVisible();
    await checkPage(page, info, "05-setup");
    await answerOpenQuestions(page);
    await page.getByRole("button", { name: "Confirm and continue" }).click();
    await patient(page.getByRole("button", { name: "Make a preview" })).toBeVisible();
    await checkPage(page, info, "06-preview-start");
  });

  await test.step("the preview shows everything before anything is posted", async () => {
    await page.getByRole("button", { name: "Make a preview" }).click();
    await patient(page.getByRole("button", { name: /^Post [\d,]+ records? to Xero$/ })).toBeVisible({
      timeout: RUN_TIMEOUT_MS,
    });
    await patient(page.getByRole("heading", { name: "What it books, by account" })).toBeVisible();
    await checkPage(page, info, "07-preview");
  });

  await test.step("posting is started once and watched to its end", async () => {
    await page.getByRole("button", { name: /^Post [\d,]+ records? to Xero$/ }).click();
    await expect(page).toHaveURL(/\/runs\/[0-9a-f-]+$/);
    const [slug, , runId] = new URL(page.url()).pathname.split("/").slice(1);
    posted.workspace = `${product.origin}/${slug ?? ""}`;
    posted.runId = runId ?? "";
    await patient(page.getByRole("progressbar").first()).toBeVisible();
    await checkPage(page, info, "08-run");
    await patient(page.getByRole("link", { name: "See the tie-out" })).toBeVisible({
      timeout: RUN_TIMEOUT_MS,
    });
    await checkPage(page, info, "09-run-finished");
  });

  await test.step("the tie-out leaves nothing unexplained", async () => {
    await page.getByRole("link", { name: "See the tie-out" }).click();
    await patient(page.getByText("Ties out to the cent")).toBeVisible();
    await checkPage(page, info, "10-tie-out");
  });

  await test.step("the other pages stand", async () => {
    for (const [index, place] of ["Overview", "Runs", "Exceptions", "Connections"].entries()) {
      await page
        .getByRole("navigation", { name: "Workspace" })
        .getByRole("link", { name: place })
        .first()
        .click();
      await expect(page).toHaveURL(new RegExp(`/${place.toLowerCase()}$`));
      await patient(page.getByRole("heading", { level: 1 })).toBeVisible();
      await checkPage(page, info, `${index + 11}-${place.toLowerCase()}`);
    }
  });

  await test.step("every page behind the menu stands with what was posted", async () => {
    await walkWorkspacePages(page, info, posted.workspace, posted.runId);
  });

  await test.step("the run is undone: first shown, then taken out of Xero, and the way back is there", async () => {
    const navigation = page.getByRole("navigation", { name: "Workspace" });
    await navigation.getByRole("link", { name: "Runs" }).first().click();
    await page.getByRole("link", { name: /posted/ }).click();
    await page.getByRole("button", { name: "Undo this run" }).click();
    const take = page.getByRole("button", { name: /^Take [\d,]+ records out of Xero$/ });
    await patient(take).toBeVisible({ timeout: RUN_TIMEOUT_MS });
    await checkPage(page, info, "15-undo-preview");
    await take.click();
    await patient(page.getByText(/^Done: [\d,]+ records taken out of/)).toBeVisible({
      timeout: RUN_TIMEOUT_MS,
    });
    await page.reload();
    await patient(page.getByRole("button", { name: "Post again what was taken back" })).toBeVisible();
    await checkPage(page, info, "16-undone");
  });

  await test.step("signing out closes the workspace", async () => {
    const workspace = page.url();
    await page.getByRole("button", { name: "Sign out" }).first().click();
    await patient(page.getByRole("button", { name: "Sign in with Xero" }).first()).toBeVisible();
    await page.goto(workspace);
    await expect(page).toHaveURL(/\/sign-in/);
  });

  expect(errors).toEqual([]);
});

test("somebody else's workspace is not found, by page and by address", async ({ browser }) => {
  const owner = await signInAs(browser, 0);
  await owner.goto(`${product.origin}/start`);
  if (owner.url().endsWith("/start")) await createWorkspace(owner, "Ours");
  const slug = new URL(owner.url()).pathname.split("/")[1] ?? "";
  const stranger = await signInAs(browser, 1);
  const answers = await Promise.all(
    [
      `/${slug}/overview`,
      `/${slug}/reconciliation`,
      `/api/workspaces/${slug}/runs/00000000-0000-4000-8000-000000000001`,
      `/api/connect/xero/start?workspace=${slug}&region=global`,
    ].map((path) => stranger.request.get(`${product.origin}${path}`, { maxRedirects: 0 })),
  );
  expect(answers.map((answer) => answer.status())).toEqual([404, 404, 404, 404]);
});

test("nobody who is signed out sees a workspace", async ({ request }) => {
  const page = await request.get(`${product.origin}/anything-1a2b3c/overview`);
  expect(page.url()).toContain("/sign-in");
  const run = await request.get(
    `${product.origin}/api/workspaces/anything-1a2b3c/runs/00000000-0000-4000-8000-000000000001`,
  );
  expect(run.status()).toBe(401);
  const steps = await request.post(`${product.origin}/api/inngest?fnId=x&stepId=step`, { data: {} });
  expect(steps.status()).toBe(401);
});

async function signInAs(browser: Browser, person: number): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await page.goto(product.origin);
  await page.getByRole("button", { name: "Sign in with Xero" }).first().click();
  await page
    .getByRole("button", { name: /^Sign in as/ })
    .nth(person)
    .click();
  await page.getByRole("button", { name: "Allow access" }).click();
  await page.waitForURL((url) => url.origin === product.origin);
  return page;
}
