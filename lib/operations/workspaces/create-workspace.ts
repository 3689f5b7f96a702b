import { recordEvent } from "@/lib/audit/record-event";
import { getRuntime } from "../runtime";

/** Makes a workspace with the user as its owner. The slug is made of the name and kept unique by a short suffix. */
export async function createWorkspace(request: { userId: string; name: string }): Promise<{ slug: string }> {
  const { database, ids, clock } = await getRuntime();
  const workspaceId = ids.next();
  const slug = `${slugOf(request.name)}-${workspaceId.slice(0, 6)}`;
  await database.withWorkspace(workspaceId, async (tx) => {
    await tx.workspace.create({ data: { id: workspaceId, slug, name: request.name.trim() } });
    await tx.membership.create({ data: { workspaceId, userId: request.userId, role: "owner" } });
    await recordEvent(tx, {
      workspaceId,
      actorUserId: request.userId,
      action: "workspace.created",
      subject: workspaceId,
      after: { name: request.name.trim(), termsAccepted: true },
      at: clock.now(),
    });
  });
  return { slug };
}

const SLUG_CHARACTERS = 40;

export function slugOf(name: string): string {
  const plain = name
    .normalize("NFKD")
    .replace(/[^\w\s-]/g, "")
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, "-")
    .slice(0, SLUG_CHARACTERS)
    .replace(/^-+|-+$/g, "");
  return plain === "" ? "workspace" : plain;
}
