import { z } from "zod";
import { askWorkspace, refuseAsJson } from "@/app/_access/ask-workspace";
import { getRun } from "@/lib/operations/runs/get-run";

/** A run for the live pages, which ask once a second. */
export async function GET(
  _request: Request,
  context: { params: Promise<{ slug: string; runId: string }> },
): Promise<Response> {
  const { slug, runId } = await context.params;
  const asked = await askWorkspace("GET /api/workspaces/[slug]/runs/[runId]", slug);
  if (!asked.ok) return refuseAsJson(asked.error);
  if (!z.uuid().safeParse(runId).success) return answer({ error: "not found" }, 404);
  const run = await getRun(asked.value, runId);
  return run ? answer(run, 200) : answer({ error: "not found" }, 404);
}

const answer = (body: unknown, status: number): Response =>
  Response.json(body, { status, headers: { "cache-control": "no-store" } });
