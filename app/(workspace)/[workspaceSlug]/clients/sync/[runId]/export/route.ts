import { askWorkspace, refuseInWords } from "@/app/_access/ask-workspace";
import { workbookResponse } from "@/app/_responses/workbook-response";
import { exportClientLog } from "@/lib/operations/client-sync/get-client-log";

const ABSENT = "There is no such sync.";

/** Every entry of one sync's log as an Excel file. */
export async function GET(
  _request: Request,
  context: { params: Promise<{ workspaceSlug: string; runId: string }> },
): Promise<Response> {
  const { workspaceSlug, runId } = await context.params;
  const asked = await askWorkspace("GET /clients/sync/[runId]/export", workspaceSlug);
  if (!asked.ok) return refuseInWords(asked.error, ABSENT);
  const file = await exportClientLog(asked.value, { runId });
  return file ? workbookResponse(file) : new Response(ABSENT, { status: 404 });
}
