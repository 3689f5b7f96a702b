import type { ConnectorManifest } from "@/lib/connectors/contract/manifest";
import type { Transaction } from "@/lib/db/client";
import { RECORD_GROUPS } from "@/lib/domain/record-type";
import type { KeptGroup, KeptView } from "@/lib/domain/views/setup-view";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { definitionOf, getRuntime } from "../runtime";
import { loadPairIn } from "./load-pair";

/** What a workspace keeps in step and from where to where, as it is stored; null until both sides are connected. */
export async function getKept(access: WorkspaceAccess): Promise<KeptView | null> {
  const runtime = await getRuntime();
  return runtime.database.withWorkspace(access.workspaceId, async (tx) => {
    const pair = await loadPairIn(tx);
    if (!pair) return null;
    const { manifest } = definitionOf(runtime, pair.source.connectorId);
    return {
      sourceLabel: manifest.label,
      ledgerLabel: definitionOf(runtime, pair.ledger.connectorId).manifest.label,
      kept: await listKept(tx, pair.id, manifest),
    };
  });
}

/** What can be kept in step: a group of which the source has nothing is not offered. */
export async function listKept(
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
