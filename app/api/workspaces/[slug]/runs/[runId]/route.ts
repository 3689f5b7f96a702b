import { z } from "zod";
import { getCurrentUser } from "@/app/_access/current-user";
import { getRun } from "@/lib/operations/runs/get-run";
import { getWorkspace } from "@/lib/operations/workspaces/get-workspace";

/** A run for the live pages, which ask once a second. */
export async function GET(
  _request: Request,
  context: { params: Promise<{ slug: string; runId: string }> },
): Promise<Response> {
  const { slug, runId } = await context.params;
  const user = await getCurrentUser();
  if (!user) return answer({ error: "signed out" }, 401);
  const access = await getWorkspace(user.userId, slug);
  if (!access || !z.uuid().safeParse(runId).success) return answer({ error: "not found" }, 404);
  const run = await getRun(access, runId);
  return run ? answer(run, 200) : answer({ error: "not found" }, 404);
}

const answer = (body: unknown, status: number): Response =>
  Response.json(body, { status, headers: { "cache-control": "no-store" } });
