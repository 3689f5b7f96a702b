import { askWorkspace, refuseInWords } from "@/app/_access/ask-workspace";
import { zipResponse } from "@/app/_responses/zip-response";
import { exportPerson } from "@/lib/operations/privacy/export-workspace";

const NOBODY = "There is no such person here.";

/** What is held of one person as an archive of JSON lines. */
export async function GET(
  request: Request,
  context: { params: Promise<{ workspaceSlug: string }> },
): Promise<Response> {
  const asked = await askWorkspace("GET /privacy/person", (await context.params).workspaceSlug);
  if (!asked.ok) return refuseInWords(asked.error, NOBODY);
  const file = await exportPerson(asked.value, new URL(request.url).searchParams.get("key") ?? "");
  return file ? zipResponse(file) : new Response(NOBODY, { status: 404 });
}
