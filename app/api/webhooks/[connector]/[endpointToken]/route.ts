import { receiveWebhook, type WebhookOutcome } from "@/lib/operations/notices/receive-webhook";

/**
 * Where vendors tell of changes. The body is read as it came, at most a megabyte of it, checked against its signature and
 * stored; everything else happens later. It needs no session, sets no cookie and says nothing but a status: 200 stored,
 * 401 not signed by the vendor, 404 no such address, 413 too long.
 */
const BODY_BYTES_MAX = 1_000_000;

const STATUS: Readonly<Record<WebhookOutcome, number>> = { stored: 200, refused: 401, unknown: 404 };

export async function POST(
  request: Request,
  context: { params: Promise<{ connector: string; endpointToken: string }> },
): Promise<Response> {
  const { connector, endpointToken } = await context.params;
  const body = await readBody(request);
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

/** Null for a body that is longer than any vendor's; the rest of it is not read. */
async function readBody(request: Request): Promise<Uint8Array | null> {
  if (Number(request.headers.get("content-length") ?? 0) > BODY_BYTES_MAX) return null;
  const reader = request.body?.getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    length += part.value.byteLength;
    if (length > BODY_BYTES_MAX) {
      await reader?.cancel();
      return null;
    }
    parts.push(part.value);
  }
  return Buffer.concat(parts);
}

const answer = (status: number): Response =>
  new Response(null, { status, headers: { "cache-control": "no-store" } });
