import { expect, type Page, type TestInfo } from "@playwright/test";
import { checkPage } from "./check-page";

/**
 * One pass over the pages of a workspace that holds posted records: each must stand, say the one thing that a person
 * comes for, and be what `checkPage` asks of every page. Nothing is pressed and nothing is changed.
 */
interface WorkspacePage {
  readonly name: string;
  readonly path: string;
  readonly title: RegExp;
  /** What a person reads there first. */
  readonly says: RegExp;
}

const ANY_TITLE = /\S/;
const patient = expect.configure({ timeout: 30_000 });

const pagesOf = (postedRunId: string): readonly WorkspacePage[] => [
  { name: "set-up", path: "setup", title: /^Set-up$/, says: /^How far back should Xero be kept\?$/ },
  { name: "matches", path: "matches", title: /^Matches$/, says: /for your word\.?/ },
  {
    name: "posted-preview",
    path: `preview/${postedRunId}?search=INV-10`,
    title: /^Preview$/,
    says: /^INV-10\d\d/,
  },
  { name: "records", path: "records?q=INV-10&sort=-amount", title: /^Records$/, says: /^INV-10\d\d/ },
  { name: "approvals", path: "preview/approvals", title: /^Approvals$/, says: /^Rules for posting$/ },
  { name: "parallel", path: "preview/parallel", title: /^Parallel run$/, says: /^What is kept in step$/ },
  {
    name: "tie-out-account",
    path: "reconciliation?by=account",
    title: ANY_TITLE,
    says: /^Figures side by side$/,
  },
  {
    name: "schedules",
    path: "schedules",
    title: /^Schedules$/,
    says: /^How often are both sides compared\?$/,
  },
  { name: "alerts", path: "alerts", title: /^Alerts$/, says: /^Tell somebody$/ },
  {
    name: "audit",
    path: "audit?area=run",
    title: /^Audit trail$/,
    says: /^(Posted a preview|Started a run)$/,
  },
  { name: "help", path: "help", title: /^Help$/, says: /^Short answers to what people ask first\.$/ },
];

/** Opens them one after the other; `workspace` is the address that every page of the workspace begins with. */
export async function walkWorkspacePages(
  page: Page,
  info: TestInfo,
  workspace: string,
  postedRunId: string,
): Promise<void> {
  for (const { name, path, title, says } of pagesOf(postedRunId)) {
    await page.goto(`${workspace}/${path}`);
    await patient(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
    await patient(page.getByRole("main").getByText(says).first()).toBeVisible();
    await checkPage(page, info, `page-${name}`);
  }
  await walkExceptions(page, info, workspace);
}

/** From the causes to one record, by the link that a person follows. */
async function walkExceptions(page: Page, info: TestInfo, workspace: string): Promise<void> {
  await page.goto(`${workspace}/exceptions`);
  const one = page.getByRole("main").locator('a[href*="/exceptions/"]:not([href*="/group/"])').first();
  await one.click();
  await patient(page.getByRole("link", { name: "All exceptions" })).toBeVisible();
  await checkPage(page, info, "page-exception");
  await page.getByRole("link", { name: "All about this record" }).click();
  await patient(page.getByRole("heading", { level: 2, name: "What happened" })).toBeVisible();
  await checkPage(page, info, "page-record");
}
