import { getRuntime } from "../runtime";

/** The workspaces of a user, the one joined first first. */
export async function listWorkspaces(
  userId: string,
): Promise<{ slug: string; name: string; role: string }[]> {
  const { database } = await getRuntime();
  const found = [];
  for (const workspaceId of await database.system.workspacesOfUser(userId)) {
    const membership = await database.withWorkspace(workspaceId, (tx) =>
      tx.membership.findUnique({
        where: { workspaceId_userId: { workspaceId, userId } },
        include: { workspace: true },
      }),
    );
    if (membership)
      found.push({ slug: membership.workspace.slug, name: membership.workspace.name, role: membership.role });
  }
  return found;
}
