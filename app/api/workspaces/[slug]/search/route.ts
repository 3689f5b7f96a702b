import { getCurrentUser } from "@/app/_access/current-user";
import { findRecords } from "@/lib/operations/records/find-records";
import { getWorkspace } from "@/lib/operations/workspaces/get-workspace";

/** Records by the beginning of their number, for the box that leads everywhere. */
export async function GET(
  request: Request,
  context: { params: Promise<{ slug: string }> },
): Promise<Response> {
  const user = await getCurrentUser();
  if (!user) return answer({ error: "signed out" }, 401);
  const access = await getWorkspace(user.userId, (await context.params).slug);
  if (!access) return answer({ error: "not found" }, 404);
  const text = new URL(request.url).searchParams.get("q") ?? "";
  return answer({ records: await findRecords(access, text) }, 200);
}

const answer = (body: unknown, status: number): Response =>
  Response.json(body, { status, headers: { "cache-control": "no-store" } });
