import { askWorkspace, refuseInWords } from "@/app/_access/ask-workspace";
import { workbookResponse } from "@/app/_responses/workbook-response";
import { exportSampleMappings } from "@/lib/operations/client-sync/export-mappings";

const ABSENT = "Connect both systems first.";

/** A review with invented clients as an Excel file. */
export async function GET(
  _request: Request,
  context: { params: Promise<{ workspaceSlug: string }> },
): Promise<Response> {
  const asked = await askWorkspace("GET /clients/review/sample", (await context.params).workspaceSlug);
  if (!asked.ok) return refuseInWords(asked.error, ABSENT);
  const file = await exportSampleMappings(asked.value);
  return file ? workbookResponse(file) : new Response(ABSENT, { status: 404 });
}
