import { getCurrentUser } from "@/app/_access/current-user";
import { workbookResponse } from "@/app/_responses/workbook-response";
import { hasRole } from "@/lib/domain/workspace-access";
import { exportAudit } from "@/lib/operations/audit/export-audit";
import { getWorkspace } from "@/lib/operations/workspaces/get-workspace";
import { parseAuditQuery } from "../audit-query";

/** The audit trail under the choices of the address as an Excel file. */
export async function GET(
  request: Request,
  context: { params: Promise<{ workspaceSlug: string }> },
): Promise<Response> {
  const user = await getCurrentUser();
  if (!user) return new Response("Sign in first.", { status: 401 });
  const access = await getWorkspace(user.userId, (await context.params).workspaceSlug);
  if (!access || !hasRole(access, "bookkeeper"))
    return new Response("There is no audit trail here for you.", { status: 404 });
  const filter = parseAuditQuery(Object.fromEntries(new URL(request.url).searchParams));
  return workbookResponse(await exportAudit(access, filter));
}
