import { expect, type Page, test } from "@playwright/test";
import { checkPage, collectPageErrors } from "./check-page";
import { consentAtXero, createWorkspace, openProductForFile, patient } from "./journey";

/** A customer's life in a browser: signed up, paid, owed, ended, returned; every payment on Stripe's own (simulated) page. */
const JOURNEY_TIMEOUT_MS = 300_000;

test.use({ actionTimeout: 30_000 });

const product = openProductForFile();

test("an owner pays, owes a renewal, loses the plan and comes back, told plainly at each step", async ({
  page,
}, info) => {
  test.setTimeout(JOURNEY_TIMEOUT_MS);
  const errors = collectPageErrors(page, product.origin);
  let sandbox = "";
  let billing = "";
  const steer = async (path: string, order: object): Promise<void> => {
    const answer = await page.request.post(`${sandbox}/control/stripe${path}`, { data: order });
    expect(answer.ok()).toBe(true);
  };

  await test.step("the prices are public, with the year's total and the terms", async () => {
    await page.goto(`${product.origin}/pricing`);
    await patient(page.getByText("US$599", { exact: true })).toBeVisible();
    await patient(page.getByText(/US\$7,188 a year/)).toBeVisible();
    await checkPage(page, info, "30-pricing");
  });

  await test.step("a new workspace has no plan, and is told what is free", async () => {
    await page
      .getByRole("button", { name: /with Xero/ })
      .first()
      .click();
    await consentAtXero(page);
    billing = `${await createWorkspace(page, "Paying Gifts")}/billing`;
    await page.goto(billing);
    await patient(page.getByText("No plan")).toBeVisible();
    await patient(page.getByText(/US\$7,188\.00 a year, charged today/)).toBeVisible();
    await checkPage(page, info, "31-billing-none");
  });

  await test.step("paying happens at Stripe and comes back with a receipt", async () => {
    await pay(page);
    await patient(page.getByText("Active", { exact: true })).toBeVisible();
    await patient(page.getByRole("row", { name: /Paid/ })).toBeVisible();
    await checkPage(page, info, "32-billing-active");
  });

  await test.step("the card is changed in Stripe's portal, which leads back", async () => {
    await page.getByRole("button", { name: "Change the card" }).click();
    await patient(page.getByRole("heading", { name: /^Billing of/ })).toBeVisible();
    sandbox = new URL(page.url()).origin;
    await page.getByRole("link", { name: "Return to the shop" }).click();
    await patient(page.getByRole("heading", { level: 1, name: "Billing" })).toBeVisible();
  });

  await test.step("a declined renewal is said on every page", async () => {
    await steer("/card", { card: "isDeclined" });
    await steer("/advance", { days: 366 });
    await until(page, billing, "A payment did not go through");
    await page.goto(billing.replace(/billing$/, "overview"));
    await patient(page.getByText("A payment did not go through")).toBeVisible();
    await page.goto(billing);
    await checkPage(page, info, "33-billing-owed");
  });

  await test.step("after the last try the plan has ended, and the pages stay", async () => {
    await steer("/advance", { days: 20 });
    await until(page, billing, "The plan has ended, so nothing is posted");
    await checkPage(page, info, "34-billing-ended");
  });

  await test.step("paying again brings it back", async () => {
    await pay(page);
    await patient(page.getByText("Active", { exact: true })).toBeVisible();
    await patient(page.getByText("The plan has ended, so nothing is posted")).toBeHidden();
    await checkPage(page, info, "35-billing-returned");
  });

  expect(errors).toEqual([]);
});

async function pay(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Go to payment at Stripe" }).click();
  await patient(page.getByText("$7,188.00").first()).toBeVisible();
  await page.getByRole("button", { name: /^Pay with 4242/ }).click();
  await patient(page.getByRole("heading", { level: 1, name: "Billing" })).toBeVisible();
}

/** Looks at the page again until an event of Stripe's has been followed. */
async function until(page: Page, url: string, words: string): Promise<void> {
  await patient(async () => {
    await page.goto(url);
    await expect(page.getByText(words)).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 60_000 });
}
