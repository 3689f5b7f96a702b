import { ROLES, type WorkspaceAccess } from "@/lib/domain/workspace-access";
import { getRuntime } from "../runtime";

/** The user's access to the workspace of a slug; null where there is none or the user is no member. */
export async function getWorkspace(userId: string, slug: string): Promise<WorkspaceAccess | null> {
  const { database } = await getRuntime();
  const workspaceId = await database.system.findWorkspaceOfMember(slug, userId);
  if (workspaceId === undefined) return null;
  return database.withWorkspace(workspaceId, async (tx) => {
    const membership = await tx.membership.findUnique({
      where: { workspaceId_userId: { workspaceId, userId } },
      include: { workspace: true },
    });
    const user = await tx.user.findUnique({ where: { id: userId } });
    const role = ROLES.find((one) => one === membership?.role);
    if (!membership || !user || !role) return null;
    return {
      workspaceId,
      slug,
      name: membership.workspace.name,
      userId,
      userName: user.name ?? user.email,
      role,
    };
  });
}
