import type { Transaction } from "@/lib/db/client";
import { RECORD_GROUPS } from "@/lib/domain/record-type";
import {
  describeSetupProgress,
  type SetupFacts,
  type SetupProgress,
  type SideStanding,
} from "@/lib/domain/setup-progress";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { whyUnpaid } from "../billing/why-unpaid";
import { findPlan, type MatchedPair } from "../matches/find-plan";
import { findWorkingRun } from "../runs/start-preview";
import { definitionOf, getRuntime, type Runtime } from "../runtime";
import { loadPairIn } from "./load-pair";

/** Which phase of the set-up a workspace is in and what to press next, from what is stored; null once its pair is live. */
export async function getSetupProgress(access: WorkspaceAccess): Promise<SetupProgress | null> {
  const runtime = await getRuntime();
  return runtime.database.withWorkspace(access.workspaceId, async (tx) => {
    const pair = await loadPairIn(tx);
    const facts = pair ? await loadFacts(runtime, tx, pair) : await loadSides(runtime, tx);
    return describeSetupProgress(facts);
  });
}

const NOTHING_YET = {
  sharesCurrency: true,
  keepsAnything: true,
  isConfirmed: false,
  look: "none",
  lookRunId: null,
  undecidedMatches: 0,
  comparison: "none",
  isUnpaid: false,
  isParallel: false,
  isLive: false,
} as const satisfies Partial<SetupFacts>;

/** Before there is a pair, at most one side is connected. */
async function loadSides(runtime: Runtime, tx: Transaction): Promise<SetupFacts> {
  const connections = await tx.connection.findMany({
    where: { status: { in: ["active", "reconnectNeeded"] } },
    select: { connectorId: true, status: true },
  });
  const of = (role: "ledger" | "source"): SideStanding => {
    const own = connections.filter((one) => definitionOf(runtime, one.connectorId).manifest.role === role);
    if (own.some(({ status }) => status === "active")) return "connected";
    return own.length > 0 ? "ended" : "none";
  };
  return { ...NOTHING_YET, ledger: of("ledger"), source: of("source") };
}

async function loadFacts(runtime: Runtime, tx: Transaction, pair: MatchedPair): Promise<SetupFacts> {
  const standingOf = ({ status }: { readonly status: string }): SideStanding =>
    status === "active" ? "connected" : "ended";
  const sides = { ledger: standingOf(pair.ledger), source: standingOf(pair.source) };
  // A pair that was paused had been live before.
  if (pair.state === "live" || pair.state === "paused") return { ...NOTHING_YET, ...sides, isLive: true };
  const isConfirmed = pair.state !== "setup";
  return {
    ...sides,
    sharesCurrency: pair.source.baseCurrency === pair.ledger.baseCurrency,
    keepsAnything: (await countKept(tx, pair.id)) > 0,
    isConfirmed,
    ...(isConfirmed
      ? await loadLook(tx, pair.id)
      : { look: NOTHING_YET.look, lookRunId: null, undecidedMatches: 0, comparison: NOTHING_YET.comparison }),
    isUnpaid: (await whyUnpaid(runtime, tx, pair.id)) !== null,
    isParallel: pair.parallelSince !== null,
    isLive: false,
  };
}

/** Customers, suppliers and items come along by themselves: alone they are nothing to keep in step. */
const countKept = (tx: Transaction, pairId: string): Promise<number> =>
  tx.flow.count({
    where: {
      pairId,
      direction: "toLedger",
      state: { not: "off" },
      recordType: { notIn: [...RECORD_GROUPS.parties] },
    },
  });

async function loadLook(
  tx: Transaction,
  pairId: string,
): Promise<Pick<SetupFacts, "look" | "lookRunId" | "undecidedMatches" | "comparison">> {
  const working = await findWorkingRun(tx, pairId);
  const plan = (await findPlan(tx))?.plan ?? null;
  const reading = await tx.ledgerReading.findUnique({ where: { pairId }, select: { requestedAt: true } });
  const decidedSince = plan === null ? false : await isDecidedSince(tx, pairId, plan.runId);
  const compared = await tx.tieOut.findFirst({ where: { pairId }, select: { id: true } });
  return {
    look: working !== null ? "working" : decidedSince ? "outdated" : (plan?.phase ?? "none"),
    lookRunId: working ?? plan?.runId ?? null,
    undecidedMatches: await tx.matchQuestion.count({ where: { pairId, verdict: null } }),
    comparison: compared ? "made" : reading?.requestedAt ? "working" : "none",
  };
}

/** An answer that came after the look began is not in what it found. */
async function isDecidedSince(tx: Transaction, pairId: string, runId: string): Promise<boolean> {
  const { startedAt } = await tx.syncRun.findUniqueOrThrow({ where: { id: runId } });
  const decided = await tx.matchQuestion.findFirst({
    where: { pairId, decidedAt: { gt: startedAt } },
    select: { id: true },
  });
  return decided !== null;
}
