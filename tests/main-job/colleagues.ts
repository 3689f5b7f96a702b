import type { Role, WorkspaceAccess } from "@/lib/domain/workspace-access";

let joined = 0;

/** Somebody else of the same firm, in the same workspace. */
export async function addColleague(
  access: WorkspaceAccess,
  name: string,
  role: Role,
): Promise<WorkspaceAccess> {
  const { getRuntime } = await import("@/lib/operations/runtime");
  const { getWorkspace } = await import("@/lib/operations/workspaces/get-workspace");
  const { database } = await getRuntime();
  joined += 1;
  const email = `colleague-${joined}@tidewatergifts.test`;
  const user = await database.withoutWorkspace((tx) => tx.user.create({ data: { email, name } }));
  await database.withWorkspace(access.workspaceId, (tx) =>
    tx.membership.create({ data: { workspaceId: access.workspaceId, userId: user.id, role } }),
  );
  const own = await getWorkspace(user.id, access.slug);
  if (!own) throw new Error(`${name} has no access`);
  return own;
}
