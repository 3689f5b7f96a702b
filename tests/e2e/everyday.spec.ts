import { readFile, writeFile } from "node:fs/promises";
import { type Download, expect, type Page, test } from "@playwright/test";
import { editWorkbook } from "../main-job/edit-workbook";
import { checkBothModes, collectPageErrors } from "./check-page";
import { consentAtXero, createWorkspace, openProductForFile, patient } from "./journey";

/**
 * What an owner does on any other day, in a browser against the sandbox companies: answers matches in Excel, keeps the log of
 * a run and the tie-out as files, looks up what went wrong, and finds the way with the keys alone.
 */
const JOURNEY_TIMEOUT_MS = 900_000;
const RUN_TIMEOUT_MS = 300_000;
const PALETTE_BYTES_MAX = 10_000;
const EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

test.use({ actionTimeout: 30_000 });

const product = openProductForFile();

test("an owner answers matches in Excel, keeps the files of a run, and finds the way", async ({
  page,
}, info) => {
  test.setTimeout(JOURNEY_TIMEOUT_MS);
  const errors = collectPageErrors(page, product.origin);
  let workspace = "";

  await test.step("both systems are connected and a preview is made", async () => {
    workspace = await openWorkspace(page);
    await connectBoth(page);
    await makePreview(page);
  });

  await test.step("a row of the preview leads to its record", async () => {
    const row = page.locator("#records li").filter({ hasText: "INV-1111" });
    await page.goto(`${page.url().split("?")[0]}?search=INV-1111`);
    await row.getByRole("link", { name: "INV-1111" }).first().click();
    await patient(page).toHaveURL(/\/records\/invoice\//);
    await patient(page.getByRole("heading", { level: 2, name: "What happened" })).toBeVisible();
  });

  await test.step("matches are shown in words, and one is confirmed", async () => {
    await page.goto(`${workspace}/matches?type=invoice&status=matched`);
    const rows = page.getByRole("list", { name: "Records side by side" }).getByRole("listitem");
    await patient(rows).toHaveCount(3);
    await patient(rows.first()).toContainText("same number");
    await checkBothModes(page, info, "20-matches");
    await page.getByRole("button", { name: "Confirm INV-1111" }).click();
    await patient(rows).toHaveCount(2);
    await page.getByRole("link", { name: /^Mapped/ }).click();
    await patient(rows.filter({ hasText: "INV-1111" })).toBeVisible();
  });

  await test.step("a file that says nonsense is refused with its cell", async () => {
    await upload(page, await answered(page, "perhaps"));
    await patient(page.getByText(/^Sheet Matches, row \d+, column N:$/)).toBeVisible();
    await checkBothModes(page, info, "21-upload-refused");
  });

  await test.step("a changed file is shown, old and new, before it counts", async () => {
    await upload(page, await answered(page, "Another"));
    const changes = page.getByRole("table", { name: "Changed rows" });
    await patient(changes.getByRole("row")).toHaveCount(2);
    await patient(changes).toContainText("nothing said of");
    await patient(changes).toContainText("Another than");
    await checkBothModes(page, info, "22-upload-shown");
    await page.getByRole("button", { name: "Take this change" }).click();
    await patient(page.getByText("1 row was taken.")).toBeVisible();
    await patient(page.getByText("What was decided since is not in this list yet")).toBeVisible();
    await page.getByRole("button", { name: "Read both sides again" }).first().click();
    await patient(page).toHaveURL(/\/preview\/[0-9a-f-]+$/);
  });

  await test.step("a run goes on while one is elsewhere, and its whole log is kept as a file", async () => {
    const post = page.getByRole("button", { name: /^Post [\d,]+ records? to Xero$/ });
    await patient(post).toBeVisible({ timeout: RUN_TIMEOUT_MS });
    await post.click();
    await patient(page).toHaveURL(/\/runs\/[0-9a-f-]+$/);
    const run = page.url();
    await page.goto(`${workspace}/overview`);
    await page.goto(run);
    await patient(page.getByRole("link", { name: "See the tie-out" })).toBeVisible({
      timeout: RUN_TIMEOUT_MS,
    });
    const log = await download(page, () =>
      page.getByRole("link", { name: "Download the whole log as Excel" }).click(),
    );
    expect(log.name).toMatch(/^run-.*\.xlsx$/);
    expect(log.bytes.subarray(0, 2).toString()).toBe("PK");
  });

  await test.step("the tie-out is kept as a PDF", async () => {
    await page.goto(`${workspace}/reconciliation`);
    const pdf = await download(page, () => page.getByRole("link", { name: "Download as PDF" }).click());
    expect(pdf.name).toMatch(/^tie-out-\d{4}-\d{2}-\d{2}\.pdf$/);
    expect(pdf.bytes.subarray(0, 5).toString()).toBe("%PDF-");
    const kept = info.outputPath("tie-out.pdf");
    await writeFile(kept, pdf.bytes);
    await info.attach("tie-out.pdf", { path: kept, contentType: "application/pdf" });
  });

  await test.step("an exception leads to the page about its cause", async () => {
    await page.goto(`${workspace}/exceptions`);
    await page
      .getByRole("link", { name: /^Why is that\?/ })
      .first()
      .click();
    await patient(page).toHaveURL(/\/help\/errors\/\w+$/);
    await patient(page.getByText("What to do", { exact: true })).toBeVisible();
    await checkBothModes(page, info, "23-help-error");
    await page.getByRole("link", { name: "All causes" }).click();
    await patient(page.getByRole("link", { name: "Too many calls (rate limit)" })).toBeVisible();
    await checkBothModes(page, info, "24-help-errors");
    await page.goto(`${workspace}/help`);
    await patient(page.getByText(/^Last updated/)).toBeVisible();
    await checkBothModes(page, info, "25-help");
    await page.getByRole("link", { name: /^Endpoints and data logic/ }).click();
    await patient(page.getByRole("table", { name: "Endpoints of Xero" })).toContainText("/ManualJournals");
    await checkBothModes(page, info, "26-help-endpoints");
  });

  await test.step("the keys alone lead to a place, to a record, and to a sync", async () => {
    await page.goto(`${workspace}/overview`);
    await patient(page.getByRole("button", { name: "Go to or find" })).toBeVisible();
    const before = await scriptBytes(page);
    const box = page.getByRole("combobox", { name: /^Go to a place/ });
    await openPalette(page);
    expect((await scriptBytes(page)) - before).toBeLessThan(PALETTE_BYTES_MAX);
    await patient(box).toBeFocused();
    await checkBothModes(page, info, "27-palette");
    await page.keyboard.press("Escape");
    await patient(box).toBeHidden();
    await patient(page.getByRole("button", { name: "Go to or find" })).toBeFocused();

    await openPalette(page);
    await box.fill("matches");
    await patient(page.getByRole("option", { selected: true })).toContainText("Matches");
    await page.keyboard.press("Enter");
    await patient(page).toHaveURL(/\/matches$/);

    await openPalette(page);
    await box.fill("inv-111");
    await patient(page.getByRole("option")).not.toHaveCount(0);
    await page.keyboard.press("ArrowDown");
    await patient(page.getByRole("option").nth(1)).toHaveAttribute("aria-selected", "true");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Enter");
    await patient(page).toHaveURL(/\/records\/invoice\//);

    await openPalette(page);
    await box.fill("no such thing at all");
    await patient(page.getByText("Nothing of that name or number.")).toBeVisible();
    await box.fill("sync");
    await page.keyboard.press("Enter");
    await patient(page).toHaveURL(/\/preview\/[0-9a-f-]+$/);
  });

  expect(errors).toEqual([]);
});

async function openPalette(page: Page): Promise<void> {
  // The keys are heard once the page's script is there, which nothing on the screen tells.
  await expect(async () => {
    await page.keyboard.press("Control+k");
    await expect(page.getByRole("dialog", { name: "Go to or find" })).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 30_000 });
}

/** Bytes of all scripts so far, as they came over the wire. */
const scriptBytes = (page: Page): Promise<number> =>
  page.evaluate(() =>
    performance
      .getEntriesByType("resource")
      .filter((one): one is PerformanceResourceTiming => one instanceof PerformanceResourceTiming)
      .filter((one) => one.initiatorType === "script" || one.name.endsWith(".js"))
      .reduce((sum, one) => sum + one.encodedBodySize, 0),
  );

async function download(page: Page, press: () => Promise<void>): Promise<{ name: string; bytes: Buffer }> {
  const waiting: Promise<Download> = page.waitForEvent("download");
  await press();
  const file = await waiting;
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
}

/** The downloaded review with an answer beside one invoice. */
async function answered(page: Page, answer: string): Promise<Buffer> {
  const file = await download(page, () => page.getByRole("link", { name: "Download as Excel" }).click());
  const changed = await editWorkbook(file.bytes, (cells) => {
    if (cells[0] === "invoice" && cells[1] === "INV-1112") cells[13] = answer;
  });
  return Buffer.from(changed);
}

async function upload(page: Page, buffer: Buffer): Promise<void> {
  const field = page.getByLabel("The changed file (at most 5 MB)");
  await field.setInputFiles({ name: "matches.xlsx", mimeType: EXCEL, buffer });
  await page.getByRole("button", { name: "Show what changed" }).click();
}

async function openWorkspace(page: Page): Promise<string> {
  await page.goto(product.origin);
  await page.getByRole("button", { name: "Sign in with Xero" }).first().click();
  await consentAtXero(page);
  return createWorkspace(page, "Everyday Gifts");
}

async function connectBoth(page: Page): Promise<void> {
  await page.getByRole("link", { name: "Connect to Xero" }).click();
  await consentAtXero(page);
  await patient(page.getByText("Xero is connected")).toBeVisible();
  await page.getByLabel("Where is your Zoho Books account?").selectOption("eu");
  await page.getByRole("link", { name: "Connect to Zoho Books" }).click();
  await page.getByRole("button", { name: "Accept" }).click();
  await patient(page.getByText("Zoho Books is connected")).toBeVisible();
}

async function makePreview(page: Page): Promise<void> {
  await page.getByRole("link", { name: "Continue to the set-up" }).click();
  await patient(page.getByRole("heading", { level: 1, name: "Set-up" })).toBeVisible();
  await patient(page.getByText("Suggested").first()).toBeVisible();
  for (const select of await page.getByRole("combobox").all()) {
    const isOpen =
      (await select.inputValue()) === "" &&
      (await select.locator("option", { hasText: "Choose…" }).count()) > 0;
    if (isOpen) await select.selectOption({ index: 1 });
  }
  await page.getByRole("button", { name: "Confirm and continue" }).click();
  await page.getByRole("button", { name: "Make a preview" }).click();
  await patient(page.getByRole("button", { name: /^Post [\d,]+ records? to Xero$/ })).toBeVisible({
    timeout: RUN_TIMEOUT_MS,
  });
}
