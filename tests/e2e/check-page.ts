import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page, type TestInfo } from "@playwright/test";

/**
 * What every page of ours must be on a laptop and on a phone: free of what axe finds (WCAG 2.2 AA), no wider than the
 * screen. A picture of each is kept with the test's results.
 */
const SCREENS = [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
] as const;

export async function checkPage(page: Page, info: TestInfo, name: string): Promise<void> {
  for (const screen of SCREENS) {
    await page.setViewportSize(screen);
    await untilAtRest(page);
    const { violations } = await new AxeBuilder({ page })
      .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
      .analyze();
    const found = violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`,
    );
    expect.soft(found, `${name} at ${screen.width}`).toEqual([]);
    const contentWidth = await page.evaluate(() => document.documentElement.scrollWidth);
    expect.soft(contentWidth, `${name} fits into ${screen.width}`).toBeLessThanOrEqual(screen.width);
    const path = info.outputPath(`${name}-${screen.width}.png`);
    await page.screenshot({ path, fullPage: true });
    await info.attach(`${name} at ${screen.width}`, { path, contentType: "image/png" });
  }
  await page.setViewportSize(SCREENS[0]);
}

/** The same in light and in dark. */
export async function checkBothModes(page: Page, info: TestInfo, name: string): Promise<void> {
  for (const colorScheme of ["dark", "light"] as const) {
    await page.emulateMedia({ colorScheme });
    await checkPage(page, info, `${name}-${colorScheme}`);
  }
}

/** A colour on its way from one to another is neither: what moves once is waited for, what moves for ever is not. */
async function untilAtRest(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    const once = document
      .getAnimations()
      .filter((one) => one.effect?.getComputedTiming().iterations !== Infinity);
    await Promise.allSettled(once.map((one) => one.finished));
  });
}

/** Texts that a page wrote as errors, such as what the security policy refused. Give it before the first page opens. */
export function collectPageErrors(page: Page, origin: string): string[] {
  const errors: string[] = [];
  const isOurs = () => page.url().startsWith(origin);
  page.on("console", (message) => {
    if (message.type() === "error" && isOurs()) errors.push(`${page.url()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => errors.push(`${page.url()}: ${error.message}`));
  return errors;
}
