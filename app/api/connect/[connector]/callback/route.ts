import { type NextRequest, NextResponse } from "next/server";
import { getCurrentUser } from "@/app/_access/current-user";
import { findAccess } from "@/app/_access/find-access";
import { putNotice } from "@/app/_access/notice-cookie";
import { mayEnter } from "@/lib/domain/workspace-permissions";
import { finishConnection } from "@/lib/operations/connections/finish-connection";
import { readStateCookie } from "@/lib/operations/connections/start-connection";
import { STATE_COOKIE } from "@/lib/operations/connections/state-cookie";
import { getRuntime } from "@/lib/operations/runtime";

/**
 * Where a vendor sends the browser back with a code. It always answers with a redirect, never with a page, so that the
 * code stays in no address bar and no history; what went wrong is said on the page that the redirect leads to.
 */
export async function GET(
  request: NextRequest,
  context: { params: Promise<{ connector: string }> },
): Promise<Response> {
  const { connector: connectorId } = await context.params;
  const { env } = await getRuntime();
  const destination = await finish(connectorId, request);
  const response = NextResponse.redirect(new URL(destination.path, env.APP_ORIGIN), 302);
  response.cookies.delete({ name: STATE_COOKIE, path: "/api/connect" });
  if (destination.problem) putNotice(response, destination.problem, env.APP_ORIGIN);
  return response;
}

interface Destination {
  readonly path: string;
  readonly problem: string | null;
}

async function finish(connectorId: string, request: NextRequest): Promise<Destination> {
  const user = await getCurrentUser();
  if (!user) return { path: "/sign-in", problem: null };
  const stateCookieValue = request.cookies.get(STATE_COOKIE)?.value ?? null;
  const state = await readStateCookie(stateCookieValue);
  const access = state ? await findAccess(user.userId, state.slug) : null;
  // Without the cookie nobody knows which workspace was meant; /start leads to the reader's own.
  if (!access || access === "outside" || !mayEnter(access, "GET /api/connect/[connector]/callback"))
    return { path: "/start", problem: null };
  const connections = `/${access.slug}/connections`;
  try {
    const finished = await finishConnection(access, {
      connectorId,
      callback: request.nextUrl.searchParams,
      stateCookieValue,
    });
    if (!finished.ok) return { path: connections, problem: finished.error.message };
    if (finished.value.choose)
      return { path: `${connections}/choose?token=${finished.value.choose.token}`, problem: null };
    return { path: `${connections}?connected=${connectorId}`, problem: null };
  } catch (thrown) {
    const { logger, ids } = await getRuntime();
    const errorId = ids.next().slice(0, 8);
    logger.error({ err: thrown, errorId, connectorId }, "a connection failed unexpectedly");
    return {
      path: connections,
      problem: `The connection could not be completed. Try again. (Reference ${errorId})`,
    };
  }
}
