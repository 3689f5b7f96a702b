import { type NextRequest, NextResponse } from "next/server";
import { getCurrentUser } from "@/app/_access/current-user";
import { findAccess } from "@/app/_access/find-access";
import { putNotice } from "@/app/_access/notice-cookie";
import { isSecure } from "@/lib/auth/session-token";
import { findManifest } from "@/lib/connectors/catalog";
import { mayEnter } from "@/lib/domain/workspace-permissions";
import { startConnection } from "@/lib/operations/connections/start-connection";
import { DELETION_IS_DUE } from "@/lib/operations/privacy/deletion-due";
import { getWorkspaceNotices } from "@/lib/operations/privacy/get-privacy";
import { getRuntime } from "@/lib/operations/runtime";

/**
 * Sends the browser to the vendor's consent page. A link of ours leads here; a request that another site caused is
 * refused, so that nobody is walked into a consent that they did not ask for.
 */
export async function GET(
  request: NextRequest,
  context: { params: Promise<{ connector: string }> },
): Promise<Response> {
  const { connector: connectorId } = await context.params;
  const { env } = await getRuntime();
  const site = request.headers.get("sec-fetch-site");
  if (site === "cross-site" || site === "same-site") return refuse(403);
  const user = await getCurrentUser();
  if (!user) return NextResponse.redirect(new URL("/sign-in", env.APP_ORIGIN), 302);
  const manifest = findManifest(connectorId);
  const region = manifest?.regions.find(({ id }) => id === request.nextUrl.searchParams.get("region"));
  const access = await findAccess(user.userId, request.nextUrl.searchParams.get("workspace") ?? "");
  if (!manifest || manifest.connectionFields || !region || !access) return refuse(404);
  if (access === "outside" || !mayEnter(access, "GET /api/connect/[connector]/start")) return refuse(403);
  // Nobody is asked for a consent that is refused on the way back.
  if ((await getWorkspaceNotices(access)).deletionDueAt !== null) {
    const back = NextResponse.redirect(new URL(`/${access.slug}/connections`, env.APP_ORIGIN), 302);
    putNotice(back, DELETION_IS_DUE, env.APP_ORIGIN);
    return back;
  }
  const { redirectUrl, stateCookie } = await startConnection(access, { connectorId, region: region.id });
  const response = NextResponse.redirect(redirectUrl, 302);
  response.cookies.set(stateCookie.name, stateCookie.value, {
    httpOnly: true,
    sameSite: "lax",
    secure: isSecure(env.APP_ORIGIN),
    path: "/api/connect",
    maxAge: stateCookie.maxAgeSeconds,
  });
  return response;
}

const refuse = (status: 403 | 404): Response =>
  new Response(status === 403 ? "Not allowed" : "Not found", { status });
