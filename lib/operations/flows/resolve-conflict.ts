import { z } from "zod";
import { recordEvent } from "@/lib/audit/record-event";
import { toInputJson } from "@/lib/db/input-json";
import { agreedSchema, disputedFieldsSchema, settleDispute } from "@/lib/domain/two-sided";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { err, ok, type Result } from "@/lib/kernel/result";
import { getRuntime } from "../runtime";
import { loadPairIn } from "../setup/load-pair";

/**
 * A person's word about a conflict: which of the two versions holds. It writes to neither system by itself; the next run finds
 * the kept side as the only one that changed and carries that over. Where nothing goes that way, the difference stays, and
 * both sides are left alone.
 */
export async function resolveConflict(
  access: WorkspaceAccess,
  choice: { readonly exceptionId: string; readonly keep: "source" | "ledger" },
): Promise<Result<{ carried: boolean }, { message: string }>> {
  const runtime = await getRuntime();
  const { workspaceId } = access;
  const gone = err({ message: "This conflict is no longer open." });
  if (!z.uuid().safeParse(choice.exceptionId).success) return gone;
  return runtime.database.withWorkspace(
    workspaceId,
    async (tx): Promise<Result<{ carried: boolean }, { message: string }>> => {
      const pair = await loadPairIn(tx);
      const exception = await tx.syncException.findUnique({ where: { id: choice.exceptionId } });
      const isOpen =
        pair && exception?.pairId === pair.id && exception.state === "open" && exception.cause === "conflict";
      if (!isOpen) return gone;
      const { recordType, sourceExternalId } = exception;
      const key = { pairId: pair.id, recordType, sourceExternalId };
      const link = await tx.recordLink.findUnique({ where: { pairId_recordType_sourceExternalId: key } });
      if (!link || link.agreed === null || exception.sides === null) return gone;
      const back = await tx.flow.findUnique({
        where: {
          pairId_recordType_direction: { pairId: pair.id, recordType, direction: "toSource" },
        },
      });
      const carried = choice.keep === "source" || back?.state === "live" || back?.state === "previewOnly";
      const agreed = settleDispute(
        agreedSchema.parse(link.agreed),
        disputedFieldsSchema.parse(exception.sides),
        choice.keep,
        carried,
      );
      await tx.recordLink.update({
        where: { id: link.id },
        // Looked at again by the run that goes back, though the ledger's record is the same as at its last look.
        data: { agreed: toInputJson(agreed), ledgerHash: "" },
      });
      await tx.syncException.update({
        where: { id: exception.id },
        data: { state: "resolved", resolvedAt: runtime.clock.now() },
      });
      await tx.recordSnapshot.updateMany({
        where: { connectionId: pair.sourceConnectionId, recordType, externalId: sourceExternalId },
        data: { disposition: "pending" },
      });
      await recordEvent(tx, {
        workspaceId,
        actorUserId: access.userId,
        action: "conflict.resolved",
        subject: `${recordType}:${sourceExternalId}`,
        before: { sides: disputedFieldsSchema.parse(exception.sides) },
        after: { keep: choice.keep, carried },
        at: runtime.clock.now(),
      });
      return ok({ carried });
    },
  );
}
