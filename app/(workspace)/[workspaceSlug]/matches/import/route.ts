import { z } from "zod";
import { askWorkspace, refuseInWords } from "@/app/_access/ask-workspace";
import { readRequestBody } from "@/app/_requests/read-request-body";
import { MATCH_UPLOAD_BYTES_MAX, MATCH_UPLOAD_DIGEST_HEADER } from "@/lib/domain/views/match-row";
import { uploadMatches } from "@/lib/operations/matches/upload-matches";

/**
 * Takes the changed Excel file back. It is a route and no action, since a file is larger than an action's request may be; so
 * it asks by itself whether the request comes from a page of ours.
 */
const digestSchema = z
  .string()
  .regex(/^[\w-]{43}$/)
  .nullable()
  .catch(null);

export async function POST(
  request: Request,
  context: { params: Promise<{ workspaceSlug: string }> },
): Promise<Response> {
  if (request.headers.get("sec-fetch-site") !== "same-origin")
    return new Response("This is for the page of matches alone.", { status: 403 });
  const asked = await askWorkspace("POST /matches/import", (await context.params).workspaceSlug);
  if (!asked.ok && asked.error === "roleTooLow")
    return new Response("Your role in this workspace does not allow that. Ask its owner.", { status: 403 });
  if (!asked.ok) return refuseInWords(asked.error, "There is no such workspace, or it is not yours.");
  const bytes = await readRequestBody(request, MATCH_UPLOAD_BYTES_MAX);
  if (!bytes) return new Response("The file is larger than 5 MB.", { status: 413 });
  const digest = digestSchema.parse(request.headers.get(MATCH_UPLOAD_DIGEST_HEADER));
  return Response.json(await uploadMatches(asked.value, { bytes, digest }), {
    headers: { "cache-control": "no-store" },
  });
}
