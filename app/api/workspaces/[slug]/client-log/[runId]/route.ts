import { askWorkspace, refuseAsJson } from "@/app/_access/ask-workspace";
import { getClientLog } from "@/lib/operations/client-sync/get-client-log";

/** The newest entries of a client sync for the live log, which asks every other second. */
export async function GET(
  _request: Request,
  context: { params: Promise<{ slug: string; runId: string }> },
): Promise<Response> {
  const { slug, runId } = await context.params;
  const asked = await askWorkspace("GET /api/workspaces/[slug]/client-log/[runId]", slug);
  if (!asked.ok) return refuseAsJson(asked.error);
  const log = await getClientLog(asked.value, { runId });
  return log ? answer(log, 200) : answer({ error: "not found" }, 404);
}

const answer = (body: unknown, status: number): Response =>
  Response.json(body, { status, headers: { "cache-control": "no-store" } });
