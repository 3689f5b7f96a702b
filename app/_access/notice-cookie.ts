import type { NextResponse } from "next/server";
import { isSecure } from "@/lib/auth/session-token";

/**
 * A sentence from a redirect to the page it ends on. A cookie of a few seconds, since a text in the address could be
 * written by anyone.
 */
export const NOTICE_COOKIE = "tieout-notice";
const NOTICE_SECONDS = 20;

/** Lets the page that `response` leads to say a sentence, once. `origin`: the product's own. */
export function putNotice(response: NextResponse, sentence: string, origin: string): void {
  response.cookies.set(NOTICE_COOKIE, sentence, {
    httpOnly: true,
    sameSite: "lax",
    secure: isSecure(origin),
    path: "/",
    maxAge: NOTICE_SECONDS,
  });
}
