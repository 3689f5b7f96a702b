import { createWriteStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { type Browser, expect, type Page, type TestInfo, test } from "@playwright/test";
import { writeWorkbook } from "@/lib/operations/export/write-workbook";
import { sandboxAddresses } from "@/sandbox/addresses";
import { HARBOUR_TENANT_ID, TIDEWATER_TENANT_ID } from "@/sandbox/seed/xero-organisation";
import { connectXero, type TestClient } from "@/sandbox/xero/test-client";
import { readSheet } from "../main-job/read-sheet";
import { checkBothModes, collectPageErrors } from "./check-page";
import { answerOpenQuestions, createWorkspace, openProductForFile, patient } from "./journey";

/**
 * The two systems beside Zoho Books in a browser: an order's way from TIMS to a paid invoice in Xero and back, and the sync
 * of TimeSolv's clients as its own page describes it. What people type into TIMS, TimeSolv and Xero meanwhile goes in by the
 * sandbox; what is there afterwards is read by the vendors' own APIs.
 */
const JOURNEY_TIMEOUT_MS = 900_000;
const RUN_TIMEOUT_MS = 240_000;
const ACTION_TIMEOUT_MS = 60_000;

const product = openProductForFile();

test("an order in TIMS becomes an invoice in Xero once it is shipped, its money is on both sides, and both tie out", async ({
  browser,
}, info) => {
  test.setTimeout(JOURNEY_TIMEOUT_MS);
  const page = await signInAs(browser, 0, "Severn Gas");
  const errors = collectPageErrors(page, product.origin);
  const workspace = page.url().replace(/\/connections$/, "");
  const sandbox = { origin: "" };
  const tims = () => openTims(sandbox.origin);

  await test.step("TIMS is connected by a form that begins with the sandbox's values", async () => {
    await connectXeroIn(page, 0, TIDEWATER_TENANT_ID);
    await page.getByLabel("Where do you run your business?").selectOption({ label: "TIMS ERP" });
    await checkBothModes(page, info, "tims-01-form");
    sandbox.origin = new URL(await page.getByLabel("Address of your TIMS").inputValue()).origin;
    await page.getByRole("button", { name: "Connect to TIMS ERP" }).click();
    await patient(page.getByText("TIMS ERP is connected")).toBeVisible();
    await checkBothModes(page, info, "tims-02-connected");
  });

  await test.step("the set-up is confirmed and what is there is posted", async () => {
    await page.getByRole("link", { name: "Continue to the set-up" }).click();
    await patient(page.getByText("Suggested").first()).toBeVisible();
    await checkBothModes(page, info, "tims-03-setup");
    await answerOpenQuestions(page);
    await page.getByRole("button", { name: "Confirm and continue" }).click();
    await patient(page.getByRole("button", { name: "Make a preview" })).toBeVisible();
    await postAll(page, workspace);
  });

  await test.step("an order that is not shipped is no invoice", async () => {
    expect(await invoiceIn(sandbox.origin, "SO-4010")).toBeNull();
  });

  await test.step("once it is shipped it is one, with the total that TIMS has", async () => {
    await typeIn(sandbox.origin, {
      ...{ act: "tims.ship", orderNumber: "SO-4010", invoiceNumber: "AR-9010", date: "2026-10-05" },
    });
    await postAll(page, workspace);
    const order = await (await tims()).find("/salesorders", "orderNumber", "SO-4010");
    expect(await invoiceIn(sandbox.origin, "SO-4010")).toMatchObject({
      ...{ Status: "AUTHORISED", Total: order.total, AmountDue: order.total },
    });
  });

  await test.step("its money in TIMS is its payment in Xero", async () => {
    const { total } = await (await tims()).find("/salesorders", "orderNumber", "SO-4010");
    await typeIn(sandbox.origin, {
      ...{ act: "tims.receive", invoiceNumber: "AR-9010", paymentNumber: "RC-4010", date: "2026-10-20" },
      ...{ amount: String(total), bankAccountCode: "1000" },
    });
    await postAll(page, workspace);
    expect(await invoiceIn(sandbox.origin, "SO-4010")).toMatchObject({ Status: "PAID", AmountDue: 0 });
  });

  await test.step("money that reached the bank in Xero is a payment in TIMS, once its owner lets payments go back", async () => {
    await page.goto(`${workspace}/setup`);
    const payments = page.getByRole("region", { name: "Payments", exact: true });
    await payments.getByLabel(/go to TIMS ERP\?$/).selectOption({ label: "Yes, by itself" });
    await patient(payments.getByLabel(/go to TIMS ERP\?$/)).toHaveValue("live");
    await checkBothModes(page, info, "tims-04-flows");
    const xero = await connectXero(sandbox.origin);
    const invoice = await invoiceIn(sandbox.origin, "SO-4004");
    await xero.create("Payments", {
      ...{ Invoice: { InvoiceID: invoice?.InvoiceID }, Account: { Code: "090" } },
      ...{ Date: "2026-10-21", Amount: invoice?.AmountDue, Reference: "Bank line 4004" },
    });
    // Nothing of it goes to Xero; the run back follows the look by itself.
    await look(page, workspace);
    const find = async () => (await tims()).find("/accounts/receivable/invoices", "invoiceNumber", "AR-9004");
    await expect.poll(async () => (await find()).balance, { timeout: RUN_TIMEOUT_MS }).toBe(0);
  });

  await test.step("an invoice whose total is not its order's is an exception with both totals", async () => {
    await typeIn(sandbox.origin, {
      ...{ act: "tims.ship", orderNumber: "SO-4011", invoiceNumber: "AR-9011", date: "2026-10-22" },
      total: "100.00",
    });
    await expect(async () => {
      await look(page, workspace);
      await page.goto(`${workspace}/exceptions`);
      await expect(
        page.getByText(
          /sales order SO-4011 comes to [\d.]+ GBP, and what TIMS invoiced of it \(AR-9011\) to 100/,
        ),
      ).toBeVisible({ timeout: 2_000 });
    }).toPass({ timeout: RUN_TIMEOUT_MS });
    await checkBothModes(page, info, "tims-05-exception");
    expect(await invoiceIn(sandbox.origin, "SO-4011")).toBeNull();
  });

  await test.step("put right in TIMS, it is posted and the exception is gone", async () => {
    const { total } = await (await tims()).find("/salesorders", "orderNumber", "SO-4011");
    await typeIn(sandbox.origin, {
      ...{ act: "tims.correct-invoice", invoiceNumber: "AR-9011", total: String(total) },
    });
    await postAll(page, workspace);
    expect(await invoiceIn(sandbox.origin, "SO-4011")).toMatchObject({ Total: total });
    await page.goto(`${workspace}/exceptions`);
    await patient(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(page.getByText(/SO-4011/)).toHaveCount(0);
  });

  await test.step("both sides tie out", async () => {
    await page.goto(`${workspace}/reconciliation`);
    await patient(page.getByText("Ties out to the cent")).toBeVisible();
    await checkBothModes(page, info, "tims-06-tie-out");
  });

  expect(errors).toEqual([]);
});

test("TimeSolv's clients are reviewed, corrected, confirmed and synced to Xero, with a log", async ({
  browser,
}, info) => {
  test.setTimeout(JOURNEY_TIMEOUT_MS);
  const page = await signInAs(browser, 1, "Tidewater Legal");
  const errors = collectPageErrors(page, product.origin);
  const workspace = page.url().replace(/\/connections$/, "");
  const sandbox = { origin: "" };
  const row = (name: string) => page.getByRole("row").filter({ hasText: name });
  const review = `${workspace}/clients/review`;

  await test.step("both sides are connected", async () => {
    sandbox.origin = await connectXeroIn(page, 1, HARBOUR_TENANT_ID);
    await page.getByLabel("Where do you run your business?").selectOption({ label: "TimeSolv" });
    await page.getByRole("link", { name: "Connect to TimeSolv" }).click();
    await page.getByRole("button", { name: /allow|authorize|grant/i }).click();
    await patient(page.getByText("TimeSolv is connected")).toBeVisible();
    await checkBothModes(page, info, "timesolv-00-connected");
  });

  await test.step("the client sync is reached from the set-up, switched on alone and saved", async () => {
    await page.getByRole("link", { name: "Continue to the set-up" }).click();
    await page.getByRole("link", { name: "Client sync" }).first().click();
    await patient(page.getByRole("heading", { level: 1, name: "Client sync" })).toBeVisible();
    await checkBothModes(page, info, "timesolv-01-settings");
    await page.getByRole("checkbox", { name: /Enable client sync/ }).check();
    await page.getByRole("button", { name: "Save" }).click();
    await patient(page.getByText("Saved")).toBeVisible();
  });

  await test.step("the review shows what would become of every client, and writes nothing", async () => {
    await page.getByRole("link", { name: /Review the mapping of TimeSolv clients/ }).click();
    await page.getByRole("button", { name: "Read both sides" }).click();
    await patient(row("John _Smith")).toContainText("Will be added", { timeout: RUN_TIMEOUT_MS });
    await expect(row("Anchor Foundry Ltd")).toContainText("Matched");
    await expect(row("City Land Registry")).toContainText("Will remain in Xero unmatched");
    await expect(page.getByText("Larkspur Ventures")).toHaveCount(0);
    await checkBothModes(page, info, "timesolv-02-review");
    expect(await contactsIn(sandbox.origin)).not.toContain("John _Smith");
  });

  await test.step("an archived contact is refused with what to do about it", async () => {
    const penrose = row("Penrose Shipping Ltd").filter({ hasText: "Needs you" });
    await expect(penrose).toContainText(/archived/i);
    await penrose.getByRole("link", { name: "See what to do" }).click();
    await patient(
      page
        .getByRole("main")
        .getByText(/archived/i)
        .first(),
    ).toBeVisible();
    await page.goto(review);
  });

  await test.step("a sample says how the Excel file is read", async () => {
    const sample = await downloadSheet(page, info, "See a sample file");
    expect(sample.map(([, , status]) => status)).toEqual([
      ...["Status", "Needs you", "Will be added", "Matched", "Mapped", "Will remain in Xero unmatched"],
    ]);
  });

  await test.step("the Excel file is corrected, refused where it is wrong, and taken where it is right", async () => {
    const sheet = await downloadSheet(page, info, "Download as Excel");
    expect(sheet.find(([name]) => name === "Whitby Harbour Trust")?.[1]).toBe("");
    const withContact = (contact: string) =>
      sheet.map((cells) => (cells[0] === "Bramley & Sons Ltd" ? cells.with(1, contact) : cells));
    await uploadSheet(page, info, withContact("Bramley"));
    await patient(
      page.getByText(/Nothing was changed\. Row \d+: Xero has no contact called “Bramley”/),
    ).toBeVisible();
    await checkBothModes(page, info, "timesolv-03-refused");
    await uploadSheet(page, info, withContact("Bramley and Sons Limited"));
    await patient(row("Bramley & Sons Ltd")).toContainText("Matched", { timeout: RUN_TIMEOUT_MS });
    await expect(row("Bramley & Sons Ltd")).toContainText("Bramley and Sons Limited");
  });

  await test.step("what is corrected in TimeSolv is right after the next look", async () => {
    await typeIn(sandbox.origin, {
      ...{ act: "timesolv.rename-client", name: "Whitby Harbour Trust", newName: "Harbour Stationers" },
    });
    await page.getByRole("button", { name: "Read both sides again" }).click();
    await patient(row("Harbour Stationers")).toContainText("Matched", { timeout: RUN_TIMEOUT_MS });
  });

  await test.step("Confirm mappings makes mapped of matched, and Back leads to the settings", async () => {
    await page.getByRole("button", { name: /^Confirm mappings/ }).click();
    await patient(page.getByText(/^\d were mapped\.$/)).toBeVisible();
    await patient(row("Anchor Foundry Ltd")).toContainText("Mapped");
    await expect(row("John _Smith")).toContainText("Will be added");
    await checkBothModes(page, info, "timesolv-04-confirmed");
    await page.getByRole("link", { name: "Back", exact: true }).click();
    await expect(page).toHaveURL(`${workspace}/clients`);
  });

  await test.step("Sync to Xero adds what is missing, and its log counts what it did", async () => {
    await page.getByRole("link", { name: "Sync", exact: true }).click();
    await page.getByRole("button", { name: "Sync to Xero" }).click();
    await patient(page.getByText("The newest sync")).toBeVisible({ timeout: RUN_TIMEOUT_MS });
    const log = page.getByRole("listitem").filter({ hasText: "Added" });
    await patient(log.filter({ hasText: "John _Smith" })).toBeVisible();
    const penrose = page.getByRole("listitem").filter({ hasText: "Penrose Shipping" });
    await patient(penrose).toContainText("Not synced");
    await patient(log.filter({ hasText: "Estate of Ruth Calloway" })).toBeVisible();
    await patient(page.getByText("9 entries.")).toBeVisible();
    await patient(page.getByText(/3 added or updated/)).toBeVisible();
    await checkBothModes(page, info, "timesolv-05-log");
    const whole = await downloadSheet(page, info, "Download the whole log as Excel");
    expect(whole.map(([, name]) => name)).toContain("John _Smith");
    const names = await contactsIn(sandbox.origin);
    expect(names.filter((name) => /^John /.test(name)).sort()).toEqual(["John Smith", "John _Smith"]);
    expect(names).not.toContain("Larkspur Ventures");
  });

  expect(errors).toEqual([]);
});

async function signInAs(browser: Browser, person: number, workspace: string): Promise<Page> {
  const page = await (await browser.newContext({ acceptDownloads: true })).newPage();
  // What cannot be pressed fails where it stands, not at the end of the journey.
  page.setDefaultTimeout(ACTION_TIMEOUT_MS);
  await page.goto(product.origin);
  const self = page.getByRole("button", { name: /^Sign in as/ }).nth(person);
  // On a busy machine the button is there before the page answers to it.
  await expect(async () => {
    const signIn = page.getByRole("button", { name: "Sign in with Xero" }).first();
    if (await signIn.isEnabled({ timeout: 2_000 })) await signIn.click({ timeout: 2_000 });
    await expect(self).toBeVisible({ timeout: 10_000 });
  }).toPass({ timeout: RUN_TIMEOUT_MS });
  await self.click();
  await page.getByRole("button", { name: "Allow access" }).click();
  await page.waitForURL((url) => url.origin === product.origin);
  await createWorkspace(page, workspace);
  return page;
}

/** Answers the sandbox's origin, where the consent page was. */
async function connectXeroIn(page: Page, person: number, tenantId: string): Promise<string> {
  await page.getByRole("link", { name: "Connect to Xero" }).click();
  const allow = page.getByRole("button", { name: "Allow access" });
  await page
    .getByRole("button", { name: /^Sign in as/ })
    .nth(person)
    .click();
  await patient(allow).toBeVisible();
  const { origin } = new URL(page.url());
  await page.locator(`input[name="tenant"][value="${tenantId}"]`).check();
  await allow.click();
  await patient(page.getByText("Xero is connected")).toBeVisible();
  return origin;
}

/** A preview that finds something, and all of it posted. While a run back to TIMS is at work, the press shows that one. */
async function postAll(page: Page, workspace: string): Promise<void> {
  const post = page.getByRole("button", { name: /^Post [\d,]+ records? to Xero$/ });
  await expect(async () => {
    await look(page, workspace);
    await expect(post).toBeVisible({ timeout: 100 });
  }).toPass({ timeout: RUN_TIMEOUT_MS });
  await post.click();
  await patient(page.getByRole("link", { name: "See the tie-out" })).toBeVisible({ timeout: RUN_TIMEOUT_MS });
}

/** Both sides are looked at; what was found stands on the page. */
async function look(page: Page, workspace: string): Promise<void> {
  await page.goto(`${workspace}/preview`);
  await page.getByRole("button", { name: "Make a preview" }).click();
  const found = page.getByRole("button", { name: /^Post [\d,]+ records? to Xero$/ });
  const none = page.getByText("Nothing to post: Xero has everything already.");
  const over = page.getByRole("link", { name: "See how it went" });
  await patient(found.or(none).or(over)).toBeVisible({ timeout: RUN_TIMEOUT_MS });
}

async function typeIn(origin: string, order: object): Promise<void> {
  const answer = await fetch(`${origin}/control/type-in`, { method: "POST", body: JSON.stringify(order) });
  if (!answer.ok) throw new Error(`the sandbox refused: ${await answer.text()}`);
}

async function openTims(origin: string) {
  const { tims } = sandboxAddresses(origin);
  const { clientId, clientSecret } = tims;
  const form = { grant_type: "client_credentials", client_id: clientId, client_secret: clientSecret };
  const token = await (await fetch(tims.token, { method: "POST", body: new URLSearchParams(form) })).json();
  const headers = { authorization: `Bearer ${token.access_token}`, "x-company-id": "SGW" };
  return {
    async find(path: string, field: string, value: string) {
      const answer = await fetch(`${tims.address}/api/v1${path}?${field}=${value}`, { headers });
      const { data } = await answer.json();
      if (data.length !== 1) throw new Error(`TIMS has ${data.length} of ${value}`);
      return data[0];
    },
  };
}

/** The invoice as Xero itself answers it; null where there is none. */
async function invoiceIn(origin: string, number: string) {
  const xero = await connectXero(origin);
  const { json } = await xero.call("GET", "/Invoices", { query: { InvoiceNumbers: number } });
  return json.Invoices[0] ?? null;
}

async function contactsIn(origin: string): Promise<string[]> {
  const xero: TestClient = await connectXero(origin, { tenant: HARBOUR_TENANT_ID });
  const { json } = await xero.call("GET", "/Contacts", { tenant: HARBOUR_TENANT_ID });
  return json.Contacts.map(({ Name }: { Name: string }) => Name);
}

async function downloadSheet(page: Page, info: TestInfo, link: string): Promise<string[][]> {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: link }).first().click(),
  ]);
  const path = info.outputPath(download.suggestedFilename());
  await download.saveAs(path);
  const file = await readFile(path);
  return readSheet({
    bytes: (async function* () {
      yield file;
    })(),
  });
}

async function uploadSheet(page: Page, info: TestInfo, [titles = [], ...rows]: string[][]): Promise<void> {
  const path = info.outputPath("corrected.xlsx");
  const columns = titles.map((title) => ({ title, width: 20 }));
  await pipeline(writeWorkbook([{ name: "Client mappings", columns, rows }]), createWriteStream(path));
  await page.getByLabel("Corrected file").setInputFiles(path);
  await page.getByRole("button", { name: "Upload the corrected file" }).click();
}
