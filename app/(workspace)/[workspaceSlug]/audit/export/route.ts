import { askWorkspace, refuseInWords } from "@/app/_access/ask-workspace";
import { workbookResponse } from "@/app/_responses/workbook-response";
import { exportAudit } from "@/lib/operations/audit/export-audit";
import { parseAuditQuery } from "../audit-query";

/** The audit trail under the choices of the address as an Excel file. */
export async function GET(
  request: Request,
  context: { params: Promise<{ workspaceSlug: string }> },
): Promise<Response> {
  const asked = await askWorkspace("GET /audit/export", (await context.params).workspaceSlug);
  if (!asked.ok) return refuseInWords(asked.error, "There is no audit trail here for you.");
  const filter = parseAuditQuery(Object.fromEntries(new URL(request.url).searchParams));
  return workbookResponse(await exportAudit(asked.value, filter));
}
