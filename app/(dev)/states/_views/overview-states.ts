import type { OverviewView } from "@/lib/domain/views/overview-view";

/** Constructed: one overview of each verdict. */
export const OVERVIEW_STATES: readonly OverviewView[] = [
  {
    verdict: "agree",
    headline: "All 1,204 records agree to the cent",
    detail: "Zoho Books and Xero hold the same. Checked today at 09:41.",
    action: { label: "Look for new records", href: "/states" },
    counts: { agreeing: 1204, needYou: 0, excluded: 12 },
    lastRun: { runId: "1", state: "finished", finishedAt: "2026-11-21T09:41:00.000Z" },
  },
  {
    verdict: "needsYou",
    headline: "3 invoices need you before they can be posted",
    detail: "Xero is not set up for SEK. The other 1,201 records agree to the cent.",
    action: { label: "See what to do", href: "/states" },
    counts: { agreeing: 1201, needYou: 3, excluded: 12 },
    lastRun: { runId: "1", state: "finished", finishedAt: "2026-11-21T09:41:00.000Z" },
  },
  {
    verdict: "disconnected",
    headline: "Xero no longer lets Tieout in",
    detail: "Someone disconnected Tieout in Xero on 20 November. Nothing is lost; reconnect to go on.",
    action: { label: "Reconnect Xero", href: "/states" },
    counts: null,
    lastRun: { runId: "1", state: "failed", finishedAt: null },
  },
  {
    verdict: "running",
    headline: "Posting 214 records to Xero",
    detail: "About 2 minutes left. You can close this page.",
    action: { label: "Watch", href: "/states" },
    counts: null,
    lastRun: null,
  },
  {
    verdict: "neverRun",
    headline: "Ready for a first preview",
    detail: "Tieout reads both sides and shows what it would post. Nothing is posted until you say so.",
    action: { label: "Make a preview", href: "/states" },
    counts: null,
    lastRun: null,
  },
  {
    verdict: "notSetUp",
    headline: "Connect your books to begin",
    detail: "It takes about five minutes: two connections and a page of questions with suggestions.",
    action: { label: "Connect Xero", href: "/states" },
    counts: null,
    lastRun: null,
  },
];
