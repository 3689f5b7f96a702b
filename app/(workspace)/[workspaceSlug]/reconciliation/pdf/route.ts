import { askWorkspace, refuseInWords } from "@/app/_access/ask-workspace";
import { exportTieOutPdf } from "@/lib/operations/reconciliation/export-tie-out-pdf";

const ABSENT = "There is no tie-out to export.";

/** The newest tie-out as a PDF file. */
export async function GET(
  _request: Request,
  context: { params: Promise<{ workspaceSlug: string }> },
): Promise<Response> {
  const asked = await askWorkspace("GET /reconciliation/pdf", (await context.params).workspaceSlug);
  if (!asked.ok) return refuseInWords(asked.error, ABSENT);
  const file = await exportTieOutPdf(asked.value);
  if (!file) return new Response(ABSENT, { status: 404 });
  return new Response(Buffer.from(file.bytes), {
    headers: {
      "content-type": "application/pdf",
      "content-disposition": `attachment; filename="${file.fileName}"`,
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    },
  });
}
