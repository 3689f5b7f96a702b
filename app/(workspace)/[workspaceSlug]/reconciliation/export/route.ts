import { askWorkspace, refuseInWords } from "@/app/_access/ask-workspace";
import { workbookResponse } from "@/app/_responses/workbook-response";
import { exportTieOut } from "@/lib/operations/reconciliation/export-tie-out";

const ABSENT = "There is no tie-out to export.";

/** The newest tie-out as an Excel file. */
export async function GET(
  _request: Request,
  context: { params: Promise<{ workspaceSlug: string }> },
): Promise<Response> {
  const asked = await askWorkspace("GET /reconciliation/export", (await context.params).workspaceSlug);
  if (!asked.ok) return refuseInWords(asked.error, ABSENT);
  const file = await exportTieOut(asked.value);
  return file ? workbookResponse(file) : new Response(ABSENT, { status: 404 });
}
