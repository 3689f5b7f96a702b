import { type BrowserContext, expect, type Page, test } from "@playwright/test";
import { readApp } from "./authenticator";
import { checkBothModes, collectPageErrors } from "./check-page";
import { consentAtXero, createWorkspace, openProductForFile, patient } from "./journey";

/** A firm gets a second person: invited by mail, signed in without Xero, held to her role, and gone when removed. */
const JOURNEY_TIMEOUT_MS = 420_000;
const BEA = "bea@tidewatergifts.test";

test.use({ actionTimeout: 30_000 });

const product = openProductForFile();

test("an owner invites a bookkeeper, who signs in by mail and app, works in her role, and is gone when removed", async ({
  page,
  browser,
}, info) => {
  test.setTimeout(JOURNEY_TIMEOUT_MS);
  const errors = collectPageErrors(page, product.origin);
  const context = await browser.newContext({ locale: "en-GB", timezoneId: "UTC" });
  const bea = await context.newPage();
  bea.setDefaultTimeout(30_000);
  let [team, workspace, key] = ["", "", ""];

  await test.step("the owner opens a workspace and invites a bookkeeper", async () => {
    await page.goto(product.origin);
    await page
      .getByRole("button", { name: /with Xero/ })
      .first()
      .click();
    await consentAtXero(page);
    workspace = await createWorkspace(page, "Team Gifts");
    team = `${workspace}/team`;
    await page.getByRole("link", { name: "Team", exact: true }).click();
    await page.getByLabel("E-mail address").fill(BEA);
    await page.getByRole("button", { name: "Send the invitation" }).click();
    await patient(page.getByText(/^Mail sent/)).toBeVisible();
    await checkBothModes(page, info, "40-team");
  });

  await test.step("the mail is among those that the demo has sent, and leads through the sign-in", async () => {
    await page.getByRole("link", { name: "Mail that the demo has sent" }).click();
    await patient(page.getByRole("heading", { name: "Mails" })).toBeVisible();
    const invited = await readLink(page, BEA);
    await bea.goto(invited);
    await patient(bea.getByRole("heading", { level: 1, name: "Join Team Gifts" })).toBeVisible();
    await checkBothModes(bea, info, "41-invitation");
    await bea.getByRole("link", { name: "Sign in and go on" }).click();
    await bea.getByLabel("Your e-mail address").fill(BEA);
    await checkBothModes(bea, info, "42-sign-in");
    await bea.getByRole("button", { name: "Send me a link" }).click();
    await patient(bea.getByText("Look into your mailbox")).toBeVisible();
  });

  await test.step("the link waits for a press, and the second step is set up", async () => {
    const link = await untilMail(page, /Your link to sign in/);
    // A mail scanner opens it first.
    expect((await page.request.get(link)).ok()).toBe(true);
    await bea.goto(link);
    await checkBothModes(bea, info, "43-link");
    await bea.getByRole("button", { name: "Sign in" }).click();
    await patient(bea.getByRole("heading", { level: 1, name: "Set up the second step" })).toBeVisible();
    await checkBothModes(bea, info, "44-second-step");
    key = ((await bea.getByText(/^Or type this key:/).textContent()) ?? "").split(":")[1]?.trim() ?? "";
    expect((await bea.request.get(team, { maxRedirects: 0 })).status()).not.toBe(200);
    await bea.getByLabel("Your name").fill("Bea Hart");
    await bea.getByLabel("Code").fill("000000");
    await bea.getByRole("button", { name: "Sign in" }).click();
    await patient(bea.getByText(/This code is not right/)).toBeVisible();
    await bea.getByLabel("Code").fill(readApp(key));
    await bea.getByRole("button", { name: "Sign in" }).click();
    await patient(bea.getByRole("heading", { name: "Your recovery codes" })).toBeVisible();
    await checkBothModes(bea, info, "45-recovery-codes");
    await bea.getByRole("button", { name: "I have kept them" }).click();
    await bea.getByRole("button", { name: "Join Team Gifts" }).click();
    await patient(bea.getByRole("heading", { level: 1 })).toBeVisible();
    await bea.waitForURL(/\/overview$/);
  });

  await test.step("she sees the workspace, and none of the owner's pages or forms", async () => {
    await bea.goto(team);
    await patient(bea.getByText("Bea Hart").first()).toBeVisible();
    await patient(bea.getByText("Invite somebody")).toBeHidden();
    await patient(bea.getByRole("button", { name: "Remove" })).toBeHidden();
    await checkBothModes(bea, info, "46-team-as-bookkeeper");
    for (const path of ["team/transfer", "connections/choose"]) {
      await bea.goto(`${workspace}/${path}`);
      await patient(bea.getByText(/not found|not here|no such/i).first()).toBeVisible();
    }
    await bea.goto(`${product.origin}/account`);
    await patient(bea.getByText("This device")).toBeVisible();
    await checkBothModes(bea, info, "47-account");
  });

  await test.step("the owner may transfer, and sees her among the members", async () => {
    await page.goto(`${team}/transfer`);
    await patient(page.getByRole("combobox", { name: "New owner" })).toBeVisible();
    await checkBothModes(page, info, "48-transfer");
    await page.goto(team);
    await checkBothModes(page, info, "49-team-of-two");
  });

  await test.step("privacy: support by consent, a copy of everything, and an end that can be taken back", async () => {
    await page.goto(`${workspace}/privacy`);
    await page.getByLabel("Name or e-mail address").fill("Nobody at all");
    await page.getByRole("button", { name: "Search", exact: true }).click();
    await patient(page.getByText("Nobody of that name or address is held here.")).toBeVisible();
    await page.getByRole("button", { name: "Let support look in" }).click();
    await patient(page.getByText("Support may look into this workspace")).toBeVisible();
    await page.getByLabel("Name of the workspace").fill("Team Gifts");
    await page.getByRole("button", { name: "Delete in seven days" }).click();
    await patient(page.getByText("This workspace is going to be deleted")).toBeVisible();
    await checkBothModes(page, info, "52-privacy");
    await page.getByRole("button", { name: "Keep this workspace" }).click();
    await patient(page.getByText("This workspace is going to be deleted")).toBeHidden();
    await page.getByRole("button", { name: "End it now" }).click();
    await patient(page.getByText("Support may look into this workspace")).toBeHidden();
    const everything = await page.request.get(`${workspace}/privacy/export`);
    expect((await everything.body()).subarray(0, 2).toString()).toBe("PK");
    await bea.goto(`${workspace}/privacy`);
    await patient(bea.getByRole("heading", { level: 1, name: "Privacy" })).toBeVisible();
    await patient(bea.getByLabel("Name or e-mail address")).toBeHidden();
    expect((await bea.request.get(`${workspace}/privacy/export`)).status()).toBe(404);
  });

  await test.step("every page carries the headers that keep others out, and a long body is refused", async () => {
    await expectClosedDoors(page, team);
    await page.goto(team);
  });

  await test.step("a person of two workspaces switches in the header", async () => {
    await bea.goto(`${product.origin}/start?all=yes`);
    await createWorkspace(bea, "Hart Books");
    await bea.getByRole("button", { name: "Switch workspace" }).click();
    await patient(bea.getByRole("link", { name: "Team Gifts" })).toBeVisible();
    await checkBothModes(bea, info, "50-switch");
    await bea.getByRole("link", { name: "Team Gifts" }).click();
    await bea.waitForURL(`${workspace}/overview`);
    await bea.goto(`${product.origin}/start`);
    await patient(bea.getByRole("heading", { name: "Your workspaces" })).toBeVisible();
    await checkBothModes(bea, info, "51-start");
  });

  await test.step("removed, she loses the workspace with her next request", async () => {
    await bea.goto(`${workspace}/overview`);
    await page.getByRole("button", { name: "Remove" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
    await patient(page.getByRole("button", { name: "Remove" })).toHaveCount(0);
    await bea.goto(`${workspace}/overview`);
    await patient(bea.getByText(/not found|not here|no such/i).first()).toBeVisible();
  });

  await test.step("a form of another site and a sixth link are refused with a sentence", async () => {
    await refuseForeignForm(context);
    const statuses = [];
    for (let tries = 0; tries < 6; tries += 1) statuses.push(await askLink(context, "often@elsewhere.test"));
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
  });

  await context.close();
  expect(errors).toEqual([]);
});

/** Opens the newest mail of the list and answers the address in it. */
async function readLink(page: Page, to: string): Promise<string> {
  const row = page.getByRole("row").filter({ hasText: to }).first();
  await row.getByRole("link").click();
  const text = (await page.locator("pre").textContent()) ?? "";
  await page.goBack();
  return /https?:\/\/\S+/.exec(text)?.[0] ?? "";
}

/** Looks at the demo's mails again until one of that subject came. */
async function untilMail(page: Page, subject: RegExp): Promise<string> {
  await patient(async () => {
    await page.reload();
    await expect(page.getByRole("link", { name: subject }).first()).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 60_000 });
  return readLink(page, BEA);
}

async function askLink(context: BrowserContext, email: string, origin = product.origin): Promise<number> {
  const answer = await context.request.post(`${product.origin}/api/sign-in/mail`, {
    data: { email, returnPath: "/start" },
    headers: { origin },
  });
  expect(JSON.stringify(await answer.json())).not.toContain(email);
  return answer.status();
}

/** As the built server answers: the policy with a nonce and nothing unsafe, and what else browsers obey. */
async function expectClosedDoors(page: Page, address: string): Promise<void> {
  const headers = (await page.request.get(address)).headers();
  expect(headers).toMatchObject({
    "content-security-policy": expect.stringMatching(
      /^default-src 'self'; script-src 'self' 'nonce-[0-9a-f]{32}' 'strict-dynamic';.*frame-ancestors 'none'$/,
    ),
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": expect.stringContaining("camera=()"),
    "referrer-policy": "strict-origin-when-cross-origin",
    "strict-transport-security": expect.stringMatching(/^max-age=63072000/),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
  });
  expect(headers["content-security-policy"]).not.toContain("unsafe");
  expect(headers).not.toHaveProperty("x-powered-by");
  const form = { csrfToken: "x".repeat(20_000) };
  const long = await page.request.post(`${product.origin}/api/auth/signin/xero`, { form });
  expect(long.status()).toBe(413);
}

async function refuseForeignForm(context: BrowserContext): Promise<void> {
  expect(await askLink(context, "foreign@elsewhere.test", "https://elsewhere.test")).toBe(403);
}
