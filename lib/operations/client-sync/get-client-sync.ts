import type { Transaction } from "@/lib/db/client";
import { RECORD_TYPES } from "@/lib/domain/record-type";
import type { ClientReviewView, ClientSyncView } from "@/lib/domain/views/client-sync-view";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import type { StoredRunState } from "../runs/run-states";
import { definitionOf, getRuntime } from "../runtime";
import { findReview, type Review, type ReviewedPair } from "./find-review";
import { countMappings } from "./mapping-rows";

/** The sync of clients as it stands; null until both sides are connected. */
export async function getClientSync(access: WorkspaceAccess): Promise<ClientSyncView | null> {
  const runtime = await getRuntime();
  return runtime.database.withWorkspace(access.workspaceId, async (tx) => {
    const found = await findReview(tx);
    if (!found) return null;
    const { pair, review } = found;
    const { manifest } = definitionOf(runtime, pair.source.connectorId);
    const flows = await tx.flow.findMany({
      where: { pairId: pair.id, direction: "toLedger", state: { not: "off" } },
      select: { recordType: true },
    });
    const isOn = (recordType: string): boolean => flows.some((flow) => flow.recordType === recordType);
    return {
      sourceName: pair.source.tenantName,
      sourceLabel: manifest.label,
      connectorId: manifest.id,
      isOneWay: manifest.capabilities.contact.write.length === 0,
      ledgerName: pair.ledger.tenantName,
      ledgerLabel: definitionOf(runtime, pair.ledger.connectorId).manifest.label,
      // A new pair has its flows from the start; nothing runs before somebody saved or confirmed something.
      enabled: isOn("contact") && pair.state !== "setup",
      alsoSynced: RECORD_TYPES.filter(
        (type) => type !== "contact" && isOn(type) && manifest.capabilities[type].read !== "none",
      ),
      review: review && (await describeReview(tx, pair, review)),
      confirmed: await loadConfirmed(tx, pair.id),
    };
  });
}

async function describeReview(
  tx: Transaction,
  pair: ReviewedPair,
  review: Review,
): Promise<ClientReviewView> {
  return {
    runId: review.runId,
    phase: review.isPlanned ? PHASES[review.state] : "reading",
    counts: await countMappings(tx, pair, review.runId),
  };
}

const PHASES: Readonly<Record<StoredRunState, ClientReviewView["phase"]>> = {
  pulling: "reading",
  planning: "reading",
  previewed: "review",
  applying: "syncing",
  tyingOut: "syncing",
  finished: "done",
  failed: "done",
  superseded: "done",
};

async function loadConfirmed(tx: Transaction, pairId: string): Promise<ClientSyncView["confirmed"]> {
  const event = await tx.auditEvent.findFirst({
    where: { action: "clientSync.confirmed", subject: pairId },
    orderBy: { sequence: "desc" },
  });
  if (!event) return null;
  const user = event.actorUserId
    ? await tx.user.findUnique({ where: { id: event.actorUserId }, select: { name: true, email: true } })
    : null;
  return { by: user?.name ?? user?.email ?? "", at: event.at.toISOString() };
}
