import { type BrowserContext, chromium } from "@playwright/test";
import lighthouse, { desktopConfig } from "lighthouse";
import { freePort } from "@/scripts/stack";
import { findBrowser } from "@/tests/setup/browser";
import { round } from "./figures";
import type { SignedIn } from "./signed-in";

/**
 * What a browser loads and draws: compressed JavaScript a page as Chromium's protocol counts it (bytes on the wire), and
 * what Lighthouse says of four pages with a signed-in cookie. Lighthouse runs as on a laptop, which is what the pages are
 * used on; its own throttling is simulated, so that a busy machine weighs less.
 */
const JS_PAGES = [
  "/overview",
  "/runs",
  "/exceptions",
  "/matches",
  "/records",
  "/reconciliation",
  "/audit",
  "/setup",
  "/connections",
  "/schedules",
  "/alerts",
  "/team",
  "/billing",
  "/help",
] as const;
const AUDITED = ["/overview", "/runs", "/exceptions", "/setup"] as const;
const KB = 1_024;

export interface PageFigures {
  readonly jsKb: Readonly<Record<string, number>>;
  readonly lighthouse: Readonly<Record<string, { performance: number; accessibility: number }>>;
  readonly lcpMs: Readonly<Record<string, number>>;
  readonly cls: Readonly<Record<string, number>>;
  readonly tbtMs: Readonly<Record<string, number>>;
}

export async function measurePages(signedIn: SignedIn, say: (line: string) => void): Promise<PageFigures> {
  const { executablePath, args, env } = await findBrowser();
  const port = await freePort();
  const browser = await chromium.launch({
    executablePath,
    args: [...args, `--remote-debugging-port=${port}`],
    env: { ...process.env, ...env },
  });
  try {
    const jsKb: Record<string, number> = {};
    for (const path of JS_PAGES) {
      const context = await browser.newContext();
      await context.addCookies([{ ...signedIn.cookie, url: signedIn.origin }]);
      jsKb[path] = await countScripts(context, `${signedIn.origin}/${signedIn.slug}${path}`);
      await context.close();
    }
    const scores: Record<string, { performance: number; accessibility: number }> = {};
    const lcpMs: Record<string, number> = {};
    const cls: Record<string, number> = {};
    const tbtMs: Record<string, number> = {};
    for (const path of AUDITED) {
      say(`Lighthouse: ${path}`);
      const audited = await audit(signedIn, path, port);
      scores[path] = audited.scores;
      lcpMs[path] = audited.lcpMs;
      cls[path] = audited.cls;
      tbtMs[path] = audited.tbtMs;
    }
    return { jsKb, lighthouse: scores, lcpMs, cls, tbtMs };
  } finally {
    await browser.close();
  }
}

/** Bytes of script on the wire with an empty cache, in kB. */
async function countScripts(context: BrowserContext, address: string): Promise<number> {
  const page = await context.newPage();
  const protocol = await context.newCDPSession(page);
  await protocol.send("Network.enable");
  const scripts = new Set<string>();
  let bytes = 0;
  protocol.on("Network.responseReceived", ({ requestId, type }) => {
    if (type === "Script") scripts.add(requestId);
  });
  protocol.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) bytes += encodedDataLength;
  });
  await page.goto(address, { waitUntil: "networkidle" });
  await page.close();
  return round(bytes / KB, 1);
}

async function audit({ origin, slug, cookie }: SignedIn, path: string, port: number) {
  const result = await lighthouse(
    `${origin}/${slug}${path}`,
    {
      port,
      output: "json",
      logLevel: "error",
      onlyCategories: ["performance", "accessibility"],
      extraHeaders: { Cookie: `${cookie.name}=${cookie.value}` },
    },
    desktopConfig,
  );
  const report = result?.lhr;
  const score = (category: string): number => Math.round((report?.categories[category]?.score ?? 0) * 100);
  const figure = (name: string, digits: number): number =>
    round(report?.audits[name]?.numericValue ?? Number.NaN, digits);
  return {
    scores: { performance: score("performance"), accessibility: score("accessibility") },
    lcpMs: figure("largest-contentful-paint", 0),
    cls: figure("cumulative-layout-shift", 3),
    tbtMs: figure("total-blocking-time", 0),
  };
}
