import { ROLES, type WorkspaceAccess } from "@/lib/domain/workspace-access";
import { getRuntime } from "../runtime";
import { holdsAddress } from "./address-list";

/** The user's access to the workspace of a slug; null where there is none or the user is no member. */
export async function getWorkspace(userId: string, slug: string): Promise<WorkspaceAccess | null> {
  return (await loadMember(userId, slug))?.access ?? null;
}

/**
 * The same for a request from a network address: "outside" where the workspace is limited to addresses and this is none
 * of them. Somebody who is no member does not learn of it.
 */
export async function enterWorkspace(
  userId: string,
  slug: string,
  address: string,
): Promise<WorkspaceAccess | "outside" | null> {
  const member = await loadMember(userId, slug);
  if (!member) return null;
  const { access, allowedAddresses } = member;
  return allowedAddresses.length === 0 || holdsAddress(allowedAddresses, address) ? access : "outside";
}

async function loadMember(
  userId: string,
  slug: string,
): Promise<{ access: WorkspaceAccess; allowedAddresses: readonly string[] } | null> {
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
    const { name, allowedAddresses, masksBookkeepers } = membership.workspace;
    const userName = user.name ?? user.email;
    const access = { workspaceId, slug, name, userId, userName, role, masksBookkeepers };
    return { access, allowedAddresses };
  });
}
