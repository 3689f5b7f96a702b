import { askWorkspace, refuseAsJson } from "@/app/_access/ask-workspace";
import { findRecords } from "@/lib/operations/records/find-records";

/** Records by the beginning of their number, for the box that leads everywhere. */
export async function GET(
  request: Request,
  context: { params: Promise<{ slug: string }> },
): Promise<Response> {
  const asked = await askWorkspace("GET /api/workspaces/[slug]/search", (await context.params).slug);
  if (!asked.ok) return refuseAsJson(asked.error);
  const text = new URL(request.url).searchParams.get("q") ?? "";
  return answer({ records: await findRecords(asked.value, text) }, 200);
}

const answer = (body: unknown, status: number): Response =>
  Response.json(body, { status, headers: { "cache-control": "no-store" } });
