import { z } from "zod";
import { getRuntime } from "../runtime";

/**
 * The workspace in which a pair keeps its books, among those of a user: a document in the ledger names its pair and
 * nothing else of ours. Null where the user is no member of it.
 */
export async function locateRecord(userId: string, pairId: string): Promise<string | null> {
  if (!z.uuid().safeParse(pairId).success) return null;
  const { database } = await getRuntime();
  for (const workspaceId of await database.system.workspacesOfUser(userId)) {
    const found = await database.withWorkspace(workspaceId, async (tx) => {
      const pair = await tx.pair.findUnique({ where: { id: pairId }, select: { id: true } });
      return pair && tx.workspace.findUnique({ where: { id: workspaceId }, select: { slug: true } });
    });
    if (found) return found.slug;
  }
  return null;
}
