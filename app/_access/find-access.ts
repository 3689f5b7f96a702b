import { headers } from "next/headers";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { enterWorkspace } from "@/lib/operations/workspaces/get-workspace";
import { requestPlace } from "./request-place";

/**
 * The one way in: every page, action and route of a workspace asks here, so that the limit on addresses holds for all of
 * them. Null where the workspace is not there or not theirs.
 */
export async function findAccess(userId: string, slug: string): Promise<WorkspaceAccess | "outside" | null> {
  return enterWorkspace(userId, slug, await currentPlace());
}

/** The network address that this request comes from. */
export async function currentPlace(): Promise<string> {
  return requestPlace({ headers: await headers() });
}

/** What an action or a route says to a member who is outside. */
export const OUTSIDE =
  "This workspace is open from certain network addresses alone, and yours is none of them. Ask its owner.";
