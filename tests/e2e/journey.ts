import { expect, type Page, test } from "@playwright/test";
import { type OpenProduct, openProduct } from "./open-product";

/** What every journey begins with: the product of its own, and the pages that each of them passes on its way. */
const START_TIMEOUT_MS = 300_000;
const LEAVE_TIMEOUT_MS = 120_000;

/** A busy machine is slower, not wrong. */
export const patient = expect.configure({ timeout: 30_000 });

/** Starts the product for the tests of a file and ends it after them; its address is there once a test runs. */
export function openProductForFile(): { readonly origin: string } {
  let product: OpenProduct | undefined;
  test.beforeAll(async () => {
    test.setTimeout(START_TIMEOUT_MS);
    product = await openProduct();
  });
  test.afterAll(async () => {
    await product?.close();
  });
  return {
    get origin() {
      if (!product) throw new Error("the product is there while a test runs");
      return product.origin;
    },
  };
}

/** Presses a button that leaves for Xero until Xero's page is there: on a busy machine a page is seen before it answers. */
export async function leaveForXero(page: Page, label: string): Promise<void> {
  const button = page.getByRole("button", { name: label }).first();
  const atXero = page.getByRole("button", { name: /^(Sign in as|Allow access)/ }).first();
  await expect(async () => {
    const isHere = (await button.isVisible()) && (await button.isEnabled({ timeout: 1_000 }));
    if (isHere) await button.click({ timeout: 2_000 });
    await expect(atXero).toBeVisible({ timeout: 10_000 });
  }).toPass({ timeout: LEAVE_TIMEOUT_MS });
}

/** The simulated consent pages: who one is where that is asked, then "allow". */
export async function consentAtXero(page: Page): Promise<void> {
  const person = page.getByRole("button", { name: /^Sign in as/ }).first();
  const allow = page.getByRole("button", { name: "Allow access" });
  await patient(person.or(allow)).toBeVisible();
  if (await person.isVisible()) await person.click();
  await allow.click();
}

/** From the start page to the new workspace's connections; returns the workspace's address. */
export async function createWorkspace(page: Page, name: string): Promise<string> {
  await page.getByLabel("Name of your business").fill(name);
  await page.getByRole("checkbox", { name: /terms/ }).check();
  await page.getByRole("button", { name: "Create workspace" }).click();
  await page.waitForURL(/\/connections$/);
  return page.url().replace(/\/connections$/, "");
}

/** Answers with the first real choice whatever has no suggestion and must be answered. */
export async function answerOpenQuestions(page: Page): Promise<void> {
  for (const select of await page.getByRole("combobox").all()) {
    const isOpen =
      (await select.inputValue()) === "" &&
      (await select.locator("option", { hasText: "Choose…" }).count()) > 0;
    if (isOpen) await select.selectOption({ index: 1 });
  }
}
