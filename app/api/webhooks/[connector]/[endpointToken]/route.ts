import { readRequestBody } from "@/app/_requests/read-request-body";
import { receiveWebhook, type WebhookOutcome } from "@/lib/operations/notices/receive-webhook";

/**
 * Where vendors tell of changes. The body is read as it came, at most a megabyte of it, checked against its signature and
 * stored; everything else happens later. It needs no session, sets no cookie and says nothing but a status: 200 stored,
 * 401 not signed by the vendor, 404 no such address, 413 too long.
 */
const STATUS: Readonly<Record<WebhookOutcome, number>> = { stored: 200, refused: 401, unknown: 404 };

export async function POST(
  request: Request,
  context: { params: Promise<{ connector: string; endpointToken: string }> },
): Promise<Response> {
  const { connector, endpointToken } = await context.params;
  const body = await readRequestBody(request);
  if (body === null) return answer(413);
  const outcome = await receiveWebhook({
    connectorId: connector,
    endpoint: endpointToken,
    message: {
      body,
      headers: Object.fromEntries(request.headers),
      query: [...new URL(request.url).searchParams],
    },
  });
  return answer(STATUS[outcome]);
}

const answer = (status: number): Response =>
  new Response(null, { status, headers: { "cache-control": "no-store" } });
