/** Longer than any vendor's webhook, which it is where nothing else is said. */
const BODY_BYTES_MAX = 1_000_000;

/**
 * A body as it came, in bytes. Null where it is longer than is said or than `bytesMax`: by its announced length at once,
 * else as soon as it has passed that; the rest is not read.
 */
export async function readRequestBody(
  request: Request,
  bytesMax = BODY_BYTES_MAX,
): Promise<Uint8Array<ArrayBuffer> | null> {
  if (Number(request.headers.get("content-length") ?? 0) > bytesMax) return null;
  const reader = request.body?.getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    length += part.value.byteLength;
    if (length > bytesMax) {
      await reader?.cancel();
      return null;
    }
    parts.push(part.value);
  }
  return Buffer.concat(parts);
}
