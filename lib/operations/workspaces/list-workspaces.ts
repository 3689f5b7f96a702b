import type { Role, WorkspaceAccess } from "@/lib/domain/workspace-access";
import { parseRole } from "../people/lock-team";
import { getRuntime } from "../runtime";

export interface WorkspaceRow {
  readonly slug: string;
  readonly name: string;
  readonly role: Role;
}

/** The workspaces of a user, the one joined first first. */
export async function listWorkspaces(userId: string): Promise<WorkspaceRow[]> {
  const { database } = await getRuntime();
  return loadWorkspaces(userId, await database.system.workspacesOfUser(userId));
}

/** As many as a menu holds; the start page has all of them. */
const OTHERS_MAX = 8;

/** The reader's other workspaces for the switch in the header, the one joined first first. */
export async function listOthers(access: WorkspaceAccess): Promise<{ slug: string; name: string }[]> {
  const { database } = await getRuntime();
  const ids = await database.system.workspacesOfUser(access.userId);
  const others = ids.filter((id) => id !== access.workspaceId).slice(0, OTHERS_MAX);
  return loadWorkspaces(access.userId, others);
}

async function loadWorkspaces(userId: string, workspaceIds: readonly string[]): Promise<WorkspaceRow[]> {
  const { database } = await getRuntime();
  const found: WorkspaceRow[] = [];
  for (const workspaceId of workspaceIds) {
    const membership = await database.withWorkspace(workspaceId, (tx) =>
      tx.membership.findUnique({
        where: { workspaceId_userId: { workspaceId, userId } },
        include: { workspace: true },
      }),
    );
    const role = membership && parseRole(membership.role);
    if (role) found.push({ slug: membership.workspace.slug, name: membership.workspace.name, role });
  }
  return found;
}
