import type { Transaction } from "@/lib/db/client";

/** What begins something that would have to be ended first: refused while the workspace waits to be deleted. */
export const DELETION_IS_DUE =
  'This workspace is going to be deleted. Its owner presses "Keep this workspace" under Privacy first; then this can be done.';

export async function isDeletionDue(tx: Transaction, workspaceId: string): Promise<boolean> {
  return (await tx.workspace.count({ where: { id: workspaceId, deletionDueAt: { not: null } } })) > 0;
}
