import { recordEvent } from "@/lib/audit/record-event";
import type { Transaction } from "@/lib/db/client";
import { toInputJson } from "@/lib/db/input-json";
import { isGone } from "@/lib/domain/canonical-record";
import { mayBeAccepted, TIE_OUT_WEIGHTS } from "@/lib/domain/views/tie-out-kind";
import type { TieOutRecordRow } from "@/lib/domain/views/tie-out-view";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { encode } from "@/lib/kernel/json";
import { err, ok, type Result } from "@/lib/kernel/result";
import { acceptedSentence } from "@/lib/reconciliation/name-finding";
import { openConnection } from "../connections/open-connection";
import { sendOutboxSoon } from "../outbox/send-outbox";
import { startPreview } from "../runs/start-preview";
import { definitionOf, getRuntime } from "../runtime";
import { loadPairIn } from "../setup/load-pair";
import { type FindingRow, recordRow } from "./finding-row";
import { canPostAgain, isGoneInLedger } from "./list-findings";
import { orderComparison } from "./request-tie-out";

/**
 * What a person does about a finding. Accepting writes down who said so, when and why, for this very difference: another one
 * is named again. Posting again changes nothing by itself either: it lets the next preview plan the record, which shows what
 * it would do before anything is sent.
 */
const NOT_THERE = {
  message: "That finding is from an earlier tie-out. Look at the page again: it may be settled.",
};

export async function acceptFinding(
  access: WorkspaceAccess,
  request: { readonly findingId: string; readonly why: string },
): Promise<Result<{ accepted: true }, { message: string; fieldErrors?: Record<string, string> }>> {
  const runtime = await getRuntime();
  const { workspaceId } = access;
  const why = request.why.trim();
  if (why === "")
    return err({
      message: "Say why it is right, for whoever reads this later.",
      fieldErrors: { why: "Say why." },
    });
  const now = runtime.clock.now();
  const outcome = await runtime.database.withWorkspace(
    workspaceId,
    async (tx): Promise<Result<{ accepted: true }, { message: string }>> => {
      const row = await findFinding(tx, request.findingId);
      if (!row) return err(NOT_THERE);
      const shown = recordRow(row);
      if (shown.kind === "accepted") return ok({ accepted: true });
      if (!mayBeAccepted(shown.kind)) return err({ message: "There is nothing to accept about it." });
      const { pairId, recordType, sourceExternalId, ledgerExternalId, kind, fingerprint } = row;
      const by = access.userName;
      await tx.tieOutAcceptance.createMany({
        data: [
          {
            id: runtime.ids.next(),
            workspaceId,
            pairId,
            recordType,
            sourceExternalId,
            ledgerExternalId,
            kind,
            fingerprint,
            why,
            acceptedByUserId: access.userId,
            acceptedByName: by,
            acceptedAt: now,
          },
        ],
        skipDuplicates: true,
      });
      await tx.tieOutFinding.update({
        where: { id: row.id },
        data: {
          kind: "accepted",
          weight: TIE_OUT_WEIGHTS.indexOf("explained"),
          sentence: acceptedSentence(by, why),
          accepted: toInputJson({ by, at: now.toISOString(), why }),
        },
      });
      await recordEvent(tx, {
        workspaceId,
        actorUserId: access.userId,
        action: "tieOut.accepted",
        subject: `${recordType}:${sourceExternalId || ledgerExternalId}`,
        before: encode({ kind, number: shown.number, fields: shown.fields }),
        after: { why },
        at: now,
      });
      await orderComparison(tx, workspaceId, pairId);
      return ok({ accepted: true });
    },
  );
  if (outcome.ok) await sendOutboxSoon(runtime);
  return outcome;
}

