import { getCurrentUser } from "@/app/_access/current-user";
import { exportTieOutPdf } from "@/lib/operations/reconciliation/export-tie-out-pdf";
import { getWorkspace } from "@/lib/operations/workspaces/get-workspace";

/** The newest tie-out as a PDF file. */
export async function GET(
  _request: Request,
  context: { params: Promise<{ workspaceSlug: string }> },
): Promise<Response> {
  const user = await getCurrentUser();
  if (!user) return new Response("Sign in first.", { status: 401 });
  const access = await getWorkspace(user.userId, (await context.params).workspaceSlug);
  const file = access ? await exportTieOutPdf(access) : null;
  if (!file) return new Response("There is no tie-out to export.", { status: 404 });
  return new Response(Buffer.from(file.bytes), {
    headers: {
      "content-type": "application/pdf",
      "content-disposition": `attachment; filename="${file.fileName}"`,
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    },
  });
}
