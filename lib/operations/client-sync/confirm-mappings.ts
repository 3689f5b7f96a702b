import { recordEvent } from "@/lib/audit/record-event";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { err, ok, type Result } from "@/lib/kernel/result";
import { linkMatches } from "@/lib/sync/link-matches";
import { isPlannedOtherwise, OUTDATED } from "../runs/may-start";
import { withRun } from "../runs/run-context";
import { getRuntime } from "../runtime";
import { findReview } from "./find-review";

/**
 * Links what the review found to be one, by the ledger's own ids, so that "Matched" becomes "Mapped" whatever either side is
 * called later. Nothing is written to either system. Pressed twice, the second press links nothing more.
 */
export async function confirmMappings(
  access: WorkspaceAccess,
  { runId }: { readonly runId: string },
): Promise<Result<{ mapped: number }, { message: string }>> {
  const { database, clock } = await getRuntime();
  const { workspaceId } = access;
  const found = await database.withWorkspace(workspaceId, (tx) => findReview(tx));
  if (!found) return err({ message: "Connect both systems first." });
  const { pair, review } = found;
  if (review?.runId !== runId)
    return err({ message: "The review was made anew meanwhile. Look at it again." });
  if (review.state !== "previewed") return err({ message: "There is no review that waits for you." });
  if (isPlannedOtherwise(review, pair)) return err({ message: OUTDATED });
  const where = { runId, recordType: "contact", verb: "link" };
  const toLink = await database.withWorkspace(workspaceId, (tx) =>
    tx.plannedChange.count({ where: { ...where, state: "planned" } }),
  );
  await withRun({ workspaceId, runId }, ({ context }) => linkMatches(context, "contact"));
  await database.withWorkspace(workspaceId, (tx) =>
    recordEvent(tx, {
      workspaceId,
      actorUserId: access.userId,
      action: "clientSync.confirmed",
      subject: pair.id,
      after: { runId, mapped: toLink },
      at: clock.now(),
    }),
  );
  return ok({ mapped: toLink });
}
