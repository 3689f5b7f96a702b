import type { SetupView } from "@/lib/domain/views/setup-view";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { findWorkingRun } from "../runs/start-preview";
import { definitionOf, getRuntime } from "../runtime";
import { estimateHistory } from "./estimate-history";
import { listKept } from "./list-kept";
import { loadPair } from "./load-pair";
import { loadWaitingOn } from "./load-waiting-on";
import { readSides } from "./read-sides";
import { buildSections, openingAccounts, questionKey } from "./setup-questions";

/** The questions of a workspace's set-up with what was answered, or what is missing before they can be asked. */
export async function getSetup(access: WorkspaceAccess): Promise<SetupView> {
  const runtime = await getRuntime();
  const { workspaceId } = access;
  const pair = await loadPair(runtime, workspaceId);
  if (!pair) return describeMissing(access);
  const sides = await readSides(runtime, workspaceId, pair);
  if (!sides.ok) {
    const { tenantName: sourceName } = pair.source;
    return { ...NOTHING_TO_ASK, sourceName, ledgerName: pair.ledger.tenantName, unread: sides.error.message };
  }
  const { source, ledger } = sides.value;
  const { manifest } = definitionOf(runtime, pair.ledger.connectorId);
  const { rows, history, kept, working } = await runtime.database.withWorkspace(workspaceId, async (tx) => ({
    rows: await tx.valueMap.findMany({ where: { pairId: pair.id } }),
    kept: await listKept(tx, pair.id, definitionOf(runtime, pair.source.connectorId).manifest),
    working: await findWorkingRun(tx, pair.id),
    history: await estimateHistory(tx, pair, manifest, runtime.clock.now()),
  }));
  const sections = buildSections(
    source,
    ledger,
    new Map(rows.map((row) => [`${row.kind}:${row.sourceKey}`, row.targetKey])),
    await loadWaitingOn(runtime.database, workspaceId, pair),
  );
  const asked = new Set(
    sections.flatMap((section) => section.questions.map((one) => questionKey(one.kind, one.sourceKey))),
  );
  return {
    missing: [],
    pairId: pair.id,
    sourceName: pair.source.tenantName,
    ledgerName: pair.ledger.tenantName,
    refusal:
      source.baseCurrency === ledger.baseCurrency
        ? null
        : `${pair.source.tenantName} keeps its books in ${source.baseCurrency} and ${pair.ledger.tenantName} in ${ledger.baseCurrency}. Two base currencies cannot be kept in agreement.`,
    confirmed: pair.state !== "setup" && rows.some((row) => asked.has(`${row.kind}:${row.sourceKey}`)),
    documentStatus: { chosen: pair.settings.documentStatus, suggested: "approved" },
    kept,
    cutOver: {
      chosen: pair.settings.cutOver,
      accounts: openingAccounts(ledger),
      history,
      isCounting: pair.state === "setup" && working !== null,
    },
    sections,
  };
}

const NOTHING_TO_ASK = {
  missing: [],
  refusal: null,
  confirmed: false,
  documentStatus: { chosen: null, suggested: "approved" },
  sections: [],
} as const;

async function describeMissing(access: WorkspaceAccess): Promise<SetupView> {
  const runtime = await getRuntime();
  const active = await runtime.database.withWorkspace(access.workspaceId, (tx) =>
    tx.connection.findMany({ where: { status: { in: ["active", "reconnectNeeded"] } } }),
  );
  const nameOf = (role: "source" | "ledger"): string | null =>
    active.find((row) => definitionOf(runtime, row.connectorId).manifest.role === role)?.tenantName ?? null;
  const ledgerName = nameOf("ledger");
  const sourceName = nameOf("source");
  return {
    ...NOTHING_TO_ASK,
    missing: [
      ...(ledgerName === null ? (["ledger"] as const) : []),
      ...(sourceName === null ? (["source"] as const) : []),
    ],
    sourceName,
    ledgerName,
  };
}
