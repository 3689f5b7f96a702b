import { getCurrentUser } from "@/app/_access/current-user";
import { workbookResponse } from "@/app/_responses/workbook-response";
import { exportSampleMappings } from "@/lib/operations/client-sync/export-mappings";
import { getWorkspace } from "@/lib/operations/workspaces/get-workspace";

/** A review with invented clients as an Excel file. */
export async function GET(
  _request: Request,
  context: { params: Promise<{ workspaceSlug: string }> },
): Promise<Response> {
  const user = await getCurrentUser();
  if (!user) return new Response("Sign in first.", { status: 401 });
  const access = await getWorkspace(user.userId, (await context.params).workspaceSlug);
  const file = access ? await exportSampleMappings(access) : null;
  return file ? workbookResponse(file) : new Response("Connect both systems first.", { status: 404 });
}
