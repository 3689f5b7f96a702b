import { getCurrentUser } from "@/app/_access/current-user";
import { workbookResponse } from "@/app/_responses/workbook-response";
import { exportClientLog } from "@/lib/operations/client-sync/get-client-log";
import { getWorkspace } from "@/lib/operations/workspaces/get-workspace";

/** Every entry of one sync's log as an Excel file. */
export async function GET(
  _request: Request,
  context: { params: Promise<{ workspaceSlug: string; runId: string }> },
): Promise<Response> {
  const { workspaceSlug, runId } = await context.params;
  const user = await getCurrentUser();
  if (!user) return new Response("Sign in first.", { status: 401 });
  const access = await getWorkspace(user.userId, workspaceSlug);
  const file = access ? await exportClientLog(access, { runId }) : null;
  return file ? workbookResponse(file) : new Response("There is no such sync.", { status: 404 });
}
