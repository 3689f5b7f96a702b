/**
 * The network address that a request comes from: the last one of X-Forwarded-For, which the server nearest to us wrote
 * (Next.js itself where there is no other). What a caller writes before it is not believed. Behind more than one proxy
 * of our own this is the outer proxy, and a limit then holds for all its callers together.
 */
export function requestPlace(request: { readonly headers: Headers }): string {
  return request.headers.get("x-forwarded-for")?.split(",").at(-1)?.trim() || "unknown";
}
