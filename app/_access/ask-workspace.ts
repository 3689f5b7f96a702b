import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { mayEnter, type RouteName } from "@/lib/domain/workspace-permissions";
import { err, ok, type Result } from "@/lib/kernel/result";
import { getCurrentUser } from "./current-user";
import { findAccess, OUTSIDE } from "./find-access";

/**
 * The one way a route of a workspace learns who asks: by the session, the membership, and the role that the table of
 * permissions gives the route. What a route says to somebody who may not is the route's own choice.
 */
export type RouteRefusal = "signedOut" | "notTheirs" | "outside" | "roleTooLow";

/** The access of who asks for the route, or why there is none. */
export async function askWorkspace(
  route: RouteName,
  slug: string,
): Promise<Result<WorkspaceAccess, RouteRefusal>> {
  const user = await getCurrentUser();
  if (!user) return err("signedOut");
  const access = await findAccess(user.userId, slug);
  if (!access) return err("notTheirs");
  if (access === "outside") return err("outside");
  return mayEnter(access, route) ? ok(access) : err("roleTooLow");
}

/**
 * 401 for who is signed out, 403 at an address that the workspace is not open to; for anybody else what is not there for
 * them is not there at all.
 */
export function refuseInWords(refusal: RouteRefusal, absent: string): Response {
  if (refusal === "signedOut") return new Response("Sign in first.", { status: 401 });
  if (refusal === "outside") return new Response(OUTSIDE, { status: 403 });
  return new Response(absent, { status: 404 });
}

/** The same for the live pages, which read JSON. */
export function refuseAsJson(refusal: RouteRefusal): Response {
  const say = (error: string, status: number) => Response.json({ error }, { status, headers: NOT_KEPT });
  if (refusal === "signedOut") return say("signed out", 401);
  return refusal === "outside" ? say("outside", 403) : say("not found", 404);
}

const NOT_KEPT = { "cache-control": "no-store" };
