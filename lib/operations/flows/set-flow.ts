import { recordEvent } from "@/lib/audit/record-event";
import type { FlowChange } from "@/lib/domain/views/flow-view";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { err, ok, type Result } from "@/lib/kernel/result";
import { isTwoSided } from "@/lib/sync/agreement";
import { definitionOf, getRuntime } from "../runtime";
import { loadPairIn } from "../setup/load-pair";
import { leaveSentence, missingLeave } from "./write-leave";

/**
 * Stores one choice about what goes where. Nothing is written by it: a flow back to the source begins with a preview, and it
 * may only post once the source gave leave to write that record type.
 */
export async function setFlow(
  access: WorkspaceAccess,
  change: FlowChange,
): Promise<Result<{ needsConsent: boolean }, { message: string }>> {
  const runtime = await getRuntime();
  const { workspaceId } = access;
  const { recordType, direction, state, voidRule, conflictRule } = change;
  return runtime.database.withWorkspace(
    workspaceId,
    async (tx): Promise<Result<{ needsConsent: boolean }, { message: string }>> => {
      const pair = await loadPairIn(tx);
      if (!pair) return err({ message: "Connect both systems first." });
      const { manifest } = definitionOf(runtime, pair.source.connectorId);
      if (direction === "toSource" && manifest.capabilities[recordType].write.length === 0)
        return err({ message: `${manifest.label} takes nothing of this kind back.` });
      if (state !== undefined && direction === "toLedger")
        return err({ message: "Whether records are posted is chosen under Schedules." });
      if (conflictRule !== undefined && !isTwoSided(recordType))
        return err({ message: "Nothing of this kind is changed on both sides." });
      const isLacking = missingLeave(manifest, pair.source.scopes, [recordType]).length > 0;
      if (state === "live" && isLacking) return err({ message: leaveSentence(manifest.label) });
      const key = { pairId: pair.id, recordType, direction };
      const before = await tx.flow.findUnique({ where: { pairId_recordType_direction: key } });
      const after = {
        ...(state === undefined ? {} : { state }),
        ...(voidRule === undefined ? {} : { voidRule }),
      };
      await tx.flow.upsert({
        where: { pairId_recordType_direction: key },
        create: { ...key, workspaceId, state: "off", ...after },
        update: after,
      });
      if (conflictRule !== undefined)
        await tx.flow.updateMany({ where: { pairId: pair.id, recordType }, data: { conflictRule } });
      // A record that waits for a person may be decided by the new rule.
      await tx.recordSnapshot.updateMany({
        where: {
          connectionId: pair.sourceConnectionId,
          recordType,
          disposition: "exception",
          dispositionReason: { in: ["conflict", "goneInSource", "goneInLedger"] },
        },
        data: { disposition: "pending" },
      });
      await recordEvent(tx, {
        workspaceId,
        actorUserId: access.userId,
        action: "flow.changed",
        subject: `${recordType}:${direction}`,
        before: before && {
          state: before.state,
          voidRule: before.voidRule,
          conflictRule: before.conflictRule,
        },
        after: { ...after, ...(conflictRule === undefined ? {} : { conflictRule }) },
        at: runtime.clock.now(),
      });
      return ok({ needsConsent: isLacking && state !== undefined && state !== "off" });
    },
  );
}
