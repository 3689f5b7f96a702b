import { recordEvent } from "@/lib/audit/record-event";
import type { RecordType } from "@/lib/domain/record-type";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { err, ok, type Result } from "@/lib/kernel/result";
import { linkMatches } from "@/lib/sync/link-matches";
import { withRun } from "../runs/run-context";
import { getRuntime } from "../runtime";
import { findPlan } from "./find-plan";

/** One record, or null for everything that is matched. */
export type ConfirmedRecord = {
  readonly recordType: RecordType;
  readonly sourceExternalId: string;
} | null;

/**
 * Links what the newest look found to be one, by the ledger's own ids, so that "Matched" becomes "Mapped" whatever either
 * side is called later. Nothing is written to either system. Pressed twice, the second press links nothing more.
 */
export async function confirmMatches(
  access: WorkspaceAccess,
  { runId, record }: { readonly runId: string; readonly record: ConfirmedRecord },
): Promise<Result<{ mapped: number }, { message: string }>> {
  const { database, clock } = await getRuntime();
  const { workspaceId } = access;
  const found = await database.withWorkspace(workspaceId, (tx) => findPlan(tx));
  if (!found?.plan) return err({ message: "There is nothing to confirm yet. Make a preview first." });
  const { pair, plan } = found;
  if (plan.runId !== runId)
    return err({ message: "Both sides were read again meanwhile. Look at the matches again." });
  if (plan.phase !== "open")
    return err({ message: "This review is out of date. Read both sides again, and confirm then." });
  const where = {
    runId,
    verb: "link",
    state: "planned",
    ...(record === null ? {} : record),
  };
  const toLink = await database.withWorkspace(workspaceId, (tx) => tx.plannedChange.count({ where }));
  if (toLink === 0) return ok({ mapped: 0 });
  await withRun({ workspaceId, runId }, async ({ context }) => {
    for (const recordType of record === null ? plan.recordTypes : [record.recordType])
      await linkMatches(context, recordType, record === null ? undefined : [record.sourceExternalId]);
  });
  await database.withWorkspace(workspaceId, (tx) =>
    recordEvent(tx, {
      workspaceId,
      actorUserId: access.userId,
      action: "match.confirmed",
      subject: record === null ? pair.id : `${record.recordType}:${record.sourceExternalId}`,
      after: { runId, mapped: toLink },
      at: clock.now(),
    }),
  );
  return ok({ mapped: toLink });
}
