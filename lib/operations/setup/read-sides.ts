import { recordEvent } from "@/lib/audit/record-event";
import { ConnectorError, type ConnectorErrorKind } from "@/lib/connectors/contract/connector-error";
import type { ReferenceData } from "@/lib/domain/reference-data";
import { err, ok, type Result } from "@/lib/kernel/result";
import { loadReference } from "../connections/load-reference";
import type { MatchedPair } from "../matches/find-plan";
import { definitionOf, type Runtime } from "../runtime";

/** While a person is at the form, accounts and rates are not read from both systems at every look. */
const REFERENCE_AGE = { maxAgeMs: 5 * 60_000, lane: "person" } as const;

/**
 * Accounts, rates and the like of both sides, or in a sentence why one of them cannot be read just now. A side that turns
 * out to have been ended at its vendor is marked as such, so that every page says it with its button.
 */
export async function readSides(
  runtime: Runtime,
  workspaceId: string,
  pair: MatchedPair,
): Promise<Result<{ source: ReferenceData; ledger: ReferenceData }, { message: string }>> {
  const source = await readSide(runtime, workspaceId, pair.source);
  if (!source.ok) return source;
  const ledger = await readSide(runtime, workspaceId, pair.ledger);
  return ledger.ok ? ok({ source: source.value, ledger: ledger.value }) : ledger;
}

async function readSide(
  runtime: Runtime,
  workspaceId: string,
  side: MatchedPair["source"],
): Promise<Result<ReferenceData, { message: string }>> {
  const { label } = definitionOf(runtime, side.connectorId).manifest;
  try {
    return ok(await loadReference(runtime, workspaceId, side.id, REFERENCE_AGE));
  } catch (thrown) {
    if (!(thrown instanceof ConnectorError)) throw thrown;
    runtime.logger.warn({ err: thrown, connectionId: side.id }, "the set-up could not read a side");
    // Xero says 403 of an organisation that was taken back, which reads as one thing that is not allowed.
    if (thrown.kind !== "authExpired" && thrown.kind !== "permission")
      return err({
        message: `${label} did not answer just now. Nothing is lost: load this page again in a moment.`,
      });
    if (side.status === "active")
      await markEnded(runtime, workspaceId, side.id, { label, kind: thrown.kind });
    return err({
      message: `${label} no longer lets Tieout in. Connect it again to go on; nothing of the set-up is lost.`,
    });
  }
}

async function markEnded(
  runtime: Runtime,
  workspaceId: string,
  connectionId: string,
  { label, kind }: { readonly label: string; readonly kind: ConnectorErrorKind },
): Promise<void> {
  await runtime.database.withWorkspace(workspaceId, async (tx) => {
    const { count } = await tx.connection.updateMany({
      where: { id: connectionId, status: "active" },
      data: {
        status: "reconnectNeeded",
        statusReason: `${label} no longer lets Tieout in. Connect again to go on.`,
      },
    });
    if (count === 0) return;
    await recordEvent(tx, {
      workspaceId,
      actorUserId: null,
      action: "connection.ended",
      subject: connectionId,
      after: { kind },
      at: runtime.clock.now(),
    });
  });
}