/** Lets the next preview post the source's version of a record again, and makes that preview. */
export async function postAgain(
  access: WorkspaceAccess,
  request: { readonly findingId: string },
): Promise<Result<{ runId: string }, { message: string }>> {
  const runtime = await getRuntime();
  const { workspaceId } = access;
  const found = await runtime.database.withWorkspace(workspaceId, async (tx) => {
    const row = await findFinding(tx, request.findingId);
    const pair = await loadPairIn(tx);
    return row && pair && row.pairId === pair.id ? { row, pair } : null;
  });
  if (!found) return err(NOT_THERE);
  const { row, pair } = found;
  const shown = recordRow(row);
  const ledger = definitionOf(runtime, pair.ledger.connectorId);
  if (!canPostAgain(shown, ledger))
    return err({ message: `Tieout cannot do that in ${ledger.manifest.label}. Mend it there by hand.` });
  const isGoneThere = isGoneInLedger(shown);
  if (isGoneThere) {
    const stillThere = await findStanding(access, pair.ledgerConnectionId, shown, row);
    if (stillThere)
      return err({
        message: `It is in ${ledger.manifest.label} after all. Compare both systems again before anything is posted.`,
      });
  }
  await runtime.database.withWorkspace(workspaceId, async (tx) => {
    const { pairId, recordType, sourceExternalId } = row;
    const ofRecord = { pairId, recordType, sourceExternalId };
    if (isGoneThere) {
      await tx.recordLink.deleteMany({ where: ofRecord });
      await forgetGone(tx, pair.ledgerConnectionId, recordType, row.ledgerExternalId);
    } else {
      await tx.$executeRaw`
        UPDATE record_links SET detail = detail || '{"mayOverwrite": true}'::jsonb
         WHERE pair_id = ${pairId}::uuid AND record_type = ${recordType} AND source_external_id = ${sourceExternalId}`;
    }
    await tx.recordSnapshot.updateMany({
      where: { connectionId: pair.sourceConnectionId, recordType, externalId: sourceExternalId },
      data: { disposition: "pending", dispositionReason: null, dispositionHash: null },
    });
    await recordEvent(tx, {
      workspaceId,
      actorUserId: access.userId,
      action: "tieOut.postAgain",
      subject: `${recordType}:${sourceExternalId}`,
      before: encode({ kind: shown.kind, number: shown.number, fields: shown.fields }),
      at: runtime.clock.now(),
    });
  });
  return startPreview(access);
}

async function findFinding(tx: Transaction, findingId: string): Promise<FindingRow | null> {
  return /^\d{1,18}$/.test(findingId)
    ? tx.tieOutFinding.findUnique({ where: { id: BigInt(findingId) } })
    : null;
}

/** Looked up once more at this moment: what the tie-out missed must not be posted a second time. */
async function findStanding(
  access: WorkspaceAccess,
  ledgerConnectionId: string,
  { recordType }: TieOutRecordRow,
  row: FindingRow,
): Promise<boolean> {
  const runtime = await getRuntime();
  const { connector, definition } = await openConnection(runtime, access.workspaceId, ledgerConnectionId);
  if (typeof definition.manifest.capabilities[recordType].read !== "string") return false;
  const link = await runtime.database.withWorkspace(access.workspaceId, (tx) =>
    tx.recordLink.findFirst({
      where: { pairId: row.pairId, recordType, sourceExternalId: row.sourceExternalId },
      select: { ledgerExternalId: true },
    }),
  );
  const externalId = link?.ledgerExternalId || row.ledgerExternalId;
  if (externalId === "") return false;
  const present = await connector.get(recordType, externalId);
  return present !== null && !isGone(present);
}

/** What is not in the ledger any more must not be found by the plan as if it were. */
async function forgetGone(
  tx: Transaction,
  connectionId: string,
  recordType: string,
  ledgerExternalId: string,
): Promise<void> {
  if (ledgerExternalId !== "") return;
  await tx.$executeRaw`
    DELETE FROM ledger_records l
     WHERE l.connection_id = ${connectionId}::uuid AND l.record_type = ${recordType}
       AND NOT EXISTS (SELECT FROM tie_out_entries e
                        WHERE e.side = 'ledger' AND e.record_type = l.record_type AND e.external_id = l.external_id)`;
}
