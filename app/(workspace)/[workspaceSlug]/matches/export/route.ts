import { getCurrentUser } from "@/app/_access/current-user";
import { workbookResponse } from "@/app/_responses/workbook-response";
import { exportMatches } from "@/lib/operations/matches/export-matches";
import { getWorkspace } from "@/lib/operations/workspaces/get-workspace";

/** The review of matches as an Excel file. */
export async function GET(
  _request: Request,
  context: { params: Promise<{ workspaceSlug: string }> },
): Promise<Response> {
  const user = await getCurrentUser();
  if (!user) return new Response("Sign in first.", { status: 401 });
  const access = await getWorkspace(user.userId, (await context.params).workspaceSlug);
  const file = access ? await exportMatches(access) : null;
  return file ? workbookResponse(file) : new Response("There is no review to export.", { status: 404 });
}
