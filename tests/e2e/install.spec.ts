import { type Browser, expect, type Page, test } from "@playwright/test";
import { HARBOUR_TENANT_ID, TIDEWATER_TENANT_ID } from "@/sandbox/seed/xero-organisation";
import { connectXero } from "@/sandbox/xero/test-client";
import { checkBothModes, checkPage, collectPageErrors } from "./check-page";
import { consentAtXero, createWorkspace, leaveForXero, openProductForFile, patient } from "./journey";

/**
 * From the page that Xero's App Store leads to until an organisation is connected, and everything that a reviewer tries on
 * the way: no, not everything, not any more, somebody else's, twice. Each is answered by a sentence and by its button.
 */
const JOURNEY_TIMEOUT_MS = 900_000;
const [OWNER, COLLEAGUE] = [0, 1] as const;

test.use({ actionTimeout: 60_000 });

const product = openProductForFile();

test("an owner installs from the App Store, and whatever a reviewer tries is answered plainly", async ({
  browser,
}, info) => {
  test.setTimeout(JOURNEY_TIMEOUT_MS);
  const page = await openPage(browser);
  const errors = collectPageErrors(page, product.origin);
  const callbacks = collectCallbacks(page);
  let workspace = "";
  let sandbox = "";

  await test.step("the public page leads through the four phases, and through what happens to a record", async () => {
    await page.goto(product.origin);
    for (const name of ["Discover", "Configure and map", "Validate", "Launch"])
      await patient(page.getByRole("heading", { level: 3, name, exact: true })).toBeVisible();
    const read = page.getByText(/kept aside and counted/);
    const post = page.getByText(/Up to fifty documents in a call/);
    await page.getByRole("button", { name: "2 Read" }).focus();
    await expect(read).toBeVisible();
    await expect(post).toBeHidden();
    await page.getByRole("button", { name: "5 Post" }).hover();
    await expect(post).toBeVisible();
    await checkBothModes(page, info, "install-00-landing");
  });

  await test.step("Sign up with Xero happens at Xero, in the same window", async () => {
    sandbox = await signInAtXero(page, "Sign up with Xero", OWNER);
    await patient(page.getByRole("heading", { name: /^Welcome/ })).toBeVisible();
    expect(page.context().pages()).toHaveLength(1);
    await checkPage(page, info, "install-01-welcome");
  });

  await test.step("the terms and the privacy page are accepted, which is recorded", async () => {
    await page.getByLabel("Name of your business").fill("Installed Gifts");
    await page.getByRole("button", { name: "Create workspace" }).click();
    await patient(page.getByText("Accept the terms to go on.")).toBeVisible();
    for (const name of ["terms", "privacy page"])
      await patient(page.getByRole("main").getByRole("link", { name, exact: true })).toBeVisible();
    workspace = await createWorkspace(page, "Installed Gifts");
    await page.goto(`${workspace}/audit`);
    const made = page.getByRole("listitem").filter({ hasText: "Made the workspace" });
    await made.getByText("Details").click();
    await patient(made.getByText(/"termsAccepted": ?true/)).toBeVisible();
  });

  await test.step("Cancel at Xero changes nothing and says so", async () => {
    await page.goto(`${workspace}/connections`);
    await page.getByRole("link", { name: "Connect to Xero" }).click();
    await choosePerson(page, OWNER);
    await page.getByRole("button", { name: "Cancel" }).click();
    await patient(page.getByText(/Xero was not connected: permission was not given/)).toBeVisible();
    await patient(page.getByRole("link", { name: "Connect to Xero" })).toBeVisible();
    await checkBothModes(page, info, "install-02-not-given");
  });

  await test.step("a permission that was left out is named, with what it is for", async () => {
    await consentWithout(page, workspace, "accounting.payments");
    await patient(
      page.getByText(/Xero did not give every permission\. Missing: accounting\.payments \(/).first(),
    ).toBeVisible();
    await patient(page.getByRole("link", { name: "Reconnect to Xero", exact: true })).toBeVisible();
    await checkBothModes(page, info, "install-03-permission-left-out");
  });

  await test.step("the organisation is confirmed by name, with who connected it", async () => {
    await connectTenant(page, "Reconnect to Xero", { person: OWNER, tenantId: TIDEWATER_TENANT_ID });
    await patient(page.getByText("Xero is connected")).toBeVisible();
    const facts = page.getByRole("main").locator("dl").first();
    await patient(facts).toContainText("Tidewater Gifts Ltd");
    await patient(facts).toContainText("Connected by");
    await page.getByText("What Tieout may do in Xero, and why").click();
    await patient(page.getByText("accounting.payments", { exact: true })).toBeVisible();
    await checkBothModes(page, info, "install-04-connected");
  });

  await test.step("no code stood in an address: each callback was answered by a redirect", async () => {
    expect(callbacks.answers.length).toBeGreaterThanOrEqual(3);
    for (const { status } of callbacks.answers) expect([302, 303, 307]).toContain(status);
    expect(callbacks.addressesWithCode).toEqual([]);
    expect(callbacks.answers.map(({ place }) => place)).toContain("/api/auth/callback/xero");
    expect(callbacks.answers.map(({ place }) => place)).toContain("/api/connect/xero/callback");
  });

  await test.step("whoever signs in again is in the workspace at once", async () => {
    const again = await openPage(browser);
    await again.goto(product.origin);
    await signInAtXero(again, "Sign in with Xero", OWNER);
    await patient(again).toHaveURL(`${workspace}/overview`);
    await patient(again.getByRole("heading", { name: "Continue the set-up" })).toBeVisible();
    await again.context().close();
  });

  await test.step("a connection that was ended in Xero is said where it is needed, and is back by one press", async () => {
    await page.getByLabel("Where is your Zoho Books account?").selectOption("eu");
    await page.getByRole("link", { name: "Connect to Zoho Books" }).click();
    await page.getByRole("button", { name: "Accept" }).click();
    await patient(page.getByText("Zoho Books is connected")).toBeVisible();
    await control(sandbox, "disconnect", { service: "xero", tenantId: TIDEWATER_TENANT_ID });
    await page.goto(`${workspace}/setup`);
    await patient(page.getByText(/^Xero no longer lets Tieout in\. Connect it again/)).toBeVisible();
    await checkBothModes(page, info, "install-05-ended-in-xero");
    await page.getByRole("link", { name: "Go to the connections" }).click();
    await connectTenant(page, "Reconnect to Xero", { person: OWNER, tenantId: TIDEWATER_TENANT_ID });
    await patient(page.getByText("Xero is connected")).toBeVisible();
    await page.goto(`${workspace}/setup`);
    await patient(page.getByText("How far back should Xero be kept?")).toBeVisible();
  });

  await test.step("a colleague who installs too is told that the organisation is connected elsewhere", async () => {
    const colleague = await openPage(browser);
    await colleague.goto(product.origin);
    await signInAtXero(colleague, "Sign up with Xero", COLLEAGUE);
    await createWorkspace(colleague, "Installed Elsewhere");
    await connectTenant(colleague, "Connect to Xero", { person: COLLEAGUE, tenantId: TIDEWATER_TENANT_ID });
    await patient(
      colleague.getByText(/Tidewater Gifts Ltd is already connected to another Tieout workspace/),
    ).toBeVisible();
    await patient(colleague.getByRole("link", { name: "Connect to Xero" })).toBeVisible();
    await checkBothModes(colleague, info, "install-06-connected-elsewhere");
    await offerDemoCompany(sandbox);
    await connectTenant(colleague, "Connect to Xero", { person: COLLEAGUE, tenantId: HARBOUR_TENANT_ID });
    await patient(colleague.getByText("This is Xero's demo company")).toBeVisible();
    await checkPage(colleague, info, "install-07-demo-company");
    await colleague.context().close();
  });

  await test.step("installed twice, the second workspace leads to the first", async () => {
    await page.goto(`${product.origin}/start?all=yes`);
    await createWorkspace(page, "Installed Again");
    await connectTenant(page, "Connect to Xero", { person: OWNER, tenantId: TIDEWATER_TENANT_ID });
    await patient(page.getByText(/is already connected to another Tieout workspace/)).toBeVisible();
    await checkPage(page, info, "install-08-installed-twice");
    await page.getByRole("link", { name: "See your other workspaces" }).click();
    await page.getByRole("link", { name: /Installed Gifts/ }).click();
    await patient(page).toHaveURL(`${workspace}/overview`);
  });

  expect(errors).toEqual([]);
});

async function openPage(browser: Browser): Promise<Page> {
  const page = await (await browser.newContext({ locale: "en-GB", timezoneId: "UTC" })).newPage();
  page.setDefaultTimeout(60_000);
  return page;
}

/** What each callback with a code was answered with, and whatever page of ours had one in its address. */
function collectCallbacks(page: Page) {
  const answers: { readonly place: string; readonly status: number }[] = [];
  const addressesWithCode: string[] = [];
  page.on("response", (response) => {
    const url = new URL(response.url());
    if (url.pathname.includes("/callback") && url.searchParams.has("code"))
      answers.push({ place: url.pathname, status: response.status() });
  });
  page.on("framenavigated", (frame) => {
    const url = new URL(frame.url());
    if (url.origin === product.origin && url.searchParams.has("code")) addressesWithCode.push(frame.url());
  });
  return { answers, addressesWithCode };
}

/** Signs in and comes back; answers where Xero's pages are. */
async function signInAtXero(page: Page, label: string, person: number): Promise<string> {
  await leaveForXero(page, label);
  const { origin } = new URL(page.url());
  await page
    .getByRole("button", { name: /^Sign in as/ })
    .nth(person)
    .click();
  await page.getByRole("button", { name: "Allow access" }).click();
  await page.waitForURL((url) => url.origin === product.origin && !url.pathname.startsWith("/api"));
  return origin;
}

async function choosePerson(page: Page, person: number): Promise<void> {
  await page
    .getByRole("button", { name: /^Sign in as/ })
    .nth(person)
    .click();
  await patient(page.getByRole("button", { name: "Allow access" })).toBeVisible();
}

async function connectTenant(
  page: Page,
  label: string,
  { person, tenantId }: { readonly person: number; readonly tenantId: string },
): Promise<void> {
  await page.getByRole("link", { name: label, exact: true }).click();
  await choosePerson(page, person);
  await page.locator(`input[name="tenant"][value="${tenantId}"]`).check();
  await page.getByRole("button", { name: "Allow access" }).click();
  await page.waitForURL((url) => url.origin === product.origin);
}

/** As somebody consents who takes one tick away on the way. */
async function consentWithout(page: Page, workspace: string, scope: string): Promise<void> {
  const query = new URLSearchParams({ workspace: new URL(workspace).pathname.slice(1), region: "global" });
  const start = await page.request.get(`${product.origin}/api/connect/xero/start?${query}`, {
    maxRedirects: 0,
  });
  const asked = new URL(start.headers().location ?? "");
  const scopes = (asked.searchParams.get("scope") ?? "").split(" ").filter((one) => one !== scope);
  asked.searchParams.set("scope", scopes.join(" "));
  await page.goto(asked.href);
  await consentAtXero(page);
}

async function control(sandbox: string, path: string, order: object): Promise<void> {
  const answer = await fetch(`${sandbox}/control/${path}`, { method: "POST", body: JSON.stringify(order) });
  if (!answer.ok) throw new Error(`the sandbox refused: ${await answer.text()}`);
}

/** The next time that Xero is asked what an organisation is called, it names it as it does its demo company. */
async function offerDemoCompany(sandbox: string): Promise<void> {
  const form = { user: "marcus@webbandpartners.test", tenant: HARBOUR_TENANT_ID };
  const xero = await connectXero(sandbox, form);
  const { json } = await xero.call("GET", "/Organisation", { tenant: HARBOUR_TENANT_ID });
  json.Organisations[0].Name = "Demo Company (UK)";
  const effect = {
    type: "status",
    status: 200,
    body: JSON.stringify(json),
    headers: { "content-type": "application/json" },
    afterHandling: false,
  };
  await control(sandbox, "faults", {
    service: "xero",
    operation: "/Organisation",
    skip: 0,
    times: 1,
    effect,
  });
}
