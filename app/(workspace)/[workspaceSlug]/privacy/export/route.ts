import { askWorkspace, refuseInWords } from "@/app/_access/ask-workspace";
import { zipResponse } from "@/app/_responses/zip-response";
import { exportWorkspace } from "@/lib/operations/privacy/export-workspace";

/** Everything of the workspace as an archive of JSON lines. */
export async function GET(
  _request: Request,
  context: { params: Promise<{ workspaceSlug: string }> },
): Promise<Response> {
  const asked = await askWorkspace("GET /privacy/export", (await context.params).workspaceSlug);
  if (!asked.ok) return refuseInWords(asked.error, "There is nothing here for you.");
  return zipResponse(await exportWorkspace(asked.value));
}
