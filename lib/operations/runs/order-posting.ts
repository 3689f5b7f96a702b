import { recordEvent } from "@/lib/audit/record-event";
import type { Transaction } from "@/lib/db/client";

/** The event that posts a planned run, and the line of the audit trail: a person's, or nobody's where it goes by itself. */
export async function orderPosting(
  tx: Transaction,
  { workspaceId, runId }: { readonly workspaceId: string; readonly runId: string },
  actorUserId: string | null,
  now: Date,
): Promise<void> {
  await tx.outboxEvent.create({
    data: { workspaceId, name: "sync/posting.requested", data: { workspaceId, runId } },
  });
  await recordEvent(tx, { workspaceId, actorUserId, action: "run.posting", subject: runId, at: now });
}
