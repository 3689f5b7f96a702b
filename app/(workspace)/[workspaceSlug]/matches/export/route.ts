import { askWorkspace, refuseInWords } from "@/app/_access/ask-workspace";
import { workbookResponse } from "@/app/_responses/workbook-response";
import { exportMatches } from "@/lib/operations/matches/export-matches";

const ABSENT = "There is no review to export.";

/** The review of matches as an Excel file. */
export async function GET(
  _request: Request,
  context: { params: Promise<{ workspaceSlug: string }> },
): Promise<Response> {
  const asked = await askWorkspace("GET /matches/export", (await context.params).workspaceSlug);
  if (!asked.ok) return refuseInWords(asked.error, ABSENT);
  const file = await exportMatches(asked.value);
  return file ? workbookResponse(file) : new Response(ABSENT, { status: 404 });
}
