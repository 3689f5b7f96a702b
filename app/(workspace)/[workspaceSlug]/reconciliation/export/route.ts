import { getCurrentUser } from "@/app/_access/current-user";
import { exportTieOut } from "@/lib/operations/reconciliation/export-tie-out";
import { getWorkspace } from "@/lib/operations/workspaces/get-workspace";

const EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** The newest tie-out as an Excel file, sent while it is written. */
export async function GET(
  _request: Request,
  context: { params: Promise<{ workspaceSlug: string }> },
): Promise<Response> {
  const user = await getCurrentUser();
  if (!user) return new Response("Sign in first.", { status: 401 });
  const access = await getWorkspace(user.userId, (await context.params).workspaceSlug);
  const file = access ? await exportTieOut(access) : null;
  if (!file) return new Response("There is no tie-out to export.", { status: 404 });
  return new Response(streamOf(file.bytes), {
    headers: {
      "content-type": EXCEL,
      "content-disposition": `attachment; filename="${file.fileName}"`,
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    },
  });
}

/** Asks for the next piece when the browser took the last one. */
function streamOf(bytes: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  const pieces = bytes[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await pieces.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await pieces.return?.();
    },
  });
}
