import type { ConnectorManifest } from "@/lib/connectors/contract/manifest";
import type { Transaction } from "@/lib/db/client";
import { RECORD_GROUPS } from "@/lib/domain/record-type";
import type { KeptGroup, SetupView } from "@/lib/domain/views/setup-view";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { loadReference } from "../connections/load-reference";
import { definitionOf, getRuntime } from "../runtime";
import { estimateHistory } from "./estimate-history";
import { loadPair } from "./load-pair";
import { loadWaitingOn } from "./load-waiting-on";
import { buildSections, openingAccounts, questionKey } from "./setup-questions";

/** While a person is at the form, accounts and rates are not read from both systems at every look. */
const REFERENCE_AGE = { maxAgeMs: 5 * 60_000, lane: "person" } as const;

export async function getSetup(access: WorkspaceAccess): Promise<SetupView> {
  const runtime = await getRuntime();
  const { workspaceId } = access;
  const pair = await loadPair(runtime, workspaceId);
  if (!pair) return describeMissing(access);
  const source = await loadReference(runtime, workspaceId, pair.sourceConnectionId, REFERENCE_AGE);
  const ledger = await loadReference(runtime, workspaceId, pair.ledgerConnectionId, REFERENCE_AGE);
  const { manifest } = definitionOf(runtime, pair.ledger.connectorId);
  const { rows, history, kept } = await runtime.database.withWorkspace(workspaceId, async (tx) => ({
    rows: await tx.valueMap.findMany({ where: { pairId: pair.id } }),
    kept: await listKept(tx, pair.id, definitionOf(runtime, pair.source.connectorId).manifest),
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
    sourceName: pair.source.tenantName,
    ledgerName: pair.ledger.tenantName,
    refusal:
      source.baseCurrency === ledger.baseCurrency
        ? null
        : `${pair.source.tenantName} keeps its books in ${source.baseCurrency} and ${pair.ledger.tenantName} in ${ledger.baseCurrency}. Two base currencies cannot be kept in agreement.`,
    confirmed: pair.state !== "setup" && rows.some((row) => asked.has(`${row.kind}:${row.sourceKey}`)),
    documentStatus: { chosen: pair.settings.documentStatus, suggested: "approved" },
    kept,
    cutOver: { chosen: pair.settings.cutOver, accounts: openingAccounts(ledger), history },
    sections,
  };
}

/** What can be kept in step: a group of which the source has nothing is not offered. */
async function listKept(
  tx: Transaction,
  pairId: string,
  { capabilities }: ConnectorManifest,
): Promise<KeptGroup[]> {
  const flows = await tx.flow.findMany({
    where: { pairId, direction: "toLedger", state: { not: "off" } },
    select: { recordType: true, state: true },
  });
  const offered = KEEPABLE.filter((group) =>
    RECORD_GROUPS[group].some((type) => capabilities[type].read !== "none"),
  );
  return offered.map((group) => {
    const types: readonly string[] = RECORD_GROUPS[group];
    const own = flows.filter((flow) => types.includes(flow.recordType));
    return { group, isKept: own.length > 0, isLive: own.some((flow) => flow.state === "live") };
  });
}

const KEEPABLE = [
  "sales",
  "purchases",
  "purchaseOrders",
  "bank",
  "journals",
] as const satisfies readonly KeptGroup["group"][];

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
    missing: [
      ...(ledgerName === null ? (["ledger"] as const) : []),
      ...(sourceName === null ? (["source"] as const) : []),
    ],
    sourceName,
    ledgerName,
    refusal: null,
    confirmed: false,
    documentStatus: { chosen: null, suggested: "approved" },
    sections: [],
  };
}
