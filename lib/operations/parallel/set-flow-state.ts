import { recordEvent } from "@/lib/audit/record-event";
import { RECORD_GROUPS, type RecordGroup } from "@/lib/domain/record-type";
import type { FlowState } from "@/lib/domain/views/parallel-view";
import { hasRole, type WorkspaceAccess } from "@/lib/domain/workspace-access";
import { err, ok, type Result } from "@/lib/kernel/result";
import { getRuntime } from "../runtime";
import { loadPairIn } from "../setup/load-pair";

/**
 * Sets what a group of record types does towards the ledger: not read at all, read and planned only, posted, or held for a
 * while. It counts from the next batch on. Documents need their contacts and items, so those go as long as anything goes.
 */
export async function setFlowState(
  access: WorkspaceAccess,
  { group, state }: { readonly group: RecordGroup; readonly state: FlowState },
): Promise<Result<{ state: FlowState }, { message: string }>> {
  const { database, clock } = await getRuntime();
  const { workspaceId } = access;
  if (!hasRole(access, "admin"))
    return err({ message: "Your role in this workspace does not allow that. Ask its owner." });
  const recordTypes: readonly string[] = RECORD_GROUPS[group];
  return database.withWorkspace(workspaceId, async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`runs:${workspaceId}`}, 0))`;
    const pair = await loadPairIn(tx);
    // What is kept at all is a part of the set-up; nothing can be posted before its end.
    if (!pair || (pair.state === "setup" && state !== "off" && state !== "previewOnly"))
      return err({ message: "Finish the set-up first." });
    const where = { pairId: pair.id, direction: "toLedger" };
    const before = await tx.flow.findMany({ where });
    const isLive = (type: string): boolean =>
      before.find((flow) => flow.recordType === type)?.state === "live";
    const parties: readonly string[] = RECORD_GROUPS.parties;
    const othersLive = before.some((flow) => flow.state === "live" && !parties.includes(flow.recordType));
    if (group === "parties" && state !== "live" && othersLive)
      return err({ message: "Documents that are posted need their contacts and items: stop those first." });
    if (group !== "parties" && state === "live" && !parties.every(isLive))
      return err({ message: "Documents need their contacts and items: set those to live first." });
    const own = before.filter((flow) => recordTypes.includes(flow.recordType));
    const missing = recordTypes.filter((type) => !own.some((flow) => flow.recordType === type));
    if (missing.length === 0 && own.every((flow) => flow.state === state)) return ok({ state });
    await tx.flow.updateMany({ where: { ...where, recordType: { in: [...recordTypes] } }, data: { state } });
    await tx.flow.createMany({
      data: missing.map((recordType) => ({ ...where, workspaceId, recordType, state })),
    });
    await recordEvent(tx, {
      workspaceId,
      actorUserId: access.userId,
      action: "flow.changed",
      subject: `${pair.id}:${group}`,
      before: Object.fromEntries(own.map((flow) => [flow.recordType, flow.state])),
      after: { state },
      at: clock.now(),
    });
    return ok({ state });
  });
}
