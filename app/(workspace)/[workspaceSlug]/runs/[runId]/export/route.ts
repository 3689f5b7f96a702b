import { getCurrentUser } from "@/app/_access/current-user";
import { workbookResponse } from "@/app/_responses/workbook-response";
import { exportRunLog } from "@/lib/operations/runs/export-run-log";
import { getWorkspace } from "@/lib/operations/workspaces/get-workspace";

/** The whole log of a run that has ended, as an Excel file. */
export async function GET(
  _request: Request,
  context: { params: Promise<{ workspaceSlug: string; runId: string }> },
): Promise<Response> {
  const { workspaceSlug, runId } = await context.params;
  const user = await getCurrentUser();
  if (!user) return new Response("Sign in first.", { status: 401 });
  const access = await getWorkspace(user.userId, workspaceSlug);
  const file = access ? await exportRunLog(access, runId) : null;
  return file
    ? workbookResponse(file)
    : new Response("There is no such run that has ended.", { status: 404 });
}
