import { askWorkspace, refuseInWords } from "@/app/_access/ask-workspace";
import { workbookResponse } from "@/app/_responses/workbook-response";
import { exportRunLog } from "@/lib/operations/runs/export-run-log";

const ABSENT = "There is no such run that has ended.";

/** The whole log of a run that has ended, as an Excel file. */
export async function GET(
  _request: Request,
  context: { params: Promise<{ workspaceSlug: string; runId: string }> },
): Promise<Response> {
  const { workspaceSlug, runId } = await context.params;
  const asked = await askWorkspace("GET /runs/[runId]/export", workspaceSlug);
  if (!asked.ok) return refuseInWords(asked.error, ABSENT);
  const file = await exportRunLog(asked.value, runId);
  return file ? workbookResponse(file) : new Response(ABSENT, { status: 404 });
}
