import type { Transaction } from "@/lib/db/client";
import type { AlertSender } from "@/lib/domain/alert-message";
import type { Runtime } from "../runtime";

/** Whose alerts they are, as the workspace is called now. */
export async function loadSender(
  { env }: Runtime,
  tx: Transaction,
  workspaceId: string,
): Promise<AlertSender> {
  const { name, slug } = await tx.workspace.findUniqueOrThrow({ where: { id: workspaceId } });
  return { workspaceName: name, workspaceUrl: `${env.APP_ORIGIN}/${slug}` };
}
