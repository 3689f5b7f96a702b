import type { OverviewView } from "@/lib/domain/views/overview-view";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { getTieOut } from "../reconciliation/get-tie-out";
import { parseRunState, WORKING_STATES } from "../runs/run-states";
import { getRuntime } from "../runtime";
import { loadPairIn } from "../setup/load-pair";

/** Are the books right, and if not, what to press: the first page of a workspace. */
export async function getOverview(access: WorkspaceAccess): Promise<OverviewView> {
  const { database } = await getRuntime();
  const base = `/${access.slug}`;
  const { pair, run, exceptions, ended } = await database.withWorkspace(access.workspaceId, async (tx) => {
    const found = await loadPairIn(tx);
    return {
      pair: found,
      run: found
        ? await tx.syncRun.findFirst({
            where: { pairId: found.id, state: { not: "superseded" } },
            orderBy: { startedAt: "desc" },
          })
        : null,
      exceptions: found ? await tx.syncException.count({ where: { pairId: found.id, state: "open" } }) : 0,
      ended: found
        ? [found.source, found.ledger].find((connection) => connection.status !== "active")
        : undefined,
    };
  });
  const lastRun = run
    ? { runId: run.id, state: run.state, finishedAt: run.finishedAt?.toISOString() ?? null }
    : null;
  const plain = { counts: null, lastRun };
  if (!pair) {
    return {
      ...plain,
      verdict: "notSetUp",
      headline: "Connect your two systems.",
      detail: "Connect Xero and the system that you sell in. Nothing is posted until you say so.",
      action: { label: "Connect", href: `${base}/connections` },
    };
  }
  if (ended) {
    return {
      ...plain,
      verdict: "disconnected",
      headline: `${ended.tenantName} has to be connected again.`,
      detail: "Nothing is lost: everything waits until it is.",
      action: { label: "Connect again", href: `${base}/connections` },
    };
  }
  if (pair.state === "setup") {
    return {
      ...plain,
      verdict: "notSetUp",
      headline: "Choose where things go.",
      detail: "Accounts, tax rates and where rounding pennies go. It takes about five minutes.",
      action: { label: "Continue the set-up", href: `${base}/setup` },
    };
  }
  const isPosting = run?.state === "applying" || run?.state === "tyingOut";
  // A look that started by itself posts at most what is new: no news until it does.
  const isNews = isPosting || run?.trigger === "person";
  if (run && isNews && WORKING_STATES.includes(parseRunState(run.state))) {
    return {
      ...plain,
      verdict: "running",
      headline: isPosting ? "Posting is going on." : "A preview is being made.",
      detail: "You can leave this page; the work goes on.",
      action: { label: "Watch it", href: isPosting ? `${base}/runs/${run.id}` : `${base}/preview/${run.id}` },
    };
  }
  const tieOut = await getTieOut(access, 0);
  if (!tieOut) {
    const isReady = run?.state === "previewed";
    return {
      ...plain,
      verdict: "neverRun",
      headline: isReady ? "Your preview is ready." : "See what would be posted.",
      detail: "A preview reads both systems and posts nothing.",
      action: isReady
        ? { label: "Look at the preview", href: `${base}/preview/${run.id}` }
        : { label: "Make a preview", href: `${base}/runs` },
    };
  }
  const total = (part: "ledger" | "excluded"): number =>
    tieOut.byType.reduce((count, line) => count + line[part].count, 0);
  const needYou = exceptions + tieOut.discrepancies;
  const counts = { agreeing: total("ledger"), needYou, excluded: total("excluded") };
  if (needYou === 0) {
    return {
      verdict: "agree",
      headline: `All ${counts.agreeing.toLocaleString("en-GB")} records agree to the cent.`,
      detail: `Compared record by record between ${tieOut.sourceName} and ${tieOut.ledgerName}.`,
      action: { label: "See the tie-out", href: `${base}/reconciliation` },
      counts,
      lastRun,
    };
  }
  return {
    verdict: "needsYou",
    headline: `${needYou.toLocaleString("en-GB")} ${needYou === 1 ? "record needs" : "records need"} you.`,
    detail: `${counts.agreeing.toLocaleString("en-GB")} other records agree to the cent.`,
    action:
      tieOut.discrepancies > 0
        ? { label: "See what differs", href: `${base}/reconciliation` }
        : { label: "See what to do", href: `${base}/exceptions` },
    counts,
    lastRun,
  };
}
