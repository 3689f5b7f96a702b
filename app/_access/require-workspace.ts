import { notFound } from "next/navigation";
import { cache } from "react";
import { hasRole, type Role, type WorkspaceAccess } from "@/lib/domain/workspace-access";
import { noteSeen } from "@/lib/operations/people/note-seen";
import { getWorkspace } from "@/lib/operations/workspaces/get-workspace";
import { requireUser } from "./current-user";

const findAccess = cache(async (userId: string, slug: string) => {
  const access = await getWorkspace(userId, slug);
  if (access) await noteSeen(access);
  return access;
});

/**
 * The user's access to the workspace of the page's address. A workspace that is not theirs and one that is not there
 * look the same: "not found".
 */
export async function requireWorkspace(slug: string, least: Role = "readOnly"): Promise<WorkspaceAccess> {
  const user = await requireUser(`/${slug}/overview`);
  const access = await findAccess(user.userId, slug);
  if (!access || !hasRole(access, least)) notFound();
  return access;
}
