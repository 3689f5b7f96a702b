import { type NextRequest, NextResponse } from "next/server";
import { PAGE_PATH_HEADER } from "./app/_access/return-path";

/**
 * Gives every page a content security policy with a fresh nonce: no inline code, no other origin. Next.js reads the
 * nonce from the request's header and puts it on its own scripts and styles. A page also learns its own address, to come back
 * to after signing in. Who may see a page is decided in layouts
 * and actions, never here.
 */
declare const __DEVELOPMENT_SERVER__: boolean;

function contentSecurityPolicy(nonce: string): string {
  // React rebuilds server stacks with eval in development only.
  const developmentSource = __DEVELOPMENT_SERVER__ ? " 'unsafe-eval'" : "";
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${developmentSource}`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** What was asked for, as the address bar has it: a page cannot ask for that itself. */
function pagePathOf({ nextUrl }: NextRequest): string {
  const query = new URLSearchParams(nextUrl.search);
  query.delete("_rsc");
  return query.size === 0 ? nextUrl.pathname : `${nextUrl.pathname}?${query}`;
}

export function proxy(request: NextRequest): NextResponse {
  const policy = contentSecurityPolicy(crypto.randomUUID().replaceAll("-", ""));
  const headers = new Headers(request.headers);
  headers.set("Content-Security-Policy", policy);
  headers.set(PAGE_PATH_HEADER, pagePathOf(request));
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("Content-Security-Policy", policy);
  return response;
}

export const config = {
  matcher: [{ source: "/((?!api/|_next/static|_next/image|favicon.ico|icon.svg).*)" }],
};
