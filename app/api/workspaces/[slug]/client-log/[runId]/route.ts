import { getCurrentUser } from "@/app/_access/current-user";
import { getClientLog } from "@/lib/operations/client-sync/get-client-log";
import { getWorkspace } from "@/lib/operations/workspaces/get-workspace";

/** The newest entries of a client sync for the live log, which asks every other second. */
export async function GET(
  _request: Request,
  context: { params: Promise<{ slug: string; runId: string }> },
): Promise<Response> {
  const { slug, runId } = await context.params;
  const user = await getCurrentUser();
  if (!user) return answer({ error: "signed out" }, 401);
  const access = await getWorkspace(user.userId, slug);
  const log = access ? await getClientLog(access, { runId }) : null;
  return log ? answer(log, 200) : answer({ error: "not found" }, 404);
}

const answer = (body: unknown, status: number): Response =>
  Response.json(body, { status, headers: { "cache-control": "no-store" } });
