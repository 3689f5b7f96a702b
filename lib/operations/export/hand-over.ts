import { recordEvent } from "@/lib/audit/record-event";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { getRuntime } from "../runtime";

/**
 * Gives a file to whoever asked for it, and notes in the trail who took it: what is in a file is read where nobody can see
 * it. Every download of a workspace's records passes here.
 */
export async function handOver<File extends { readonly fileName: string }>(
  access: WorkspaceAccess,
  file: File,
): Promise<File> {
  const { database, clock } = await getRuntime();
  const { workspaceId, userId } = access;
  await database.withWorkspace(workspaceId, (tx) =>
    recordEvent(tx, {
      ...{ workspaceId, actorUserId: userId, action: "file.downloaded" },
      subject: file.fileName,
      at: clock.now(),
    }),
  );
  return file;
}
