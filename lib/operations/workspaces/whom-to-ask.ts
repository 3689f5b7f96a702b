import { maskAddress } from "@/lib/domain/mask-address";
import { getRuntime } from "../runtime";
import { getWorkspace } from "./get-workspace";

/** What a member sees who is outside of the addresses of a workspace: its name, and who can let them in. */
export interface ClosedWorkspace {
  readonly name: string;
  readonly slug: string;
  /** Names of those who may change the list. */
  readonly people: readonly string[];
}

/** Null for whoever is no member. */
export async function findClosedWorkspace(userId: string, slug: string): Promise<ClosedWorkspace | null> {
  const access = await getWorkspace(userId, slug);
  if (!access) return null;
  const { database } = await getRuntime();
  const rows = await database.withWorkspace(access.workspaceId, (tx) =>
    tx.membership.findMany({
      where: { workspaceId: access.workspaceId, role: { in: ["owner", "admin"] } },
      include: { user: true },
      orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    }),
  );
  const people = rows
    .filter(({ userId: id }) => id !== userId)
    .map(({ user }) => user.name ?? maskAddress(user.email));
  return { name: access.name, slug: access.slug, people };
}
