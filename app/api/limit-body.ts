import { NextRequest } from "next/server";
import { readRequestBody } from "@/app/_requests/read-request-body";

/**
 * Keeps a body that is too long from whatever would read it whole. A length that is announced decides at once, since the
 * server takes no byte more than that; a body without one is read up to the limit and handed on as a request of its own.
 */
export async function limitBody(request: NextRequest, bytesMax: number): Promise<NextRequest | null> {
  if (request.body === null) return request;
  const announced = request.headers.get("content-length");
  if (announced !== null && /^\d{1,15}$/.test(announced))
    return Number(announced) <= bytesMax ? request : null;
  const body = await readRequestBody(request, bytesMax);
  if (body === null) return null;
  const { url, method, headers } = request;
  return new NextRequest(url, { method, headers, body });
}

/** What is answered in its place. */
export const tooLong = (): Response =>
  new Response(null, { status: 413, headers: { "cache-control": "no-store", connection: "close" } });
